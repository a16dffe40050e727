package localhsm.server.keys;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import localhsm.rbac.DataAction;
import localhsm.server.http.Verb;
import localhsm.server.pipeline.Access;
import localhsm.server.pipeline.Handler;
import localhsm.server.pipeline.Match;
import localhsm.server.pipeline.Route;
import localhsm.server.pipeline.ScopeRule;

/** Routes that came with one feature. */
final class RouteTable {
  private static final String KEY = "/keys/{key-name}";

  private final Feature feature;
  private final List<Route> routes = new ArrayList<>();

  RouteTable(Feature feature) {
    this.feature = feature;
  }

  /** One more, at the scope of the key that its path names, or at that of all keys. */
  RouteTable with(Verb verb, String path, DataAction action, String name, Handler handler) {
    boolean named = path.contains("{" + Match.KEY_NAME + "}");
    ScopeRule scope = named ? ScopeRule.KEY_IN_PATH : ScopeRule.KEYS;
    routes.add(
        new Route(
            verb, path, Access.to(action), scope, name, Optional.of(feature.since()), handler));
    return this;
  }

  /** What is done with a key, or with one version of it. */
  RouteTable withUse(String word, DataAction action, String name, Handler handler) {
    return with(Verb.POST, KEY + "/" + word, action, name, handler)
        .with(Verb.POST, KEY + "/{key-version}/" + word, action, name, handler);
  }

  Stream<Route> stream() {
    return routes.stream();
  }
}
