package localhsm.server.release;

import static localhsm.server.release.TokenForge.NOW;
import static localhsm.server.release.TokenForge.base64;
import static localhsm.server.release.TokenForge.header;
import static localhsm.server.release.TokenForge.jwk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import localhsm.keys.DirectWorkers;
import localhsm.keys.SettableClock;
import localhsm.problem.Problem;
import localhsm.problem.ProblemException;
import localhsm.release.Attested;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttestationTokensTest {
  private static final TokenForge FORGE = new TokenForge();
  private static final String ENC = "\"kid\":\"env\",\"key_use\":\"enc\"";

  private final SettableClock clock = new SettableClock(Instant.ofEpochSecond(NOW));
  private final AttestationTokens tokens =
      new AttestationTokens(List.of(FORGE), new DirectWorkers(), clock);

  private Attested verify(String token) {
    return tokens.verify(token).toCompletableFuture().join();
  }

  private Problem refusal(String token) {
    try {
      throw new AssertionError("believed: " + verify(token));
    } catch (ProblemException e) {
      return e.problem();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ProblemException no) {
        return no.problem();
      }
      throw e;
    }
  }

  private void assertRefused(String token) {
    Problem problem = refusal(token);
    assertThat(problem.kind()).isEqualTo(Problem.Kind.FORBIDDEN);
    assertThat(problem.message())
        .isEqualTo("The key cannot be released to the target of the request.");
  }

  @Nested
  class ATokenOfATrustedIssuer {
    @ParameterizedTest
    @CsvSource({
      "RS256,rsa",
      "RS384,rsa",
      "RS512,rsa",
      "PS256,rsa",
      "PS384,rsa",
      "PS512,rsa",
      "ES256,p256",
      "ES384,p384",
      "ES512,p521"
    })
    void isBelievedWithEverySignatureByAKeyPair(String alg, String kid) {
      Attested attested = verify(FORGE.token(alg, kid, FORGE.claims()));
      assertThat(attested.issuer()).isEqualTo(TokenForge.ISSUER);
      assertThat(attested.claims()).containsEntry("tee", Map.of("type", "sevsnpvm"));
    }

    @Test
    void namesTheKeyThatTheEnvironmentHolds() {
      RSAPublicKey environment = (RSAPublicKey) FORGE.environment.getPublic();
      assertThat(verify(FORGE.token(FORGE.claims())).key())
          .isEqualTo(
              new Attested.WrappingKey(
                  "env", environment.getModulus(), environment.getPublicExponent()));
    }

    @Test
    void mayCarryAddressesWhichNobodyFollows() {
      String header =
          "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"jku\":\"https://evil.example/certs\","
              + "\"x5u\":\"https://evil.example/x\",\"typ\":\"JWT\"}";
      assertThat(verify(signed(header, FORGE.claims())).issuer()).isEqualTo(TokenForge.ISSUER);
    }

    @Test
    void isBelievedInItsTimeOnly() {
      String token = FORGE.token(FORGE.claims());
      clock.set(Instant.ofEpochSecond(NOW).minusMillis(1));
      assertRefused(token);
      clock.set(Instant.ofEpochSecond(NOW + 3600).minusMillis(1));
      assertThat(verify(token).issuer()).isEqualTo(TokenForge.ISSUER);
      clock.set(Instant.ofEpochSecond(NOW + 3600));
      assertRefused(token);
    }
  }

  private static String signed(String header, String claims) {
    return TokenForge.sign("RS256", FORGE.pair("rsa"), base64(header) + "." + base64(claims));
  }

  @Nested
  class AHostileToken {
    static Stream<Arguments> hostile() {
      String good = FORGE.token(FORGE.claims());
      String parts = good.substring(0, good.lastIndexOf('.'));
      String claims = FORGE.claims();
      return Stream.of(
          arguments("no signature", base64(header("none", "rsa")) + "." + base64(claims) + "."),
          arguments("alg none, old signature", swapHeader(good, header("none", "rsa"))),
          arguments("HMAC with the public key", FORGE.hmacWithPublicKey(claims)),
          arguments("signature cut off", parts + "."),
          arguments("signature of zeros", parts + "." + base64(new byte[256])),
          arguments("EC signature of zeros", zeros("ES256", "p256", 64)),
          arguments(
              "signature by a stranger", TokenForge.sign("RS256", TokenForge.rsa(2048), parts)),
          arguments(
              "signature by the environment", TokenForge.sign("RS256", FORGE.environment, parts)),
          arguments("another hash", swapHeader(good, header("RS512", "rsa"))),
          arguments("PSS for PKCS#1", swapHeader(good, header("PS256", "rsa"))),
          arguments("RSA key for ES256", swapHeader(good, header("ES256", "rsa"))),
          arguments("EC key for RS256", swapHeader(good, header("RS256", "p256"))),
          arguments("ES256 with P-384", FORGE.token("ES256", "p384", claims)),
          arguments("unknown kid", swapHeader(good, header("RS256", "other"))),
          arguments("no kid", signed("{\"alg\":\"RS256\"}", claims)),
          arguments("kid that is no text", signed("{\"alg\":\"RS256\",\"kid\":1}", claims)),
          arguments("no alg", signed("{\"kid\":\"rsa\"}", claims)),
          arguments("alg in lower case", signed(header("rs256", "rsa"), claims)),
          arguments(
              "crit", signed("{\"alg\":\"RS256\",\"kid\":\"rsa\",\"crit\":[\"exp\"]}", claims)),
          arguments("own key in the header", ownKey(claims)),
          arguments("changed claims", swapClaims(good, claims.replace("sevsnpvm", "trusted!"))));
    }

    private static String swapHeader(String token, String header) {
      return base64(header) + token.substring(token.indexOf('.'));
    }

    private static String swapClaims(String token, String claims) {
      return token.substring(0, token.indexOf('.') + 1)
          + base64(claims)
          + token.substring(token.lastIndexOf('.'));
    }

    private static String zeros(String alg, String kid, int length) {
      String token = FORGE.token(alg, kid, FORGE.claims());
      return token.substring(0, token.lastIndexOf('.') + 1) + base64(new byte[length]);
    }

    private static String ownKey(String claims) {
      String jwk = jwk(FORGE.environment.getPublic(), "\"kid\":\"rsa\"");
      String header = "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"jwk\":" + jwk + "}";
      return TokenForge.sign("RS256", FORGE.environment, base64(header) + "." + base64(claims));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void isRefusedInOneWay(String what, String token) {
      assertThat(what).isNotEmpty();
      assertRefused(token);
    }

    @Test
    void ofAForeignIssuerCausesNoLookUp() {
      int before = FORGE.lookUps;
      assertRefused(FORGE.token(FORGE.claims().replace("attest.example", "evil.example")));
      assertRefused(FORGE.token(FORGE.claims().replace("attest.example", "attest.example/")));
      assertRefused(FORGE.token("{\"exp\":" + (NOW + 60) + "}"));
      assertThat(FORGE.lookUps).isEqualTo(before);
    }
  }

  @Nested
  class TheTimesOfAToken {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "\"exp\":\"1800003600\"",
          "\"exp\":null",
          "\"exp\":true",
          "\"exp\":-1",
          "\"exp\":1799999999.999",
          "\"nbf\":1800000001,\"exp\":1800003600",
          "\"nbf\":\"now\",\"exp\":1800003600",
          "\"nbf\":1e30,\"exp\":1800003600",
          "\"iat\":1800000000"
        })
    void refuseItUnlessTheyAreNumbersAroundNow(String times) {
      String claims =
          FORGE.claims().replaceFirst("\"iat\":[0-9]+,\"nbf\":[0-9]+,\"exp\":[0-9]+", times);
      assertRefused(FORGE.token(claims));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"exp\":1800000000.5", "\"exp\":2e9", "\"nbf\":1.5,\"exp\":1e999999"})
    void mayBeFractions(String times) {
      String claims =
          FORGE.claims().replaceFirst("\"iat\":[0-9]+,\"nbf\":[0-9]+,\"exp\":[0-9]+", times);
      assertThat(verify(FORGE.token(claims)).issuer()).isEqualTo(TokenForge.ISSUER);
    }
  }

  @Nested
  class WhatIsNoToken {
    static Stream<String> malformed() {
      String good = FORGE.token(FORGE.claims());
      return Stream.of(
          "",
          ".",
          "..",
          "a.b",
          "a.b.c",
          "a.b.c.d",
          good.substring(0, good.lastIndexOf('.')),
          good + ".",
          good + "=",
          good + " ",
          base64("[]") + "." + base64("{}") + ".",
          base64("{}") + "." + base64("null") + ".",
          base64("{}") + "." + base64("{\"a\":1,\"a\":2}") + ".",
          base64("{}") + "." + base64("{}{}") + ".",
          base64("{}") + "." + base64("{\"n\":1e99999999999}") + ".",
          base64("{}") + "." + base64("{\"a\":" + "[".repeat(9000) + "]".repeat(9000) + "}") + ".",
          base64("{}") + "." + base64(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}) + ".",
          FORGE.token(FORGE.claims().replace("sevsnpvm", "x".repeat(48 * 1024))));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void isABadParameter(String text) {
      Problem problem = refusal(text);
      assertThat(problem.kind()).isEqualTo(Problem.Kind.BAD_PARAMETER);
      assertThat(problem.message()).isEqualTo("Property target must be an attestation token.");
    }
  }

  @Nested
  class TheKeyOfTheEnvironment {
    private final String good = jwk(FORGE.environment.getPublic(), ENC);

    @ParameterizedTest
    @ValueSource(
        strings = {
          "\"key_use\":\"enc\"",
          "\"use\":\"enc\"",
          "\"key_ops\":[\"sign\",\"encrypt\"]",
          "\"key_ops\":[\"wrapKey\"]"
        })
    void isOneForEncryption(String purpose) {
      String key = jwk(FORGE.environment.getPublic(), "\"kid\":\"e\"," + purpose);
      assertThat(verify(FORGE.token(TokenForge.claims(key))).key().kid()).isEqualTo("e");
    }

    @Test
    void isTheFirstOfSeveral() {
      String sign = jwk(TokenForge.rsa(2048).getPublic(), "\"kid\":\"s\",\"use\":\"sig\"");
      String ec = "{\"kty\":\"EC\",\"kid\":\"c\",\"key_use\":\"enc\"}";
      String later = good.replace("env", "later");
      String claims = TokenForge.claims(String.join(",", "1", sign, ec, good, later));
      assertThat(verify(FORGE.token(claims)).key().kid()).isEqualTo("env");
    }

    static Stream<String> unfit() {
      String good = jwk(FORGE.environment.getPublic(), ENC);
      return Stream.of(
          "",
          "1",
          jwk(FORGE.environment.getPublic(), "\"kid\":\"env\""),
          jwk(FORGE.environment.getPublic(), "\"key_use\":\"enc\""),
          jwk(FORGE.environment.getPublic(), "\"kid\":\"\",\"key_use\":\"enc\""),
          jwk(FORGE.environment.getPublic(), "\"kid\":7,\"key_use\":\"enc\""),
          jwk(FORGE.environment.getPublic(), "\"kid\":\"env\",\"key_use\":\"sig\""),
          jwk(FORGE.environment.getPublic(), "\"kid\":\"env\",\"key_ops\":[\"verify\"]"),
          jwk(FORGE.environment.getPublic(), "\"kid\":\"env\",\"key_ops\":\"encrypt\""),
          jwk(TokenForge.rsa(1024).getPublic(), ENC),
          good.replace("\"kty\":\"RSA\"", "\"kty\":\"EC\""),
          good.replaceFirst("\"n\":\"[^\"]*\"", "\"n\":\"!\""),
          good.replaceFirst("\"n\":\"[^\"]*\"", "\"n\":5"),
          good.replaceFirst("\"n\":\"[^\"]*\"", "\"n\":\"" + "_".repeat(700) + "\""),
          good.replaceFirst("\"n\":\"[^\"]*\"", "\"n\":\"" + base64(new byte[256]) + "\""),
          good.replaceFirst("\"e\":\"[^\"]*\"", "\"e\":\"AQ\""),
          good.replaceFirst("\"e\":\"[^\"]*\"", "\"e\":\"Ag\""),
          good.replaceFirst("\"e\":\"[^\"]*\"", "\"e\":\"" + "_".repeat(40) + "\""),
          good.replaceFirst("\"e\":\"[^\"]*\",", ""));
    }

    @ParameterizedTest
    @MethodSource("unfit")
    void mustBeAnRsaKeyWithANameAndFrom2048To4096Bits(String key) {
      assertRefused(FORGE.token(TokenForge.claims(key)));
    }

    @Test
    void mustBeThere() {
      assertRefused(FORGE.token(FORGE.claims().replace("x-ms-runtime", "x-ms-other")));
      assertRefused(FORGE.token(FORGE.claims().replaceFirst("\"keys\":.*", "\"keys\":{}}}")));
    }
  }
}
