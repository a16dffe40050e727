package localhsm.crypto;

import static localhsm.crypto.KeyOperation.DECRYPT;
import static localhsm.crypto.KeyOperation.ENCRYPT;
import static localhsm.crypto.KeyOperation.SIGN;
import static localhsm.crypto.KeyOperation.UNWRAP_KEY;
import static localhsm.crypto.KeyOperation.VERIFY;
import static localhsm.crypto.KeyOperation.WRAP_KEY;

import java.util.List;
import java.util.Optional;

/** The families of keys. An HSM takes the plain names too and answers the HSM ones. */
public enum KeyType {
  RSA("RSA", List.of(WRAP_KEY, UNWRAP_KEY, ENCRYPT, DECRYPT, SIGN, VERIFY)),
  EC("EC", List.of(SIGN, VERIFY));

  private final String plainName;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
  private final List<KeyOperation> defaultOperations;

  KeyType(String plainName, List<KeyOperation> defaultOperations) {
    this.plainName = plainName;
    this.defaultOperations = defaultOperations;
  }

  /** The {@code kty} that is answered, such as {@code RSA-HSM}. */
  public String wireName() {
    return plainName + "-HSM";
  }

  /** The {@code key_ops} of a key that was made without any. */
  public List<KeyOperation> defaultOperations() {
    return defaultOperations;
  }

  /** Looks a type up by its HSM or plain name. */
  public static Optional<KeyType> fromWire(String kty) {
    for (KeyType type : values()) {
      if (type.plainName.equals(kty) || type.wireName().equals(kty)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
