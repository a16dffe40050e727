package localhsm.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import localhsm.rbac.DataAction;
import localhsm.server.pipeline.Route;
import org.junit.jupiter.api.Test;

class KeyRoutesTest {
  private static final String TABLE =
      """
      GET /keys KeyList keys/read/action KEYS 7.0
      GET /keys/{key-name} KeyGet keys/read/action KEY_IN_PATH 7.0
      GET /keys/{key-name}/{key-version} KeyGet keys/read/action KEY_IN_PATH 7.0
      GET /keys/{key-name}/versions KeyListVersions keys/read/action KEY_IN_PATH 7.0
      POST /keys/{key-name}/create KeyCreate keys/create KEY_IN_PATH 7.0
      PUT /keys/{key-name} KeyImport keys/import/action KEY_IN_PATH 7.0
      PATCH /keys/{key-name} KeyUpdate keys/write/action KEY_IN_PATH 7.0
      PATCH /keys/{key-name}/{key-version} KeyUpdate keys/write/action KEY_IN_PATH 7.0
      DELETE /keys/{key-name} KeyDelete keys/delete KEY_IN_PATH 7.0
      POST /keys/{key-name}/backup KeyBackup keys/backup/action KEY_IN_PATH 7.0
      POST /keys/restore KeyRestore keys/restore/action KEYS 7.0
      GET /deletedkeys KeyListDeleted keys/deletedKeys/read/action KEYS 7.0
      GET /deletedkeys/{key-name} KeyGetDeleted keys/deletedKeys/read/action KEY_IN_PATH 7.0
      POST /deletedkeys/{key-name}/recover KeyRecover keys/deletedKeys/recover/action KEY_IN_PATH 7.0
      DELETE /deletedkeys/{key-name} KeyPurge keys/deletedKeys/delete KEY_IN_PATH 7.0
      POST /keys/{key-name}/rotate KeyRotate keys/rotate/action KEY_IN_PATH 7.3
      GET /keys/{key-name}/rotationpolicy KeyRotationPolicyGet keys/read/action KEY_IN_PATH 7.3
      PUT /keys/{key-name}/rotationpolicy KeyRotationPolicySet keys/write/action KEY_IN_PATH 7.3
      POST /keys/{key-name}/sign KeySign keys/sign/action KEY_IN_PATH 7.0
      POST /keys/{key-name}/{key-version}/sign KeySign keys/sign/action KEY_IN_PATH 7.0
      POST /keys/{key-name}/verify KeyVerify keys/verify/action KEY_IN_PATH 7.0
      POST /keys/{key-name}/{key-version}/verify KeyVerify keys/verify/action KEY_IN_PATH 7.0
      POST /keys/{key-name}/encrypt KeyEncrypt keys/encrypt/action KEY_IN_PATH 7.0
      POST /keys/{key-name}/{key-version}/encrypt KeyEncrypt keys/encrypt/action KEY_IN_PATH 7.0
      POST /keys/{key-name}/decrypt KeyDecrypt keys/decrypt/action KEY_IN_PATH 7.0
      POST /keys/{key-name}/{key-version}/decrypt KeyDecrypt keys/decrypt/action KEY_IN_PATH 7.0
      POST /keys/{key-name}/wrapkey KeyWrap keys/wrap/action KEY_IN_PATH 7.0
      POST /keys/{key-name}/{key-version}/wrapkey KeyWrap keys/wrap/action KEY_IN_PATH 7.0
      POST /keys/{key-name}/unwrapkey KeyUnwrap keys/unwrap/action KEY_IN_PATH 7.0
      POST /keys/{key-name}/{key-version}/unwrapkey KeyUnwrap keys/unwrap/action KEY_IN_PATH 7.0
      """;

  private static List<Route> routes() {
    return KeyRoutes.of(TestServices.inMemory(Clock.systemUTC()));
  }

  private static String row(Route route) {
    return route.verb()
        + " "
        + route.path()
        + " "
        + route.operationName()
        + " "
        + route.access().action().orElseThrow().wireName().substring(DataAction.PREFIX.length())
        + " "
        + route.scope()
        + " "
        + route.since().orElseThrow().wireName();
  }

  @Test
  void areTheDocumentedOnes() {
    assertThat(routes().stream().map(KeyRoutesTest::row))
        .containsExactlyInAnyOrderElementsOf(TABLE.lines().toList());
  }
}
