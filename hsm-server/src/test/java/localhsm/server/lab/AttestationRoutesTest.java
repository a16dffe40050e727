package localhsm.server.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import localhsm.keys.DirectWorkers;
import localhsm.keys.SettableClock;
import localhsm.problem.Problem;
import localhsm.problem.ProblemException;
import localhsm.problem.Problems;
import localhsm.release.Attested;
import localhsm.server.authority.KeptSecrets;
import localhsm.server.certificates.Certificates;
import localhsm.server.http.Request;
import localhsm.server.http.TestRequests;
import localhsm.server.names.NameFamily;
import localhsm.server.names.ServedNames;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Router;
import localhsm.server.release.AttestationTokens;
import localhsm.server.release.ClaimsJson;
import localhsm.server.release.SigningIdentity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttestationRoutesTest {
  private static final long NOW = 1_800_000_000L;
  private static final String BASE = "/_localhsm/attestation";
  private static final String ISSUER = TestRequests.BASE + BASE;
  private static final ServedNames NAMES =
      new ServedNames("hsm1", NameFamily.ALL, Set.of("build.example"));

  @TempDir Path folder;
  private final SettableClock clock = new SettableClock(Instant.ofEpochSecond(NOW));
  private AttestationAuthority authority;
  private AttestationTokens tokens;
  private Router router;

  @BeforeEach
  void open() {
    SecureRandom random = new SecureRandom();
    SigningIdentity identity =
        new SigningIdentity(
            SigningIdentity.Purpose.MOCK_ATTESTATION,
            new Certificates(Clock.systemUTC(), random).open(folder, NAMES).signing(),
            KeptSecrets.NONE,
            random,
            new DirectWorkers());
    authority = new AttestationAuthority(NAMES, identity);
    tokens = new AttestationTokens(List.of(authority), new DirectWorkers(), clock);
    router = new Router(AttestationRoutes.of(identity, random, clock));
  }

  private Map<String, Object> answer(Request request) {
    byte[] body =
        CompletableFuture.completedStage(Exchange.of(request, TestRequests.SITE))
            .thenCompose(router::check)
            .thenCompose(exchange -> exchange.routed().route().handler().handle(exchange))
            .toCompletableFuture()
            .join()
            .body();
    return ClaimsJson.read(body).orElseThrow();
  }

  private Map<String, Object> mint(String order) {
    return answer(TestRequests.post(BASE + "/mint", order.replace('\'', '"')));
  }

  private Attested verify(Map<String, Object> minted) {
    return tokens.verify(text(minted, "token")).toCompletableFuture().join();
  }

  private static Problem problem(CompletionException e) {
    if (e.getCause() instanceof ProblemException no) {
      return no.problem();
    }
    throw e;
  }

  private Problem refusal(String order) {
    try {
      throw new AssertionError("minted: " + mint(order));
    } catch (CompletionException e) {
      return problem(e);
    }
  }

  private Problem refusalOf(Map<String, Object> minted) {
    try {
      throw new AssertionError("believed: " + verify(minted));
    } catch (CompletionException e) {
      return problem(e);
    }
  }

  private static RSAKey rsa(Map<String, Object> jwk) {
    try {
      return RSAKey.parse(new String(ClaimsJson.write(jwk), StandardCharsets.UTF_8));
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(Map<String, Object> json, String member) {
    return (Map<String, Object>) Objects.requireNonNull(json.get(member));
  }

  private static String text(Map<String, Object> json, String member) {
    return (String) Objects.requireNonNull(json.get(member));
  }

  @Nested
  class TheMockAuthority {
    @Test
    void publishesWhereItsKeysAre() {
      assertThat(answer(TestRequests.get(BASE + "/.well-known/openid-configuration")))
          .containsEntry("issuer", ISSUER)
          .containsEntry("jwks_uri", ISSUER + "/keys");
    }

    @Test
    void publishesTheKeyThatSignsItsTokens() throws Exception {
      Map<String, Object> keys = answer(TestRequests.get(BASE + "/keys"));
      RSAKey key =
          JWKSet.parse(new String(ClaimsJson.write(keys), StandardCharsets.UTF_8))
              .getKeys()
              .get(0)
              .toRSAKey();
      JWSObject token = JWSObject.parse(text(mint("{}"), "token"));
      assertThat(key.getX509CertChain()).hasSize(2);
      assertThat(key.isPrivate()).isFalse();
      assertThat(token.getHeader().getKeyID()).isEqualTo(key.getKeyID());
      assertThat(token.verify(new RSASSAVerifier(key))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
      "https://hsm1.managedhsm.localhost:9443/_localhsm/attestation, true",
      "https://hsm1.managedhsm.azure.net/_localhsm/attestation, true",
      "https://login.localhost/_localhsm/attestation, true",
      "https://localhost:1/_localhsm/attestation, true",
      "https://127.0.0.1:9443/_localhsm/attestation, true",
      "https://[::1]:9443/_localhsm/attestation, true",
      "https://build.example/_localhsm/attestation, true",
      "https://hsm2.managedhsm.localhost/_localhsm/attestation, false",
      "https://other.example/_localhsm/attestation, false",
      "http://localhost/_localhsm/attestation, false",
      "https://localhost/_localhsm/attestation/, false",
      "https://localhost/x/_localhsm/attestation, false",
      "https://user@localhost/_localhsm/attestation, false",
      "https://_localhsm/attestation, false",
      "https:///_localhsm/attestation, false",
      "/_localhsm/attestation, false"
    })
    void goesByEveryNameOfTheServer(String issuer, boolean ours) {
      assertThat(authority.goesBy(issuer)).isEqualTo(ours);
    }
  }

  @Nested
  class AMintedToken {
    @Test
    void isBelievedAndSaysWhatWasAsked() {
      Attested attested = verify(mint("{'claims':{'tee':{'type':'sgx'},'n':1.5,'none':null}}"));
      assertThat(attested.issuer()).isEqualTo(ISSUER);
      assertThat(attested.claims())
          .containsEntry("tee", Map.of("type", "sgx"))
          .containsEntry("iat", (int) NOW)
          .containsEntry("exp", (int) NOW + 3600);
    }

    @Test
    void comesWithThePrivateKeyThatItNames() throws Exception {
      Map<String, Object> minted = mint("{}");
      RSAKey key = rsa(object(minted, "privateKey"));
      Attested.WrappingKey named = verify(minted).key();
      assertThat(key.isPrivate()).isTrue();
      assertThat(key.toRSAPublicKey().getModulus()).isEqualTo(named.modulus());
      assertThat(key.toRSAPrivateKey().getModulus()).isEqualTo(named.modulus());
      assertThat(key.getKeyID()).isEqualTo(named.kid());
      assertThat(key.computeThumbprint()).hasToString(named.kid());
    }

    @Test
    void namesTheGivenKeyAndThenThereIsNoPrivateOne() {
      Map<String, Object> first = mint("{}");
      Map<String, Object> given = object(first, "privateKey");
      given.put("kid", "mine");
      String order = new String(ClaimsJson.write(Map.of("key", given)), StandardCharsets.UTF_8);
      Map<String, Object> second = mint(order);
      assertThat(second).containsOnlyKeys("token");
      assertThat(verify(second).key().kid()).isEqualTo("mine");
      assertThat(verify(second).key().modulus()).isEqualTo(verify(first).key().modulus());
      assertThat(new String(ClaimsJson.write(verify(second).claims()), StandardCharsets.UTF_8))
          .doesNotContain(text(given, "d"));
    }

    @Test
    void livesAsLongAsAsked() {
      Map<String, Object> minted = mint("{'lifetime':60}");
      clock.set(Instant.ofEpochSecond(NOW + 59));
      assertThat(verify(minted).issuer()).isEqualTo(ISSUER);
      clock.set(Instant.ofEpochSecond(NOW + 60));
      assertThat(refusalOf(minted)).isEqualTo(Problems.releaseRefused().problem());
    }

    @Test
    void mayBeOver() {
      assertThat(refusalOf(mint("{'claims':{'exp':1}}")))
          .isEqualTo(Problems.releaseRefused().problem());
    }

    @Test
    void alwaysNamesItsIssuerAndItsKey() {
      Attested attested =
          verify(
              mint(
                  "{'claims':{'iss':'https://evil.example',"
                      + "'x-ms-runtime':{'keys':[],'user-data':'00'}}}"));
      assertThat(attested.issuer()).isEqualTo(ISSUER);
      assertThat(object(attested.claims(), "x-ms-runtime"))
          .containsEntry("user-data", "00")
          .containsKey("keys");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "[]",
          "{'claims':1}",
          "{'key':'text'}",
          "{'key':{}}",
          "{'key':{'kty':'EC','n':'AQ','e':'AQAB'}}",
          "{'key':{'kty':'RSA','n':'AQ','e':'AQAB'}}",
          "{'key':{'kty':'RSA','n':'!','e':'AQAB'}}",
          "{'key':{'kty':'RSA','n':1,'e':2}}",
          "{'lifetime':0}",
          "{'lifetime':86401}",
          "{'lifetime':'60'}",
          "{'lifetime':1.5}",
          "{'lifetime':null}"
        })
    void isRefusedForABadOrder(String order) {
      assertThat(refusal(order).kind()).isEqualTo(Problem.Kind.BAD_PARAMETER);
    }
  }
}
