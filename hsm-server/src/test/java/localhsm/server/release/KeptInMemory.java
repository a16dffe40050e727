package localhsm.server.release;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import localhsm.secret.SecretBytes;
import localhsm.server.authority.KeptSecrets;

/** Keeps copies, as a store would, in a map. */
final class KeptInMemory implements KeptSecrets {
  final Map<String, byte[]> values = new HashMap<>();
  boolean broken;

  @Override
  public Optional<SecretBytes> find(String name) {
    return Optional.ofNullable(values.get(name)).map(v -> SecretBytes.owning(v.clone()));
  }

  @Override
  public void put(String name, SecretBytes value) {
    if (broken) {
      throw new IllegalStateException("disk full");
    }
    values.put(name, value.expose().clone());
  }
}
