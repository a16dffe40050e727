package localhsm.server.keys;

import java.security.SecureRandom;
import java.security.Security;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import localhsm.backup.KeyBlobs;
import localhsm.crypto.Providers;
import localhsm.keys.DirectWorkers;
import localhsm.keys.InMemoryKeyLedger;
import localhsm.keys.KeyRecord;
import localhsm.keys.KeyUse;
import localhsm.keys.Keys;
import localhsm.keys.lifecycle.DeletedKeys;
import localhsm.keys.lifecycle.KeyArchive;
import localhsm.keys.lifecycle.KeyBackups;
import localhsm.keys.lifecycle.Rotations;
import localhsm.keys.lifecycle.SoftDelete;
import localhsm.secret.Sealing;
import localhsm.secret.SecretBytes;
import localhsm.secret.SecurityDomain;

/** Everything that handlers of keys call, in memory and on the caller's thread. */
public final class TestServices {
  private TestServices() {}

  /** An HSM without keys. */
  public static KeyServices inMemory(Clock clock) {
    InMemoryKeyLedger ledger = new InMemoryKeyLedger();
    SecureRandom random = new SecureRandom();
    Providers providers = Providers.bouncyCastle(random);
    DirectWorkers workers = new DirectWorkers();
    SecurityDomain domain = SecurityDomain.random(random);
    KeyBlobs blobs =
        new KeyBlobs(() -> domain, new Sealing(Security.getProvider("SunJCE"), random));
    return new KeyServices(
        new Keys(ledger, providers, workers, clock),
        new KeyUse(ledger, providers, workers, clock),
        new DeletedKeys(ledger, SoftDelete.DEFAULT, workers, clock),
        new Rotations(ledger, providers, workers, clock),
        new KeyBackups(ledger, new Remembering(), blobs, workers),
        SoftDelete.DEFAULT);
  }

  /** Archives that are only numbers of what was archived. */
  private static final class Remembering implements KeyArchive {
    private final Map<SecretBytes, KeyRecord> archived = new HashMap<>();

    @Override
    public SecretBytes archive(KeyRecord key) {
      byte[] number = {(byte) archived.size()};
      archived.put(
          SecretBytes.owning(number.clone()), key.withDeletion(Optional.empty()).withSequence(0));
      return SecretBytes.owning(number);
    }

    @Override
    public KeyRecord fromArchive(SecretBytes archive) {
      return Optional.ofNullable(archived.get(archive))
          .orElseThrow(() -> new IllegalArgumentException("no archive"));
    }
  }
}
