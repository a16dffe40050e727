package localhsm.secret;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Stands for the platform's own key: 32 bytes that wrap the security domain and never lie in the
 * store. In a file they are 64 hexadecimal digits, with or without a line end.
 */
public final class PlatformKey implements AutoCloseable {
  private static final int CHECK_BYTES = 16;
  private static final byte FORMAT = 1;
  private static final int LONGEST_FILE = 2 * SecurityDomain.KEY_BYTES + 2;
  private static final byte[] NO_SALT = {};

  private final SecretBytes key;

  private PlatformKey(SecretBytes key) {
    this.key = key;
  }

  /**
   * Takes ownership of a key from any source.
   *
   * @throws CannotUnsealException when it is not 32 bytes long
   */
  public static PlatformKey of(SecretBytes key) {
    if (key.length() != SecurityDomain.KEY_BYTES) {
      throw new CannotUnsealException("The platform key must have 32 bytes.", null);
    }
    return new PlatformKey(key);
  }

  /** A key that lives as long as the process, for a store that does too. */
  public static PlatformKey random(SecureRandom random) {
    return new PlatformKey(SecretBytes.random(SecurityDomain.KEY_BYTES, random));
  }

  /**
   * Reads the file.
   *
   * @throws CannotUnsealException when it is missing, unreadable or not such a key
   */
  public static PlatformKey read(Path file) {
    try {
      if (Files.size(file) > LONGEST_FILE) {
        throw malformed(file);
      }
      try (SecretBytes text = SecretBytes.owning(Files.readAllBytes(file))) {
        return parse(text, file);
      }
    } catch (IOException e) {
      throw new CannotUnsealException("Cannot read the platform key: " + file, e);
    }
  }

  /**
   * Writes a new key, readable for its owner only. An existing file is never replaced.
   *
   * @throws CannotUnsealException when the file exists or cannot be written
   */
  public static PlatformKey create(Path file, SecureRandom random) {
    PlatformKey created = random(random);
    try {
      if (Files.exists(file)) {
        throw new CannotUnsealException("The platform key exists already: " + file, null);
      }
      try (SecretBytes text = created.text()) {
        PrivateFiles.write(file, text.expose());
      }
      return created;
    } catch (IOException e) {
      created.close();
      throw new CannotUnsealException("Cannot write the platform key: " + file, e);
    }
  }

  /** The security domain as it lies in the store of this instance. */
  public byte[] wrap(SecurityDomain domain, InstanceId instance, Sealing sealing) {
    try (SecretBytes plain = domain.encoded();
        SecretBytes wrapping = wrappingKey()) {
      byte[] sealed = sealing.sealer(wrapping).seal(plain, associated(instance));
      return ByteBuffer.allocate(CHECK_BYTES + sealed.length).put(check()).put(sealed).array();
    }
  }

  /**
   * Opens what {@link #wrap} made; empty when this is the right key and the bytes, or the instance,
   * are not what they were.
   *
   * @throws CannotUnsealException when another key wrapped it
   */
  public Optional<SecurityDomain> unwrap(byte[] wrapped, InstanceId instance, Sealing sealing) {
    if (!MessageDigest.isEqual(check(), Arrays.copyOf(wrapped, CHECK_BYTES))) {
      throw new CannotUnsealException(
          "The platform key is not the one that protects this security domain.", null);
    }
    byte[] sealed = Arrays.copyOfRange(wrapped, CHECK_BYTES, Math.max(CHECK_BYTES, wrapped.length));
    try (SecretBytes wrapping = wrappingKey()) {
      return sealing.sealer(wrapping).open(sealed, associated(instance)).map(PlatformKey::decoded);
    }
  }

  @Override
  public void close() {
    key.close();
  }

  private static SecurityDomain decoded(SecretBytes plain) {
    try (plain) {
      return SecurityDomain.decode(plain);
    }
  }

  private SecretBytes wrappingKey() {
    return Hkdf.derive(key, NO_SALT, "localhsm platform key wrap 1");
  }

  /** Tells a wrong key from a damaged store; says nothing about the key itself. */
  private byte[] check() {
    try (SecretBytes derived = Hkdf.derive(key, NO_SALT, "localhsm platform key check 1")) {
      return Arrays.copyOf(derived.expose(), CHECK_BYTES);
    }
  }

  private static byte[] associated(InstanceId instance) {
    return ByteBuffer.allocate(17).put(FORMAT).put(instance.bytes()).array();
  }

  private SecretBytes text() {
    byte[] text = new byte[2 * key.length() + 1];
    HexFormat hex = HexFormat.of();
    for (int i = 0; i < key.length(); i++) {
      text[2 * i] = (byte) hex.toHighHexDigit(key.expose()[i]);
      text[2 * i + 1] = (byte) hex.toLowHexDigit(key.expose()[i]);
    }
    text[text.length - 1] = '\n';
    return SecretBytes.owning(text);
  }

  private static PlatformKey parse(SecretBytes text, Path file) {
    CharBuffer digits = StandardCharsets.ISO_8859_1.decode(ByteBuffer.wrap(text.expose()));
    int end = digits.length();
    while (end > 0 && (digits.charAt(end - 1) == '\n' || digits.charAt(end - 1) == '\r')) {
      end--;
    }
    try {
      if (end != 2 * SecurityDomain.KEY_BYTES) {
        throw malformed(file);
      }
      return new PlatformKey(
          SecretBytes.owning(HexFormat.of().parseHex(digits.subSequence(0, end))));
    } catch (IllegalArgumentException e) {
      // without the cause: its text may repeat digits of the key
      throw malformed(file);
    } finally {
      Arrays.fill(digits.array(), '\0');
    }
  }

  private static CannotUnsealException malformed(Path file) {
    return new CannotUnsealException(
        "Not a platform key (64 hexadecimal digits expected): " + file, null);
  }
}
