package localhsm.rbac;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What one entry of a role definition allows, in the service's own words. Exclusions take away from
 * this entry only: another one, or another role, may still allow the same.
 *
 * @param actions of the management plane; they authorise nothing here
 * @param notActions their exclusions
 * @param dataActions what is allowed; an asterisk stands for any characters
 * @param notDataActions what is excluded from it
 */
public record Permission(
    List<String> actions,
    List<String> notActions,
    List<String> dataActions,
    List<String> notDataActions) {

  /** Keeps its own copies. */
  public Permission {
    actions = List.copyOf(actions);
    notActions = List.copyOf(notActions);
    dataActions = List.copyOf(dataActions);
    notDataActions = List.copyOf(notDataActions);
  }

  /** A permission with data actions alone. */
  public static Permission toData(List<String> dataActions) {
    return new Permission(List.of(), List.of(), dataActions, List.of());
  }

  /** The data actions that remain after the exclusions. */
  Set<DataAction> allowed() {
    Set<DataAction> allowed = EnumSet.noneOf(DataAction.class);
    for (DataAction action : DataAction.values()) {
      if (anyMatches(dataActions, action) && !anyMatches(notDataActions, action)) {
        allowed.add(action);
      }
    }
    return allowed;
  }

  private static boolean anyMatches(List<String> patterns, DataAction action) {
    return patterns.stream().anyMatch(pattern -> Glob.matches(pattern, action.wireName()));
  }
}
