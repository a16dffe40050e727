package localhsm.crypto;

import java.util.Optional;

/** Placeholder of a contract. */
public enum WrapAlgorithm implements KeyAlgorithm {
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
  public static Optional<WrapAlgorithm> fromWire(String name) {
    return Optional.empty();
  }

  /** Work class. */
  public WorkClass wrapWork(KeyMaterial material) {
    return WorkClass.CPU;
  }

  /** Work class. */
  public WorkClass unwrapWork(KeyMaterial material) {
    return WorkClass.CPU;
  }

  /** Wraps. */
  public byte[] wrap(KeyMaterial material, byte[] value, Providers providers) {
    return value;
  }

  /** Unwraps. */
  public byte[] unwrap(KeyMaterial material, byte[] value, Providers providers) {
    return value;
  }
}
