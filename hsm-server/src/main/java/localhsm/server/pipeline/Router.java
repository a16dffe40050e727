package localhsm.server.pipeline;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiPredicate;
import localhsm.problem.ProblemException;
import localhsm.problem.Problems;
import localhsm.server.http.Query;
import localhsm.server.http.Request;

/** Finds the route of a request: path, then verb, then api-version. */
public final class Router implements Control {
  private static final String API_VERSION = "api-version";

  /** The recorded links to a further page lack the api-version, and some clients follow them so. */
  private static final String SKIP_TOKEN = "$skiptoken";

  private final List<Entry> entries;

  private record Entry(Route route, PathTemplate path) {}

  /** Takes the routes of a plane; templates with fewer variable segments go first. */
  public Router(List<Route> routes) {
    this.entries =
        routes.stream()
            .map(route -> new Entry(route, PathTemplate.of(route.path())))
            .sorted(Comparator.comparingInt(entry -> entry.path.variables()))
            .toList();
  }

  @Override
  public CompletionStage<Exchange> check(Exchange exchange) {
    return CompletableFuture.completedFuture(exchange.with(match(exchange.request())));
  }

  /** Whether any route, of whatever verb, has this path. */
  public boolean knows(Request request) {
    try {
      List<String> path = request.path();
      return entries.stream().anyMatch(entry -> entry.path.matches(path));
    } catch (ProblemException e) {
      // refused later, by the plane's own router, after whatever that plane asks first
      return false;
    }
  }

  private Match match(Request request) {
    List<String> path = request.path();
    for (Entry entry : entries) {
      if (entry.route.verb() == request.verb() && entry.path.matches(path)) {
        requireNoBetter(entry, path);
        Query query = request.query();
        return new Match(
            entry.route, entry.path.parameters(path), query, version(entry.route, query));
      }
    }
    throw unmatched(path);
  }

  /** A word where a version should be belongs to the routes, of other verbs, that have the word. */
  private void requireNoBetter(Entry found, List<String> path) {
    if (!found.path.fits(path)) {
      List<String> verbs = verbs(path, PathTemplate::fits);
      if (!verbs.isEmpty()) {
        throw Problems.verbNotAllowed(verbs);
      }
    }
  }

  private ProblemException unmatched(List<String> path) {
    List<String> fitting = verbs(path, PathTemplate::fits);
    List<String> verbs = fitting.isEmpty() ? verbs(path, (template, p) -> true) : fitting;
    return verbs.isEmpty() ? Problems.noSuchPath() : Problems.verbNotAllowed(verbs);
  }

  private List<String> verbs(List<String> path, BiPredicate<PathTemplate, List<String>> condition) {
    return entries.stream()
        .filter(entry -> entry.path.matches(path) && condition.test(entry.path, path))
        .map(entry -> entry.route.verb().name())
        .distinct()
        .toList();
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
}
