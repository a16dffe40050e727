package localhsm.server.http;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import localhsm.problem.ProblemException;
import localhsm.problem.Problems;

/** Finds the route of a request: path, then verb, then api-version. */
public final class Router implements Control {
  private static final String API_VERSION = "api-version";

  /** The recorded links to a further page lack the api-version, and some clients follow them so. */
  private static final String SKIP_TOKEN = "$skiptoken";

  private final List<Route> routes;

  /** Takes the routes of a plane; templates with fewer variable segments go first. */
  public Router(List<Route> routes) {
    this.routes =
        routes.stream().sorted(Comparator.comparingInt((Route r) -> r.path().variables())).toList();
  }

  @Override
  public CompletionStage<Exchange> check(Exchange exchange) {
    return CompletableFuture.completedFuture(exchange.with(match(exchange.request())));
  }

  /** Whether any route, of whatever verb, has this path. */
  public boolean knows(Request request) {
    try {
      List<String> path = path(request.target());
      return routes.stream().anyMatch(route -> route.path().matches(path));
    } catch (ProblemException e) {
      // refused later, by the plane's own router, after whatever that plane asks first
      return false;
    }
  }

  private Match match(Request request) {
    List<String> path = path(request.target());
    for (Route route : routes) {
      if (route.verb() == request.verb() && route.path().matches(path)) {
        Query query = query(request.target());
        return new Match(route, route.path().parameters(path), query, version(route, query));
      }
    }
    throw unmatched(path);
  }

  private ProblemException unmatched(List<String> path) {
    List<String> verbs =
        routes.stream()
            .filter(route -> route.path().matches(path))
            .map(route -> route.verb().name())
            .distinct()
            .toList();
    return verbs.isEmpty() ? Problems.noSuchPath() : Problems.verbNotAllowed(verbs);
  }

  private static Optional<ApiVersion> version(Route route, Query query) {
    if (route.since().isEmpty()) {
      return Optional.empty();
    }
    Optional<String> asked = query.value(API_VERSION);
    if (asked.isEmpty() && query.value(SKIP_TOKEN).isPresent()) {
      return Optional.of(ApiVersion.LATEST_STABLE);
    }
    ApiVersion version =
        ApiVersion.fromWire(
                asked.orElseThrow(() -> Problems.apiVersion("api-version must be specified.")))
            .orElseThrow(() -> Problems.apiVersion("The specified api-version is not known."));
    if (!version.atLeast(route.since().get())) {
      throw Problems.apiVersion("The operation does not exist in the specified api-version.");
    }
    return Optional.of(version);
  }

  private static List<String> path(String target) {
    int question = target.indexOf('?');
    List<String> parts = PathTemplate.split(question < 0 ? target : target.substring(0, question));
    parts.replaceAll(Percent::decode);
    return parts;
  }

  private static Query query(String target) {
    int question = target.indexOf('?');
    return Query.parse(question < 0 ? "" : target.substring(question + 1));
  }
}
