package localhsm.crypto;

import java.util.Optional;

/**
 * What a key may be used for ({@code key_ops}). {@code deriveKey} is answered by the real service
 * although its published schema does not list it.
 */
public enum KeyOperation {
  WRAP_KEY("wrapKey"),
  UNWRAP_KEY("unwrapKey"),
  ENCRYPT("encrypt"),
  DECRYPT("decrypt"),
  SIGN("sign"),
  VERIFY("verify"),
  IMPORT("import"),
  EXPORT("export"),
  DERIVE_KEY("deriveKey");

  private final String wireName;

  KeyOperation(String wireName) {
    this.wireName = wireName;
  }

  /** The name in {@code key_ops}, in camel case. */
  public String wireName() {
    return wireName;
  }

  /** Looks an operation up by its exact wire name. */
  public static Optional<KeyOperation> fromWire(String name) {
    for (KeyOperation operation : values()) {
      if (operation.wireName.equals(name)) {
        return Optional.of(operation);
      }
    }
    return Optional.empty();
  }
}
