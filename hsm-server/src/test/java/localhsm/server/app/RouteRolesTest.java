package localhsm.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import localhsm.id.PrincipalId;
import localhsm.id.Scope;
import localhsm.rbac.AccessDecider;
import localhsm.rbac.BuiltInRoles;
import localhsm.rbac.Principal;
import localhsm.rbac.RoleAssignment;
import localhsm.rbac.RoleDefinition;
import localhsm.server.keys.KeyRoutes;
import localhsm.server.keys.ReleaseApi;
import localhsm.server.keys.TestServices;
import localhsm.server.pipeline.Route;
import localhsm.server.random.RandomRoutes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which built-in role may call which operation: written by hand from the documented tables. */
class RouteRolesTest {
  private static final List<String> TABLE =
      """
      KeyCreate: Crypto User
      KeyImport: Crypto User
      KeyGet: Crypto Auditor, Crypto Service Encryption User, Crypto User
      KeyList: Crypto Auditor, Crypto Service Encryption User, Crypto User
      KeyListVersions: Crypto Auditor, Crypto Service Encryption User, Crypto User
      KeyUpdate: Crypto User
      KeyDelete: Crypto User
      KeyBackup: Backup User, Crypto User
      KeyRestore: Crypto User, Restore
      KeyRotate: Crypto User
      KeyRotationPolicyGet: Crypto Auditor, Crypto Service Encryption User, Crypto User
      KeyRotationPolicySet: Crypto User
      KeyListDeleted: Crypto Auditor, Crypto Officer
      KeyGetDeleted: Crypto Auditor, Crypto Officer
      KeyRecover: Crypto Officer
      KeyPurge: Crypto Officer
      KeySign: Crypto User
      KeyVerify: Crypto User
      KeyEncrypt: Crypto User
      KeyDecrypt: Crypto User
      KeyWrap: Crypto Service Encryption User, Crypto User
      KeyUnwrap: Crypto Service Encryption User, Crypto User
      KeyRelease: Crypto Service Release User, Crypto User
      KeyGetAttestation: Crypto Auditor, Crypto Service Encryption User, Crypto User
      KeySecureWrap: Crypto Service Encryption User, Crypto User
      KeySecureUnwrap: Crypto Service Encryption User, Crypto User
      RandomBytesGet: Crypto User
      """
          .lines()
          .toList();

  @TempDir private static Path folder;

  private static List<Route> routes() {
    return Stream.of(
            KeyRoutes.of(TestServices.inMemory(Clock.systemUTC())),
            ReleaseApi.routes(folder),
            RandomRoutes.of(new SecureRandom()))
        .flatMap(List::stream)
        .toList();
  }

  private static List<String> rows() {
    return TABLE;
  }

  /** Whether a principal with that role alone, at the whole HSM, may call the route. */
  private static boolean allows(RoleDefinition role, Route route) {
    PrincipalId id = new PrincipalId(UUID.randomUUID());
    AccessDecider decider = new AccessDecider();
    decider.replace(List.of(), List.of(assignment(id, role)));
    return decider.allows(
        new Principal(id, Set.of(), Optional.empty()),
        route.access().action().orElseThrow(),
        Scope.ROOT);
  }

  private static RoleAssignment assignment(PrincipalId id, RoleDefinition role) {
    return new RoleAssignment(UUID.randomUUID(), Scope.ROOT, role.id(), id);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void areForTheRolesOfTheTable(String row) {
    String operation = row.substring(0, row.indexOf(':'));
    List<Route> called =
        routes().stream().filter(r -> r.operationName().equals(operation)).toList();
    assertThat(called).isNotEmpty();
    for (Route route : called) {
      Set<String> allowed =
          BuiltInRoles.ALL.stream()
              .filter(role -> allows(role, route))
              .map(role -> role.roleName().replace("Managed HSM ", ""))
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(operation + ": " + String.join(", ", allowed)).isEqualTo(row);
    }
  }

  @Test
  void areAllInTheTable() {
    assertThat(TABLE.stream().map(row -> row.substring(0, row.indexOf(':'))))
        .containsAll(routes().stream().map(Route::operationName).toList());
  }
}
