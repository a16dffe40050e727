package localhsm.rbac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import localhsm.id.KeyName;
import localhsm.id.PrincipalId;
import localhsm.id.RoleDefinitionId;
import localhsm.id.Scope;
import localhsm.problem.ProblemException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AccessDeciderTest {
  private static final String PREFIX = "Microsoft.KeyVault/managedHsm/";

  private final PrincipalId alice = new PrincipalId(UUID.randomUUID());
  private final PrincipalId group = new PrincipalId(UUID.randomUUID());
  private final Principal caller = new Principal(alice, Set.of(), Optional.empty());
  private final Principal member = new Principal(alice, Set.of(group), Optional.empty());
  private final AccessDecider decider = new AccessDecider();

  private static RoleDefinition custom(Permission... permissions) {
    return new RoleDefinition(
        new RoleDefinitionId(UUID.randomUUID()),
        "custom",
        "",
        RoleDefinition.Type.CUSTOM,
        List.of(permissions));
  }

  private static Permission data(List<String> actions, List<String> notActions) {
    return new Permission(List.of(), List.of(), actions, notActions);
  }

  private RoleAssignment to(PrincipalId who, RoleDefinition role, Scope scope) {
    return new RoleAssignment(UUID.randomUUID(), scope, role.id(), who);
  }

  private void give(RoleDefinition role) {
    decider.replace(List.of(role), List.of(to(alice, role, Scope.ROOT)));
  }

  @Nested
  class Nobody {
    @Test
    void mayDoAnything() {
      assertThat(DataAction.values())
          .noneMatch(action -> decider.allows(caller, action, Scope.ROOT));
    }

    @Test
    void isToldActionAndScope() {
      Scope key = Scope.key(new KeyName("MyKey"));
      assertThatThrownBy(() -> decider.require(caller, DataAction.KEYS_SIGN, key))
          .isInstanceOf(ProblemException.class)
          .hasMessage(
              "Not authorized to access Microsoft.KeyVault/managedHsm/keys/sign/action"
                  + " on /keys/MyKey");
    }
  }

  @Nested
  class AGroup {
    @Test
    void passesItsRolesToMembersOnly() {
      decider.replace(List.of(), List.of(to(group, BuiltInRoles.CRYPTO_USER, Scope.KEYS)));
      assertThat(decider.allows(member, DataAction.KEYS_SIGN, Scope.KEYS)).isTrue();
      assertThat(decider.allows(caller, DataAction.KEYS_SIGN, Scope.KEYS)).isFalse();
    }

    @Test
    void addsToTheMembersOwnRoles() {
      decider.replace(
          List.of(),
          List.of(
              to(group, BuiltInRoles.CRYPTO_USER, Scope.ROOT),
              to(alice, BuiltInRoles.CRYPTO_OFFICER, Scope.ROOT)));
      assertThatNoException()
          .isThrownBy(() -> decider.require(member, DataAction.KEYS_SIGN, Scope.KEYS));
      assertThatNoException()
          .isThrownBy(() -> decider.require(member, DataAction.DELETED_KEYS_DELETE, Scope.KEYS));
    }
  }

  @Nested
  class AKeyScope {
    private final Scope key = Scope.key(new KeyName("Key-1"));

    @Test
    void reachesThatKeyInAnyCaseAndNoOther() {
      decider.replace(List.of(), List.of(to(alice, BuiltInRoles.CRYPTO_USER, key)));
      Scope sameKey = Scope.key(new KeyName("kEY-1"));
      Scope other = Scope.key(new KeyName("Key-2"));
      assertThat(decider.allows(caller, DataAction.KEYS_SIGN, sameKey)).isTrue();
      assertThat(decider.allows(caller, DataAction.KEYS_SIGN, other)).isFalse();
      assertThat(decider.allows(caller, DataAction.KEYS_READ, Scope.KEYS)).isFalse();
      assertThat(decider.allows(caller, DataAction.RNG, Scope.ROOT)).isFalse();
    }

    @Test
    void addsToWhatHoldsAbove() {
      decider.replace(
          List.of(),
          List.of(
              to(alice, BuiltInRoles.CRYPTO_USER, key),
              to(alice, BuiltInRoles.CRYPTO_AUDITOR, Scope.ROOT),
              to(alice, BuiltInRoles.CRYPTO_OFFICER, key)));
      assertThat(decider.allows(caller, DataAction.KEYS_SIGN, key)).isTrue();
      assertThat(decider.allows(caller, DataAction.DELETED_KEYS_DELETE, key)).isTrue();
      assertThat(decider.allows(caller, DataAction.DELETED_KEYS_READ, Scope.KEYS)).isTrue();
      assertThat(decider.allows(caller, DataAction.DELETED_KEYS_DELETE, Scope.KEYS)).isFalse();
    }
  }

  @Nested
  class AnExclusion {
    @Test
    void takesAwayFromItsOwnPermission() {
      give(custom(data(List.of(PREFIX + "keys/*"), List.of(PREFIX + "KEYS/DELETE"))));
      assertThat(decider.allows(caller, DataAction.KEYS_CREATE, Scope.KEYS)).isTrue();
      assertThat(decider.allows(caller, DataAction.KEYS_DELETE, Scope.KEYS)).isFalse();
    }

    @Test
    void isADenialNeitherForAnotherPermission() {
      give(
          custom(
              data(List.of(PREFIX + "keys/*"), List.of(PREFIX + "keys/delete")),
              data(List.of(PREFIX + "keys/delete"), List.of())));
      assertThat(decider.allows(caller, DataAction.KEYS_DELETE, Scope.KEYS)).isTrue();
    }

    @Test
    void norForAnotherRole() {
      RoleDefinition narrow = custom(data(List.of("*"), List.of("*/keys/sign/*")));
      decider.replace(
          List.of(narrow),
          List.of(to(alice, narrow, Scope.ROOT), to(alice, BuiltInRoles.CRYPTO_USER, Scope.KEYS)));
      assertThat(decider.allows(caller, DataAction.KEYS_SIGN, Scope.ROOT)).isFalse();
      assertThat(decider.allows(caller, DataAction.KEYS_SIGN, Scope.KEYS)).isTrue();
    }

    @Test
    void mayTakeAwayAll() {
      give(custom(data(List.of("*"), List.of("*"))));
      assertThat(DataAction.values())
          .noneMatch(action -> decider.allows(caller, action, Scope.ROOT));
    }
  }

  @Nested
  class ACustomRole {
    @Test
    void isComparedWithoutRegardToCase() {
      give(custom(data(List.of("microsoft.keyvault/managedHSM/Keys/Sign/Action"), List.of())));
      assertThat(decider.allows(caller, DataAction.KEYS_SIGN, Scope.KEYS)).isTrue();
    }

    @Test
    void allowsNothingThroughActions() {
      give(
          custom(new Permission(List.of("*", PREFIX + "keys/*"), List.of(), List.of(), List.of())));
      assertThat(DataAction.values())
          .noneMatch(action -> decider.allows(caller, action, Scope.ROOT));
    }

    @Test
    void mayNameUnknownActions() {
      give(custom(data(List.of(PREFIX + "ekm/read/action", "", "keys/sign/action"), List.of())));
      assertThat(DataAction.values())
          .noneMatch(action -> decider.allows(caller, action, Scope.ROOT));
    }

    @Test
    void cannotReplaceABuiltInOne() {
      RoleDefinition forged =
          new RoleDefinition(
              BuiltInRoles.CRYPTO_AUDITOR.id(),
              "forged",
              "",
              RoleDefinition.Type.CUSTOM,
              List.of(Permission.toData(List.of("*"))));
      give(forged);
      assertThat(decider.allows(caller, DataAction.KEYS_READ, Scope.KEYS)).isTrue();
      assertThat(decider.allows(caller, DataAction.KEYS_SIGN, Scope.KEYS)).isFalse();
    }

    @Test
    void leavesItsAssignmentsWithoutEffectWhenDeleted() {
      RoleDefinition role = custom(Permission.toData(List.of("*")));
      RoleAssignment assignment = to(alice, role, Scope.ROOT);
      decider.replace(List.of(role), List.of(assignment));
      assertThat(decider.allows(caller, DataAction.RNG, Scope.ROOT)).isTrue();
      decider.replace(List.of(), List.of(assignment));
      assertThat(decider.allows(caller, DataAction.RNG, Scope.ROOT)).isFalse();
    }
  }
}
