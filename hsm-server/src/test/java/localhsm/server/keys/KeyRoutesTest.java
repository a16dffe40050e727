package localhsm.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import localhsm.crypto.Providers;
import localhsm.keys.DirectWorkers;
import localhsm.keys.InMemoryKeyLedger;
import localhsm.keys.KeyUse;
import localhsm.keys.Keys;
import localhsm.rbac.DataAction;
import localhsm.server.pipeline.ApiVersion;
import localhsm.server.pipeline.Route;
import org.junit.jupiter.api.Test;

class KeyRoutesTest {
  private static final String TABLE =
      """
      GET /keys KeyList keys/read/action KEYS
      GET /keys/{key-name} KeyGet keys/read/action KEY_IN_PATH
      GET /keys/{key-name}/{key-version} KeyGet keys/read/action KEY_IN_PATH
      GET /keys/{key-name}/versions KeyListVersions keys/read/action KEY_IN_PATH
      POST /keys/{key-name}/create KeyCreate keys/create KEY_IN_PATH
      POST /keys/{key-name}/sign KeySign keys/sign/action KEY_IN_PATH
      POST /keys/{key-name}/{key-version}/sign KeySign keys/sign/action KEY_IN_PATH
      POST /keys/{key-name}/verify KeyVerify keys/verify/action KEY_IN_PATH
      POST /keys/{key-name}/{key-version}/verify KeyVerify keys/verify/action KEY_IN_PATH
      POST /keys/{key-name}/encrypt KeyEncrypt keys/encrypt/action KEY_IN_PATH
      POST /keys/{key-name}/{key-version}/encrypt KeyEncrypt keys/encrypt/action KEY_IN_PATH
      POST /keys/{key-name}/decrypt KeyDecrypt keys/decrypt/action KEY_IN_PATH
      POST /keys/{key-name}/{key-version}/decrypt KeyDecrypt keys/decrypt/action KEY_IN_PATH
      POST /keys/{key-name}/wrapkey KeyWrap keys/wrap/action KEY_IN_PATH
      POST /keys/{key-name}/{key-version}/wrapkey KeyWrap keys/wrap/action KEY_IN_PATH
      POST /keys/{key-name}/unwrapkey KeyUnwrap keys/unwrap/action KEY_IN_PATH
      POST /keys/{key-name}/{key-version}/unwrapkey KeyUnwrap keys/unwrap/action KEY_IN_PATH
      """;

  private static List<Route> routes() {
    InMemoryKeyLedger ledger = new InMemoryKeyLedger();
    Providers providers = Providers.bouncyCastle(new SecureRandom());
    DirectWorkers workers = new DirectWorkers();
    Clock clock = Clock.systemUTC();
    return KeyRoutes.of(
        new Keys(ledger, providers, workers, clock), new KeyUse(ledger, providers, workers, clock));
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
        + route.scope();
  }

  @Test
  void areTheDocumentedOnes() {
    assertThat(routes().stream().map(KeyRoutesTest::row))
        .containsExactlyInAnyOrderElementsOf(TABLE.lines().toList());
  }

  @Test
  void takeEveryApiVersion() {
    assertThat(routes()).allSatisfy(route -> assertThat(route.since()).contains(ApiVersion.V7_0));
  }
}
