package localhsm.server.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import localhsm.secret.SecretBytes;
import localhsm.server.app.ReadyState;
import localhsm.server.app.ReadyState.Identity;
import localhsm.server.authority.SeededIdentities;

/** What a running server might say of itself. */
final class ReadyStates {
  static final String SECRET = "s3cret'of $admin";

  private ReadyStates() {}

  static ReadyState memory(int port, Path caPem) {
    return state(port, ProcessHandle.current().pid(), caPem);
  }

  static ReadyState ofProcess(long pid) {
    return state(9443, pid, Path.of("/tls/ca.pem"));
  }

  static ReadyState state(int port, long pid, Path caPem) {
    Map<String, Identity> identities = new LinkedHashMap<>();
    identities.put("admin", new Identity("admin-client", secret(SECRET), "admin-object"));
    identities.put("user", new Identity("user-client", secret("other"), "user-object"));
    return new ReadyState(
        "https://hsm1.managedhsm.localhost:" + port,
        "https://login.localhost:" + port,
        "https://management.localhost:" + port,
        SeededIdentities.TENANT,
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/managedHSMs/hsm1",
        "https://managedhsm.localhost:" + port,
        pid,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        caPem,
        Path.of("/home/o'brien/trust store.p12"),
        "changeit",
        Path.of("/tls/bundle.pem"),
        "https://localhost:" + port + "/msi/token",
        secret("header-secret"),
        Optional.empty(),
        identities,
        List.of("mind the gap"));
  }

  static SecretBytes secret(String text) {
    return SecretBytes.owning(text.getBytes(StandardCharsets.UTF_8));
  }
}
