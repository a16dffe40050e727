package localhsm.server.release;

import static localhsm.server.release.TokenForge.jwk;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import localhsm.server.certificates.Certificates;
import localhsm.server.names.NameFamily;
import localhsm.server.names.ServedNames;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicKeysTest {
  private static final KeyPair RSA = TokenForge.rsa(2048);

  @TempDir Path folder;

  private static Optional<PublicKeys> parse(String json) {
    return PublicKeys.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  private static PublicKeys set(String... keys) {
    return parse("{\"keys\":[" + String.join(",", keys) + "]}").orElseThrow();
  }

  private X509Certificate certificate() {
    return new Certificates(Clock.systemUTC(), new SecureRandom())
        .open(folder, new ServedNames("hsm1", NameFamily.ALL, Set.of()))
        .chain()
        .get(0);
  }

  @Nested
  class AKeySet {
    @Test
    void holdsRsaAndEllipticCurveKeysByTheirIds() {
      ECPublicKey ec = (ECPublicKey) TokenForge.ec("secp256r1").getPublic();
      String jwk =
          "{\"kty\":\"EC\",\"kid\":\"e\",\"crv\":\"P-256\",\"x\":\"%s\",\"y\":\"%s\"}"
              .formatted(coordinate(ec.getW().getAffineX()), coordinate(ec.getW().getAffineY()));
      PublicKeys keys = set(jwk(RSA.getPublic(), "\"kid\":\"r\",\"use\":\"sig\""), jwk);
      assertThat(keys.find("r")).contains(RSA.getPublic());
      assertThat(keys.find("e").map(key -> ((ECPublicKey) key).getW())).contains(ec.getW());
      assertThat(keys.find("other")).isEmpty();
    }

    private static String coordinate(java.math.BigInteger value) {
      byte[] bytes = new byte[32];
      byte[] number = value.toByteArray();
      int length = Math.min(32, number.length);
      System.arraycopy(number, number.length - length, bytes, 32 - length, length);
      return TokenForge.base64(bytes);
    }

    @Test
    void takesAKeyFromItsCertificate() throws Exception {
      X509Certificate certificate = certificate();
      String encoded = Base64.getEncoder().encodeToString(certificate.getEncoded());
      PublicKeys keys = set("{\"kty\":\"EC\",\"kid\":\"c\",\"x5c\":[\"" + encoded + "\"]}");
      assertThat(keys.find("c")).contains(certificate.getPublicKey());
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "1",
          "{}",
          "{\"kty\":\"RSA\",\"kid\":\"k\"}",
          "{\"kty\":\"RSA\",\"kid\":\"k\",\"n\":\"!\",\"e\":\"AQAB\"}",
          "{\"kty\":\"RSA\",\"kid\":\"k\",\"n\":1,\"e\":2}",
          "{\"kty\":\"oct\",\"kid\":\"k\",\"k\":\"c2VjcmV0\"}",
          "{\"kty\":\"new\",\"kid\":\"k\",\"x\":\"\"}",
          "{\"kty\":\"EC\",\"kid\":\"k\",\"crv\":\"P-256\",\"x\":\"AQ\",\"y\":\"AQ\"}",
          "{\"kty\":\"RSA\",\"kid\":\"k\",\"x5c\":[]}",
          "{\"kty\":\"RSA\",\"kid\":\"k\",\"x5c\":[\"AAAA\"]}",
          "{\"kty\":\"RSA\",\"kid\":\"k\",\"x5c\":[\"!\"]}"
        })
    void passesOverWhatIsNoKeyOfAPair(String strange) {
      PublicKeys keys = set(strange, jwk(RSA.getPublic(), "\"kid\":\"good\""));
      assertThat(keys.byId()).containsOnlyKeys("good");
    }

    @Test
    void passesOverShortKeysAndThoseForEncryption() {
      assertThat(set(jwk(TokenForge.rsa(1024).getPublic(), "\"kid\":\"k\"")).byId()).isEmpty();
      assertThat(set(jwk(RSA.getPublic(), "\"kid\":\"k\",\"use\":\"enc\"")).byId()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"keys\":{}}", "{\"keys\":null}", "<html>"})
    void isNothingElse(String json) {
      assertThat(parse(json)).isEmpty();
    }
  }
}
