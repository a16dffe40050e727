package localhsm.crypto;

import java.util.Optional;

/** Placeholder of a contract. */
public enum SignAlgorithm implements KeyAlgorithm {
  ES256;

  @Override
  public String wireName() {
    return name();
  }

  @Override
  public boolean fits(KeyMaterial material) {
    return false;
  }

  /** Looks up by wire name. */
  public static Optional<SignAlgorithm> fromWire(String name) {
    return Optional.empty();
  }

  /** Work class. */
  public WorkClass signWork(KeyMaterial material) {
    return WorkClass.CPU;
  }

  /** Work class. */
  public WorkClass verifyWork(KeyMaterial material) {
    return WorkClass.CPU;
  }

  /** Signs. */
  public byte[] sign(KeyMaterial material, byte[] digest, Providers providers) {
    return digest;
  }

  /** Verifies. */
  public boolean verify(
      KeyMaterial material, byte[] digest, byte[] signature, Providers providers) {
    return false;
  }
}
