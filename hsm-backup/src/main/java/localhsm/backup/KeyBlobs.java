package localhsm.backup;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWECryptoParts;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.jca.JWEJCAContext;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import localhsm.keys.BlobSealer;
import localhsm.secret.Sealing;
import localhsm.secret.SecretBytes;
import localhsm.secret.SecurityDomain;

/**
 * The blobs of single-key backups: base64url of a JWE in compact form (RFC 7516 7.1) that the blob
 * key of the security domain encrypts directly with A256CBC-HS512 (RFC 7518 5.2.5). Every HSM that
 * holds the domain opens them, and nobody else.
 *
 * <p>A blob has one spelling: the header, byte for byte, and every part as its one base64url form.
 * So no header asks for another algorithm or for decompression, and a blob that was changed
 * anywhere does not open. Only padding at the very end is no change.
 */
public final class KeyBlobs implements BlobSealer {
  private static final Base64URL HEADER =
      Base64URL.encode(
          "{\"alg\":\"dir\",\"enc\":\"A256CBC-HS512\",\"kid\":\"backup-protection-key\"}");

  private final Supplier<SecurityDomain> domain;
  private final Sealing sealing;

  /**
   * Seals under the domain of the moment.
   *
   * @param domain asked with every call, since an upload replaces it
   */
  public KeyBlobs(Supplier<SecurityDomain> domain, Sealing sealing) {
    this.domain = domain;
    this.sealing = sealing;
  }

  @Override
  public String seal(SecretBytes archive) {
    try {
      DirectEncrypter encrypter = new DirectEncrypter(key());
      configure(encrypter.getJCAContext());
      JWECryptoParts made = encrypter.encrypt(header(), archive.expose(), associated());
      String jwe =
          String.join(
              ".",
              HEADER.toString(),
              "",
              made.getInitializationVector().toString(),
              made.getCipherText().toString(),
              made.getAuthenticationTag().toString());
      return encode(jwe.getBytes(StandardCharsets.US_ASCII));
    } catch (JOSEException e) {
      throw new IllegalStateException("the JDK has A256CBC-HS512", e);
    }
  }

  @Override
  public Optional<SecretBytes> open(String blob) {
    String unpadded = blob.replaceFirst("={1,2}$", "");
    return decode(unpadded).flatMap(jwe -> decrypt(new String(jwe, StandardCharsets.ISO_8859_1)));
  }

  private Optional<SecretBytes> decrypt(String jwe) {
    List<String> parts = List.of(jwe.split("\\.", 6));
    if (parts.size() != 5
        || !parts.get(0).equals(HEADER.toString())
        || !parts.get(1).isEmpty()
        || !parts.stream().skip(2).allMatch(part -> decode(part).isPresent())) {
      return Optional.empty();
    }
    try {
      DirectDecrypter decrypter = new DirectDecrypter(key());
      configure(decrypter.getJCAContext());
      return Optional.of(
          SecretBytes.owning(
              decrypter.decrypt(
                  header(),
                  null,
                  new Base64URL(parts.get(2)),
                  new Base64URL(parts.get(3)),
                  new Base64URL(parts.get(4)),
                  associated())));
    } catch (JOSEException e) {
      // whatever it is, the blob does not open; the tag is checked before anything is decrypted
      return Optional.empty();
    }
  }

  private SecretKey key() {
    try (SecretBytes key = domain.get().blobKey()) {
      return new SecretKeySpec(key.expose(), "AES");
    }
  }

  private void configure(JWEJCAContext context) {
    context.setProvider(sealing.provider());
    context.setSecureRandom(sealing.random());
  }

  private static JWEHeader header() {
    return new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256CBC_HS512)
        .keyID("backup-protection-key")
        .parsedBase64URL(HEADER)
        .build();
  }

  /** The header as it is sent (RFC 7516 5.1, step 14). */
  private static byte[] associated() {
    return HEADER.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Bytes by their one spelling without padding; empty for any other text. */
  private static Optional<byte[]> decode(String text) {
    try {
      return Optional.of(Base64.getUrlDecoder().decode(text))
          .filter(bytes -> encode(bytes).equals(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
