package localhsm.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import localhsm.id.KeyName;
import localhsm.id.PrincipalId;
import localhsm.id.Scope;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class BuiltInRolesTest {
  private static final Principal CALLER =
      new Principal(
          new PrincipalId(UUID.fromString("0b3ab6f4-46a4-4a2e-9f4b-24e6fca65d5d")),
          Set.of(),
          Optional.empty());

  /**
   * Written by hand from the service's documentation: one row for each action; columns: Backup
   * User, Encryption User, Release User, Auditor, Policy Administrator, ARM User, Crypto User,
   * Officer, Administrator, Restore.
   */
  private static final String MATRIX =
      """
      keys/read/action                  . x . x . . x . . .
      keys/write/action                 . . . . . . x . . .
      keys/create                       . . . . . . x . . .
      keys/import/action                . . . . . . x . . .
      keys/rotate/action                . . . . . . x . . .
      keys/delete                       . . . . . . x . . .
      keys/backup/action                x . . . . . x . . .
      keys/restore/action               . . . . . . x . . x
      keys/release/action               . . x . . . x . . .
      keys/export/action                . . . . . . . x . .
      keys/encrypt/action               . . . . . . x . . .
      keys/decrypt/action               . . . . . . x . . .
      keys/wrap/action                  . x . . . . x . . .
      keys/unwrap/action                . x . . . . x . . .
      keys/sign/action                  . . . . . . x . . .
      keys/verify/action                . . . . . . x . . .
      keys/derive/action                . . . . . . x . . .
      keys/deletedKeys/read/action      . . . x . . . x . .
      keys/deletedKeys/recover/action   . . . . . . . x . .
      keys/deletedKeys/delete           . . . . . . . x . .
      rng/action                        . . . . . . x . . .
      roleDefinitions/read/action       . . . x x . x x x .
      roleDefinitions/write/action      . . . . x . . x x .
      roleDefinitions/delete/action     . . . . x . . x x .
      roleAssignments/read/action       . . . x x . x x x .
      roleAssignments/write/action      . . . . x . . x x .
      roleAssignments/delete/action     . . . . x . . x x .
      backup/start/action               x . . . . . . . x .
      backup/status/action              x . . . . . . . x .
      restore/start/action              . . . . . . . . x x
      restore/status/action             . . . . . . . . x x
      securitydomain/download/action    . . . . . . . . x .
      securitydomain/download/read      . . . . . . . . x .
      securitydomain/upload/action      . . . . . . . . x .
      securitydomain/upload/read        . . . . . . . . x .
      securitydomain/transferkey/read   . . . . . . . . x .
      """;

  private static final List<String> COLUMNS =
      List.of(
          "7b127d3c-77bd-4e3e-bbe0-dbb8971fa7f8 Managed HSM Backup User",
          "33413926-3206-4cdd-b39a-83574fe37a17 Managed HSM Crypto Service Encryption User",
          "21dbd100-6940-42c2-9190-5d6cb909625c Managed HSM Crypto Service Release User",
          "2c18b078-7c48-4d3a-af88-5a3a1b3f82b3 Managed HSM Crypto Auditor",
          "4bd23610-cdcf-4971-bdee-bdc562cc28e4 Managed HSM Policy Administrator",
          "770fd66c-6266-4643-9d4e-b616870898d5 Managed HSM ARM User",
          "21dbd100-6940-42c2-9190-5d6cb909625b Managed HSM Crypto User",
          "515eb02d-2335-4d2d-92f2-b1cbdf9c3778 Managed HSM Crypto Officer",
          "a290e904-7015-4bba-90c8-60543313cdb4 Managed HSM Administrator",
          "6efe6056-5259-49d2-8b3d-d3d73544b20b Managed HSM Restore");

  @Test
  void haveTheServicesIdsAndNamesInItsOrder() {
    assertThat(BuiltInRoles.ALL)
        .extracting(role -> role.id() + " " + role.roleName())
        .containsExactlyElementsOf(COLUMNS);
  }

  @Test
  void haveEmptyDescriptionsAndNoExclusions() {
    assertThat(BuiltInRoles.ALL)
        .allSatisfy(
            role -> {
              assertThat(role.description()).isEmpty();
              assertThat(role.type().wireName()).isEqualTo("AKVBuiltInRole");
              assertThat(role.permissions()).hasSize(1);
              assertThat(role.permissions().get(0).notActions()).isEmpty();
              assertThat(role.permissions().get(0).notDataActions()).isEmpty();
            });
  }

  @Test
  void onlyTheArmUserHasActions() {
    assertThat(BuiltInRoles.ALL)
        .filteredOn(role -> !role.permissions().get(0).actions().isEmpty())
        .containsExactly(BuiltInRoles.ARM_USER);
    assertThat(BuiltInRoles.ARM_USER.permissions().get(0).actions())
        .containsExactly(
            "Microsoft.KeyVault/managedHsm/keys/createIfNotExists",
            "Microsoft.KeyVault/managedHsm/keys/read/action");
  }

  @Test
  void nameNothingThatIsNotADataAction() {
    List<String> known = Stream.of(DataAction.values()).map(DataAction::wireName).toList();
    assertThat(BuiltInRoles.ALL)
        .allSatisfy(
            role -> {
              List<String> named = role.permissions().get(0).dataActions();
              assertThat(known).containsAll(named);
              assertThat(named).doesNotHaveDuplicates();
            });
  }

  @Test
  void theMatrixHasEveryDataAction() {
    assertThat(MATRIX.lines().map(BuiltInRolesTest::action))
        .containsExactlyInAnyOrderElementsOf(EnumSet.allOf(DataAction.class));
  }

  @TestFactory
  Stream<DynamicTest> allowExactlyWhatTheMatrixSays() {
    List<DynamicTest> tests = new ArrayList<>();
    for (int column = 0; column < COLUMNS.size(); column++) {
      int index = column;
      RoleDefinition role = BuiltInRoles.ALL.get(column);
      for (Scope assigned : scopes()) {
        tests.add(
            DynamicTest.dynamicTest(
                role.roleName() + " at " + assigned, () -> check(role, index, assigned)));
      }
    }
    return tests.stream();
  }

  private static void check(RoleDefinition role, int column, Scope assigned) {
    AccessDecider decider = new AccessDecider();
    decider.replace(
        List.of(),
        List.of(new RoleAssignment(UUID.randomUUID(), assigned, role.id(), CALLER.id())));
    MATRIX
        .lines()
        .forEach(
            line -> {
              boolean granted = Arrays.asList(line.split(" +", -1)).get(column + 1).equals("x");
              for (Scope asked : scopes()) {
                assertThat(decider.allows(CALLER, action(line), asked))
                    .as("%s at %s, assigned at %s", action(line), asked, assigned)
                    .isEqualTo(granted && reaches(assigned.toString(), asked.toString()));
              }
            });
  }

  private static boolean reaches(String assigned, String asked) {
    return asked.equals(assigned) || asked.startsWith(assigned.equals("/") ? "/" : assigned + "/");
  }

  private static List<Scope> scopes() {
    return List.of(
        Scope.ROOT, Scope.KEYS, Scope.key(new KeyName("k1")), Scope.key(new KeyName("k12")));
  }

  private static DataAction action(String line) {
    String name = "Microsoft.KeyVault/managedHsm/" + line.substring(0, line.indexOf(' '));
    return Stream.of(DataAction.values())
        .filter(action -> action.wireName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name));
  }
}
