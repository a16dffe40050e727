package localhsm.rbac;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import localhsm.id.KeyName;
import localhsm.id.Scope;

/**
 * What one principal's assignments allow, by scope. Filled once, then only read. What is allowed at
 * the root stands in all sets below it, so that a decision looks into two sets at most.
 */
final class Grants {
  /** What somebody without assignments may do. */
  static final Grants NONE = new Grants();

  private final Set<DataAction> atRoot = EnumSet.noneOf(DataAction.class);
  private final Set<DataAction> atKeys = EnumSet.noneOf(DataAction.class);
  private final Map<KeyName, Set<DataAction>> atKey = new HashMap<>();

  void add(Scope scope, Set<DataAction> allowed) {
    if (scope.key().isPresent()) {
      atKey
          .computeIfAbsent(scope.key().get(), name -> EnumSet.noneOf(DataAction.class))
          .addAll(allowed);
      return;
    }
    atKeys.addAll(allowed);
    if (!scope.keys()) {
      atRoot.addAll(allowed);
    }
  }

  boolean allow(DataAction action, Scope scope) {
    if (!scope.keys()) {
      return atRoot.contains(action);
    }
    if (atKeys.contains(action)) {
      return true;
    }
    return scope.key().isPresent()
        && !atKey.isEmpty()
        && atKey.getOrDefault(scope.key().get(), Set.of()).contains(action);
  }
}
