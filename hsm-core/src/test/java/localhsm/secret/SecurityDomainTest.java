package localhsm.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SecurityDomainTest {
  private final SecureRandom random = new SecureRandom();
  private final SecurityDomain domain = SecurityDomain.random(random);
  private final InstanceId one = InstanceId.random(random);
  private final InstanceId other = InstanceId.random(random);

  private static byte[] hmac(byte[] key, byte[] message) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(message);
  }

  @Test
  void givesTheSameKeyToTheSameInstance() {
    assertThat(domain.storageKey(one)).isEqualTo(domain.storageKey(one));
  }

  @Test
  void givesTwoInstancesNoCommonKey() {
    assertThat(domain.storageKey(one)).isNotEqualTo(domain.storageKey(other));
    assertThat(domain.indexKey(one)).isNotEqualTo(domain.indexKey(other));
  }

  @Test
  void givesEachPurposeItsOwnKey() {
    assertThat(domain.storageKey(one)).isNotEqualTo(domain.indexKey(one));
  }

  @Test
  void givesEveryHolderOneBlobKeyOf64Bytes() throws GeneralSecurityException {
    SecretBytes encoded = domain.encoded();
    byte[] extracted = hmac(new byte[32], Arrays.copyOf(encoded.expose(), 32));
    byte[] first = hmac(extracted, "localhsm blob key 1\u0001".getBytes(UTF_8));
    byte[] info = "localhsm blob key 1\u0002".getBytes(UTF_8);
    byte[] second = hmac(extracted, concat(first, info));
    assertThat(domain.blobKey().expose()).isEqualTo(concat(first, second));
    assertThat(SecurityDomain.decode(encoded).blobKey()).isEqualTo(domain.blobKey());
    assertThat(SecurityDomain.random(random).blobKey()).isNotEqualTo(domain.blobKey());
  }

  private static byte[] concat(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }

  @Test
  void survivesItsEncoding() {
    SecurityDomain copy = SecurityDomain.decode(domain.encoded());
    assertThat(copy.hsmId()).isEqualTo(domain.hsmId());
    assertThat(copy.generation()).isEqualTo(1);
    assertThat(copy.indexKey(one)).isEqualTo(domain.indexKey(one));
  }

  @Test
  void refusesAnyOtherLength() {
    assertThatThrownBy(() -> SecurityDomain.decode(SecretBytes.random(55, random)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tellsNothingSecret() {
    byte[] secret = Arrays.copyOf(domain.encoded().expose(), 32);
    assertThat(domain.toString()).doesNotContain(HexFormat.of().formatHex(secret).substring(0, 8));
  }

  @Test
  void hasAnIdOfVersion4() {
    assertThat(domain.hsmId().version()).isEqualTo(4);
    assertThat(domain.hsmId().variant()).isEqualTo(2);
  }

  @Test
  void derivesByHkdfSha256() throws GeneralSecurityException {
    SecretBytes secret = SecretBytes.random(32, random);
    byte[] extracted = hmac(one.bytes(), secret.expose());
    byte[] info = "purpose\u0001".getBytes(UTF_8);
    assertThat(Hkdf.derive(secret, one.bytes(), "purpose").expose())
        .isEqualTo(hmac(extracted, info));
    byte[] unsalted = hmac(new byte[32], secret.expose());
    assertThat(Hkdf.derive(secret, new byte[0], "purpose").expose())
        .isEqualTo(hmac(unsalted, info));
  }
}
