package localhsm.server.pipeline;

import java.util.Optional;
import localhsm.rbac.DataAction;

/**
 * What a route demands: a data action at the route's scope, or explicitly nothing.
 *
 * @param action the data action; empty for anonymous access
 */
public record Access(Optional<DataAction> action) {
  /** Open to everybody, on purpose. */
  public static final Access ANONYMOUS = new Access(Optional.empty());

  /** Only for principals with a role that has the action. */
  public static Access to(DataAction action) {
    return new Access(Optional.of(action));
  }
}
