package localhsm.backup;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.Security;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.Deflater;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import localhsm.secret.Sealing;
import localhsm.secret.SecretBytes;
import localhsm.secret.SecurityDomain;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyBlobsTest {
  private static final String HEADER =
      "{\"alg\":\"dir\",\"enc\":\"A256CBC-HS512\",\"kid\":\"backup-protection-key\"}";
  private static final byte[] CONTENT = "all versions of a key, sixteen".getBytes(UTF_8);

  private final SecureRandom random = new SecureRandom();
  private final Sealing sealing = new Sealing(Security.getProvider("SunJCE"), random);
  private final SecurityDomain domain = SecurityDomain.random(random);
  private final AtomicReference<SecurityDomain> held = new AtomicReference<>(domain);
  private final KeyBlobs blobs = new KeyBlobs(held::get, sealing);

  private static SecretBytes archive() {
    return SecretBytes.owning(CONTENT.clone());
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] decode(String text) {
    return Base64.getUrlDecoder().decode(text);
  }

  private static String blob(String... parts) {
    return encode(String.join(".", parts).getBytes(US_ASCII));
  }

  private static String[] parts(String blob) {
    return new String(decode(blob), US_ASCII).split("\\.", -1);
  }

  /** A256CBC-HS512 by hand (RFC 7518 5.2.2.1), of another library. */
  private static String sealedByHand(String header, byte[] content, byte[] key)
      throws GeneralSecurityException {
    BouncyCastleProvider other = new BouncyCastleProvider();
    byte[] iv = new byte[16];
    Arrays.fill(iv, (byte) 7);
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS7Padding", other);
    SecretKeySpec encryption = new SecretKeySpec(key, 32, 32, "AES");
    cipher.init(Cipher.ENCRYPT_MODE, encryption, new IvParameterSpec(iv));
    byte[] text = cipher.doFinal(content);
    String associated = encode(header.getBytes(UTF_8));
    byte[] tag = tag(key, associated, iv, text);
    return blob(associated, "", encode(iv), encode(text), encode(tag));
  }

  private static byte[] tag(byte[] key, String associated, byte[] iv, byte[] text)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA512", new BouncyCastleProvider());
    mac.init(new SecretKeySpec(key, 0, 32, "HmacSHA512"));
    mac.update(associated.getBytes(US_ASCII));
    mac.update(iv);
    mac.update(text);
    mac.update(ByteBuffer.allocate(8).putLong(8L * associated.length()).array());
    return Arrays.copyOf(mac.doFinal(), 32);
  }

  @Nested
  @DisplayName("A blob")
  class Blob {
    private final String blob = blobs.seal(archive());

    @Test
    void opensAgain() {
      assertThat(blobs.open(blob)).contains(archive());
    }

    @Test
    void leavesTheArchiveToItsOwner() {
      SecretBytes archive = archive();
      assertThat(blobs.open(blobs.seal(archive))).contains(archive);
      assertThat(archive).isEqualTo(archive());
    }

    @Test
    void holdsArchivesOfEveryLength() {
      for (int length : List.of(0, 1, 15, 16, 17, 100_000)) {
        SecretBytes archive = SecretBytes.random(length, random);
        assertThat(blobs.open(blobs.seal(archive))).contains(archive);
      }
    }

    @Test
    void isAJweWithTheHeaderOfTheService() {
      String[] parts = parts(blob);
      assertThat(parts).hasSize(5);
      assertThat(decode(parts[0])).asString(UTF_8).isEqualTo(HEADER);
      assertThat(parts[1]).isEmpty();
    }

    @Test
    void isAesCbcAndHmacSha512UnderTheBlobKey() throws GeneralSecurityException {
      String[] parts = parts(blob);
      byte[] key = domain.blobKey().expose();
      byte[] text = decode(parts[3]);
      assertThat(decode(parts[4])).isEqualTo(tag(key, parts[0], decode(parts[2]), text));
      Cipher cipher = Cipher.getInstance("AES/CBC/PKCS7Padding", new BouncyCastleProvider());
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(key, 32, 32, "AES"),
          new IvParameterSpec(decode(parts[2])));
      assertThat(cipher.doFinal(text)).isEqualTo(CONTENT);
    }

    @Test
    void differsEachTime() {
      assertThat(blobs.seal(archive())).isNotEqualTo(blob);
    }

    @Test
    void mayBePadded() {
      String padded = Base64.getUrlEncoder().encodeToString(decode(blob));
      assertThat(padded).endsWith("=");
      assertThat(blobs.open(padded)).isPresent();
    }

    @Test
    void opensWhenMadeByAnotherLibrary() throws GeneralSecurityException {
      String other = sealedByHand(HEADER, CONTENT, domain.blobKey().expose());
      assertThat(blobs.open(other)).contains(archive());
    }

    @Test
    void opensInEveryHsmWithTheDomain() {
      assertThat(new KeyBlobs(() -> domain, sealing).open(blob)).contains(archive());
    }

    @Test
    void opensInNoHsmWithAnotherDomain() {
      SecurityDomain foreign = SecurityDomain.random(random);
      assertThat(new KeyBlobs(() -> foreign, sealing).open(blob)).isEmpty();
    }

    @Test
    void belongsToTheDomainOfItsTime() {
      held.set(SecurityDomain.random(random));
      assertThat(blobs.open(blob)).isEmpty();
      held.set(domain);
      assertThat(blobs.open(blob)).contains(archive());
    }
  }

  @Nested
  @DisplayName("A changed blob stays shut:")
  class Changed {
    private final String blob = blobs.seal(archive());
    private final String[] parts = parts(blob);

    @Test
    void everyCharacter() {
      for (int i = 0; i < blob.length(); i++) {
        char[] changed = blob.toCharArray();
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        assertThat(blobs.open(new String(changed))).isEmpty();
        changed[i] = (char) (blob.charAt(i) + 1);
        assertThat(blobs.open(new String(changed))).isEmpty();
      }
    }

    @Test
    void everyBitOfEveryPart() {
      for (int part : List.of(0, 2, 3, 4)) {
        byte[] bytes = decode(parts[part]);
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
          byte[] flipped = bytes.clone();
          flipped[bit / 8] ^= (byte) (1 << (bit % 8));
          assertThat(blobs.open(with(part, encode(flipped)))).isEmpty();
        }
      }
    }

    @Test
    void everyLength() {
      byte[] jwe = decode(blob);
      for (int length = 0; length < jwe.length; length++) {
        assertThat(blobs.open(encode(Arrays.copyOf(jwe, length)))).isEmpty();
      }
      assertThat(blobs.open(blob + "AAAA")).isEmpty();
      assertThat(blobs.open(blob("x", String.join(".", parts)))).isEmpty();
    }

    @Test
    void aBlockMovedBetweenVectorAndText() {
      byte[] iv = decode(parts[2]);
      byte[] text = decode(parts[3]);
      byte[] all = ByteBuffer.allocate(iv.length + text.length).put(iv).put(text).array();
      for (int vector = 0; vector <= all.length; vector++) {
        String moved =
            blob(
                parts[0],
                "",
                encode(Arrays.copyOf(all, vector)),
                encode(Arrays.copyOfRange(all, vector, all.length)),
                parts[4]);
        assertThat(blobs.open(moved).isPresent()).isEqualTo(vector == 16);
      }
    }

    @Test
    void anotherSpellingOfTheSameBytes() {
      assertThat(blobs.open(" " + blob)).isEmpty();
      assertThat(blobs.open(blob + "\n")).isEmpty();
      assertThat(blobs.open(with(2, parts[2] + "="))).isEmpty();
      assertThat(blobs.open(with(3, parts[3].charAt(0) + "\n" + parts[3].substring(1)))).isEmpty();
      assertThat(blobs.open(with(4, parts[4] + "~"))).isEmpty();
    }

    @Test
    void anEncryptedKeyAdded() {
      assertThat(blobs.open(with(1, "AAAA"))).isEmpty();
    }

    private String with(int part, String text) {
      String[] changed = parts.clone();
      changed[part] = text;
      return blob(changed);
    }
  }

  @Nested
  @DisplayName("A blob under the right key")
  class OtherHeader {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "{\"alg\":\"dir\",\"enc\":\"A128CBC-HS256\",\"kid\":\"backup-protection-key\"}",
          "{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"kid\":\"backup-protection-key\"}",
          "{\"alg\":\"A256KW\",\"enc\":\"A256CBC-HS512\",\"kid\":\"backup-protection-key\"}",
          "{\"alg\":\"PBES2-HS512+A256KW\",\"enc\":\"A256CBC-HS512\",\"kid\":\"backup-protection-key\"}",
          "{\"alg\":\"none\",\"enc\":\"A256CBC-HS512\",\"kid\":\"backup-protection-key\"}",
          "{\"alg\":\"dir\",\"enc\":\"A256CBC-HS512\",\"kid\":\"another\"}",
          "{\"alg\":\"dir\",\"enc\":\"A256CBC-HS512\"}",
          "{\"alg\":\"dir\",\"enc\":\"A256CBC-HS512\",\"kid\":\"backup-protection-key\",\"crit\":[\"x\"]}",
          "{\"enc\":\"A256CBC-HS512\",\"alg\":\"dir\",\"kid\":\"backup-protection-key\"}",
          "[]",
          ""
        })
    void staysShutWithAnotherHeader(String header) throws GeneralSecurityException {
      String other = sealedByHand(header, CONTENT, domain.blobKey().expose());
      assertThat(blobs.open(other)).isEmpty();
    }

    @Test
    void isNeverDecompressed() throws GeneralSecurityException {
      Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
      deflater.setInput(new byte[1_000_000]);
      deflater.finish();
      byte[] packed = new byte[10_000];
      int length = deflater.deflate(packed);
      deflater.end();
      String header = HEADER.replace("}", ",\"zip\":\"DEF\"}");
      byte[] key = domain.blobKey().expose();
      assertThat(blobs.open(sealedByHand(header, Arrays.copyOf(packed, length), key))).isEmpty();
    }
  }

  @Nested
  @DisplayName("What is no blob")
  class Garbage {
    @ParameterizedTest
    @ValueSource(
        strings = {"", ".", "....", "a", "=", "==", "äöü", "+/+/", "AAAA", "Li4uLg", "Li4uLi4"})
    void staysShut(String text) {
      assertThat(blobs.open(text)).isEmpty();
    }

    @Test
    void staysShutAtAnyLength() {
      byte[] bytes = new byte[1 << 20];
      Arrays.fill(bytes, (byte) '.');
      assertThat(blobs.open(encode(bytes))).isEmpty();
      random.nextBytes(bytes);
      assertThat(blobs.open(encode(bytes))).isEmpty();
    }
  }
}
