package localhsm.crypto;

import static localhsm.crypto.KeyOperation.DECRYPT;
import static localhsm.crypto.KeyOperation.DERIVE_KEY;
import static localhsm.crypto.KeyOperation.ENCRYPT;
import static localhsm.crypto.KeyOperation.SIGN;
import static localhsm.crypto.KeyOperation.UNWRAP_KEY;
import static localhsm.crypto.KeyOperation.VERIFY;
import static localhsm.crypto.KeyOperation.WRAP_KEY;

import com.google.errorprone.annotations.Immutable;
import java.util.List;
import java.util.Optional;
import localhsm.secret.SecretBytes;

/** The families of keys. An HSM takes the plain names too and answers the HSM ones. */
public enum KeyType {
  RSA(
      "RSA",
      List.of(WRAP_KEY, UNWRAP_KEY, ENCRYPT, DECRYPT, SIGN, VERIFY),
      RsaMaterial::decode,
      RsaMaterial::transferred),
  EC("EC", List.of(SIGN, VERIFY), EcMaterial::decode, EcMaterial::transferred),
  OCT(
      "oct",
      List.of(ENCRYPT, DECRYPT, WRAP_KEY, UNWRAP_KEY, SIGN, VERIFY, DERIVE_KEY),
      OctMaterial::decode,
      OctMaterial::imported);

  private final String plainName;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
  private final List<KeyOperation> defaultOperations;

  private final Reader stored;
  private final Reader transferred;

  @Immutable
  private interface Reader {
    KeyMaterial read(SecretBytes encoded);
  }

  KeyType(
      String plainName, List<KeyOperation> defaultOperations, Reader stored, Reader transferred) {
    this.plainName = plainName;
    this.defaultOperations = defaultOperations;
    this.stored = stored;
    this.transferred = transferred;
  }

  /** The {@code kty} that is answered, such as {@code RSA-HSM}. */
  public String wireName() {
    return plainName + "-HSM";
  }

  /** The {@code kty} of the same key outside of an HSM, such as {@code RSA}. */
  public String plainName() {
    return plainName;
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

  KeyMaterial decode(SecretBytes encoded) {
    return stored.read(encoded);
  }

  KeyMaterial transferred(SecretBytes plaintext) {
    return transferred.read(plaintext);
  }
}
