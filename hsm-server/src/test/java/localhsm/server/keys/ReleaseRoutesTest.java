package localhsm.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import localhsm.rbac.DataAction;
import localhsm.server.pipeline.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseRoutesTest {
  private static final String TABLE =
      """
      POST /keys/{key-name}/release KeyRelease keys/release/action 7.3
      POST /keys/{key-name}/{key-version}/release KeyRelease keys/release/action 7.3
      GET /keys/{key-name}/attestation KeyGetAttestation keys/read/action 7.6
      GET /keys/{key-name}/{key-version}/attestation KeyGetAttestation keys/read/action 7.6
      POST /keys/{key-name}/securewrapkey KeySecureWrap keys/wrap/action 2026-04-01
      POST /keys/{key-name}/{key-version}/securewrapkey KeySecureWrap keys/wrap/action 2026-04-01
      POST /keys/{key-name}/secureunwrapkey KeySecureUnwrap keys/unwrap/action 2026-04-01
      POST /keys/{key-name}/{key-version}/secureunwrapkey KeySecureUnwrap keys/unwrap/action 2026-04-01
      """;

  @TempDir Path folder;

  private static String row(Route route) {
    return route.verb()
        + " "
        + route.path()
        + " "
        + route.operationName()
        + " "
        + route.access().action().orElseThrow().wireName().substring(DataAction.PREFIX.length())
        + " "
        + route.since().orElseThrow().wireName();
  }

  @Test
  void areTheDocumentedOnes() {
    assertThat(ReleaseApi.routes(folder).stream().map(ReleaseRoutesTest::row))
        .containsExactlyInAnyOrderElementsOf(TABLE.lines().toList());
  }
}
