package localhsm.server.authority;

import java.util.Optional;
import localhsm.secret.SecretBytes;

/** Where secrets outlive the process, sealed. Both methods may block. */
public interface KeptSecrets {
  /** Keeps nothing: every start makes new secrets. */
  KeptSecrets NONE =
      new KeptSecrets() {
        @Override
        public Optional<SecretBytes> find(String name) {
          return Optional.empty();
        }

        @Override
        public void put(String name, SecretBytes value) {
          // Nothing is kept.
        }
      };

  /** What was put under the name. */
  Optional<SecretBytes> find(String name);

  /** Keeps a value; when it returns, the value is durable. */
  void put(String name, SecretBytes value);
}
