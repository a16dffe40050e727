package localhsm.crypto;

import java.util.Optional;

/** Placeholder of a contract. */
public enum EncryptAlgorithm implements KeyAlgorithm {
  RSA_OAEP;

  @Override
  public String wireName() {
    return name();
  }

  @Override
  public boolean fits(KeyMaterial material) {
    return false;
  }

  /** Looks up by wire name. */
  public static Optional<EncryptAlgorithm> fromWire(String name) {
    return Optional.empty();
  }

  /** Work class. */
  public WorkClass encryptWork(KeyMaterial material) {
    return WorkClass.CPU;
  }

  /** Work class. */
  public WorkClass decryptWork(KeyMaterial material) {
    return WorkClass.CPU;
  }

  /** Encrypts. */
  public byte[] encrypt(KeyMaterial material, byte[] value, Providers providers) {
    return value;
  }

  /** Decrypts. */
  public byte[] decrypt(KeyMaterial material, byte[] value, Providers providers) {
    return value;
  }
}
