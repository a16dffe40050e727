package localhsm.server.roles;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import localhsm.rbac.AccessDecider;
import localhsm.rbac.DataAction;
import localhsm.server.pipeline.Control;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Match;

/** Demands of every routed request that its principal has the route's data action. */
public final class LocalRbac implements Control {
  private final AccessDecider decider;

  /** Asks the given decider. */
  public LocalRbac(AccessDecider decider) {
    this.decider = decider;
  }

  @Override
  public CompletionStage<Exchange> check(Exchange exchange) {
    Match match = exchange.routed();
    Optional<DataAction> action = match.route().access().action();
    if (action.isPresent()) {
      decider.require(exchange.principal().orElseThrow(), action.get(), match.scope());
    }
    return CompletableFuture.completedFuture(exchange);
  }
}
