package localhsm.server.auth;

import static localhsm.server.auth.Forge.NOW;
import static localhsm.server.auth.Forge.OID;
import static localhsm.server.auth.Forge.TENANT;
import static localhsm.server.auth.Forge.base64;
import static localhsm.server.auth.Forge.claims;
import static localhsm.server.auth.Forge.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import localhsm.id.PrincipalId;
import localhsm.id.TenantId;
import localhsm.problem.Problem;
import localhsm.problem.ProblemException;
import localhsm.rbac.Principal;
import localhsm.server.http.Headers;
import localhsm.server.http.Request;
import localhsm.server.http.Verb;
import localhsm.server.names.HostAndPort;
import localhsm.server.names.NameFamily;
import localhsm.server.names.ServedNames;
import localhsm.server.names.Site;
import localhsm.server.pipeline.Exchange;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class AuthenticatorTest {
  private static final Forge FORGE = new Forge();
  private static final Forge STRANGER = new Forge();
  private static final ServedNames NAMES = new ServedNames("hsm1", NameFamily.ALL, Set.of());
  private static final String HOST = "hsm1.managedhsm.localhost:9443";
  private static final String CHALLENGE =
      "Bearer authorization=\"https://login.localhost:9443/6e7d5f5c-1f4f-4f6c-8f0d-6b7f0f4bb1c2\","
          + " resource=\"https://managedhsm.localhost:9443\"";

  private final SettableClock clock = new SettableClock(NOW);
  private final Authenticator authenticator = authenticator(FORGE);

  private Authenticator authenticator(TrustedIssuer... issuers) {
    TenantId tenant = new TenantId(UUID.fromString(TENANT));
    Set<String> audiences = Set.of("api://configured", "https://slashed.example/");
    return new Authenticator(new TokenRules(tenant, audiences), List.of(issuers), clock);
  }

  private static Exchange exchange(String host, Map<String, List<String>> headers) {
    HostAndPort address = HostAndPort.parse(host).orElseThrow();
    Request request =
        new Request(
            UUID.randomUUID(),
            Verb.GET,
            address,
            "/keys",
            new Headers(headers),
            new byte[0],
            InetSocketAddress.createUnresolved("127.0.0.1", 1),
            0);
    return Exchange.of(request, NAMES.resolve(address).orElseThrow());
  }

  private Principal accepted(String host, String token) {
    return authenticator
        .check(exchange(host, Map.of("authorization", List.of("Bearer " + token))))
        .toCompletableFuture()
        .join()
        .principal()
        .orElseThrow();
  }

  private Principal accepted(String token) {
    return accepted(HOST, token);
  }

  private void refused(String host, Map<String, List<String>> headers, String challenge) {
    Throwable thrown =
        catchThrowable(
            () -> authenticator.check(exchange(host, headers)).toCompletableFuture().join());
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    assertThat(cause)
        .isInstanceOfSatisfying(
            ProblemException.class,
            refusal ->
                assertThat(refusal.problem())
                    .isInstanceOfSatisfying(
                        Problem.Unauthenticated.class,
                        problem -> assertThat(problem.challenge()).isEqualTo(challenge)));
  }

  private void refused(String token) {
    refused(HOST, Map.of("authorization", List.of("Bearer " + token)), CHALLENGE);
  }

  private static String with(String json, String member, String replacement) {
    String changed = json.replaceFirst("\"" + member + "\":(\"[^\"]*\"|[0-9]+),?", replacement);
    assertThat(json).contains("\"" + member + "\":");
    return changed;
  }

  private static String claim(String member, String json) {
    return with(claims(), member, "\"" + member + "\":" + json + ",");
  }

  private static String extra(String json, String members) {
    return "{" + members + "," + json.substring(1);
  }

  private static Stream<DynamicTest> rows(Map<String, Runnable> rows) {
    return rows.entrySet().stream().map(row -> dynamicTest(row.getKey(), row.getValue()::run));
  }

  @Nested
  class TheAuthorizationHeader {
    @TestFactory
    Stream<DynamicTest> mustBeOneBearerToken() {
      String good = FORGE.token(header(), claims());
      Map<String, Map<String, List<String>>> rows = new LinkedHashMap<>();
      rows.put("none", Map.of());
      rows.put("empty", Map.of("authorization", List.of("")));
      rows.put("scheme alone", Map.of("authorization", List.of("Bearer")));
      rows.put("scheme and blank", Map.of("authorization", List.of("Bearer ")));
      rows.put("garbage", Map.of("authorization", List.of("\u0000\u00ff garbage")));
      rows.put("bare token", Map.of("authorization", List.of(good)));
      rows.put("two blanks", Map.of("authorization", List.of("Bearer  " + good)));
      rows.put("a tab", Map.of("authorization", List.of("Bearer\t" + good)));
      rows.put("something behind", Map.of("authorization", List.of("Bearer " + good + " x")));
      rows.put("twice", Map.of("authorization", List.of("Bearer " + good, "Bearer " + good)));
      rows.put("Basic", Map.of("authorization", List.of("Basic " + base64("user:password"))));
      rows.put("Basic with a token", Map.of("authorization", List.of("Basic " + good)));
      rows.put("SharedKey", Map.of("authorization", List.of("SharedKey account:c2ln")));
      rows.put("a cookie", Map.of("cookie", List.of("access_token=" + good)));
      rows.put("an API key", Map.of("api-key", List.of(good), "x-ms-key", List.of(good)));
      rows.put("another header", Map.of("x-authorization", List.of("Bearer " + good)));
      return rows.entrySet().stream()
          .map(row -> dynamicTest(row.getKey(), () -> refused(HOST, row.getValue(), CHALLENGE)));
    }

    @Test
    void namesItsSchemeInAnyCase() {
      String value = "bEARER " + FORGE.token(header(), claims());
      assertThat(
              authenticator
                  .check(exchange(HOST, Map.of("authorization", List.of(value))))
                  .toCompletableFuture()
                  .join()
                  .principal())
          .isPresent();
    }
  }

  @Nested
  class TheChallenge {
    @TestFactory
    Stream<DynamicTest> staysInTheFamilyOfTheHost() {
      Map<String, Runnable> rows = new LinkedHashMap<>();
      rows.put(
          "azure",
          () ->
              refused(
                  "hsm1.managedhsm.azure.net",
                  Map.of(),
                  "Bearer authorization=\"https://login.microsoftonline.com/"
                      + TENANT
                      + "\", resource=\"https://managedhsm.azure.net\""));
      rows.put("localhost", () -> refused("localhost:9443", Map.of(), CHALLENGE));
      rows.put("an address", () -> refused("[::1]:9443", Map.of(), CHALLENGE));
      rows.put("a name", () -> refused("HSM1.ManagedHSM.localhost:9443", Map.of(), CHALLENGE));
      return rows(rows);
    }
  }

  @Nested
  class ATokensForm {
    @TestFactory
    Stream<DynamicTest> isStrict() {
      String good = FORGE.token(header(), claims());
      String claims = base64(claims());
      byte[] badUtf8 = claims().replace("app-1", "a\u00e4").getBytes(StandardCharsets.ISO_8859_1);
      byte[] utf16 = claims().getBytes(StandardCharsets.UTF_16BE);
      Map<String, String> rows = new LinkedHashMap<>();
      rows.put("one part", "abc");
      rows.put("two parts", good.substring(0, good.lastIndexOf('.')));
      rows.put("four parts", good + ".e30");
      rows.put("only dots", "..");
      rows.put("empty signature", good.substring(0, good.lastIndexOf('.') + 1));
      rows.put("padded signature", good + "==");
      rows.put("padded header", FORGE.sign(pad(base64(header() + " ")) + "." + claims));
      rows.put("trailing bits", FORGE.sign(twin(base64(header() + " ")) + "." + claims));
      rows.put("trailing bits in the signature", twin(good));
      rows.put("standard base64", FORGE.sign(base64(header()) + "." + claims) + "+/");
      rows.put("a line break", good.substring(0, 9) + "\n" + good.substring(9));
      rows.put("one character too many", FORGE.sign(base64(header()) + "." + claims + "A"));
      rows.put("too long", FORGE.token(header(), extra(claims(), pad16k())));
      rows.put("bad UTF-8", FORGE.token(header().getBytes(StandardCharsets.UTF_8), badUtf8));
      rows.put("UTF-16", FORGE.token(header().getBytes(StandardCharsets.UTF_8), utf16));
      rows.put("a byte order mark", FORGE.token(header(), "\ufeff" + claims()));
      rows.put("header no JSON", FORGE.token("alg=RS256", claims()));
      rows.put("header an array", FORGE.token("[" + header() + "]", claims()));
      rows.put("claims a string", FORGE.token(header(), "\"claims\""));
      rows.put("claims null", FORGE.token(header(), "null"));
      rows.put("claims empty", FORGE.token(header(), ""));
      rows.put("two objects", FORGE.token(header(), claims() + claims()));
      rows.put("a comment", FORGE.token(header(), claims() + "/**/"));
      rows.put("deep nesting", FORGE.token(header(), "[".repeat(8000)));
      rows.put("doubled alg", FORGE.token(extra(header(), "\"alg\":\"RS256\""), claims()));
      rows.put("doubled oid", FORGE.token(header(), extra(claims(), "\"oid\":\"" + OID + "\"")));
      rows.put("escaped double", FORGE.token(header(), extra(claims(), "\"\\u006fid\":\"x\"")));
      rows.put("nested double", FORGE.token(header(), extra(claims(), "\"x\":{\"a\":1,\"a\":1}")));
      return rows.entrySet().stream()
          .map(row -> dynamicTest(row.getKey(), () -> refused(row.getValue())));
    }

    /** The same bytes in another spelling: the last character's spare bits are set. */
    private static String twin(String part) {
      String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
      int last = part.length() - 1;
      int value = alphabet.indexOf(part.charAt(last));
      String changed = part.substring(0, last) + alphabet.charAt(value + 1);
      String a = part.substring(part.lastIndexOf('.') + 1);
      String b = changed.substring(changed.lastIndexOf('.') + 1);
      assertThat(Base64.getUrlDecoder().decode(b)).isEqualTo(Base64.getUrlDecoder().decode(a));
      return changed;
    }

    private static String pad(String part) {
      assertThat(part.length() % 4).isNotZero();
      return part + "=".repeat(4 - part.length() % 4);
    }

    private static String pad16k() {
      return "\"pad\":\"" + "x".repeat(16 * 1024) + "\"";
    }
  }

  @Nested
  class ATokensHeader {
    @TestFactory
    Stream<DynamicTest> isStrict() {
      String none = base64(with(header(), "alg", "\"alg\":\"none\",")) + "." + base64(claims());
      String jwk =
          "{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\""
              + base64(STRANGER.publicKey().getModulus().toByteArray())
              + "\"}";
      Map<String, String> rows = new LinkedHashMap<>();
      rows.put("alg none, no signature", none + ".");
      rows.put("alg none, signed", FORGE.sign(none));
      for (String alg : List.of("None", "NONE", "rs256", "RS384", "RS512", "PS256", "ES256")) {
        rows.put("alg " + alg, FORGE.token(header().replace("RS256", alg), claims()));
      }
      rows.put(
          "HS256 with the public key",
          FORGE.hmacWithPublicKey(header().replace("RS256", "HS256"), claims()));
      rows.put("RS256 with an HMAC", FORGE.hmacWithPublicKey(header(), claims()));
      rows.put("alg missing", FORGE.token(with(header(), "alg", ""), claims()));
      rows.put("alg null", FORGE.token(with(header(), "alg", "\"alg\":null,"), claims()));
      rows.put("alg a list", FORGE.token(header().replace("\"RS256\"", "[\"RS256\"]"), claims()));
      rows.put("typ of another token", FORGE.token(header().replace("JWT", "dpop+jwt"), claims()));
      rows.put("typ a number", FORGE.token(header().replace("\"JWT\"", "1"), claims()));
      rows.put("kid missing", FORGE.token("{\"alg\":\"RS256\"}", claims()));
      rows.put("kid empty", FORGE.token(header().replace("k-1", ""), claims()));
      rows.put("kid unknown", FORGE.token(header().replace("k-1", "k-2"), claims()));
      rows.put("kid a number", FORGE.token(header().replace("\"k-1\"", "1"), claims()));
      rows.put("kid a path", FORGE.token(header().replace("k-1", "../../dev/null"), claims()));
      for (String member : List.of("crit", "jku", "x5u", "x5c", "jwk")) {
        rows.put(member, FORGE.token(extra(header(), "\"" + member + "\":[\"exp\"]"), claims()));
        rows.put(
            member + " null", FORGE.token(extra(header(), "\"" + member + "\":null"), claims()));
      }
      rows.put("its own key", STRANGER.token(extra(header(), "\"jwk\":" + jwk), claims()));
      rows.put("a key of nobody's", STRANGER.token(header(), claims()));
      return rows.entrySet().stream()
          .map(row -> dynamicTest(row.getKey(), () -> refused(row.getValue())));
    }

    @TestFactory
    Stream<DynamicTest> mayHave() {
      Map<String, String> rows = new LinkedHashMap<>();
      rows.put("no typ", with(header(), "typ", ""));
      rows.put("typ at+jwt", header().replace("JWT", "at+jwt"));
      rows.put("x5t", extra(header(), "\"x5t\":\"abc\""));
      return rows.entrySet().stream()
          .map(
              row ->
                  dynamicTest(
                      row.getKey(),
                      () ->
                          assertThat(accepted(FORGE.token(row.getValue(), claims())).id())
                              .hasToString(OID)));
    }

    @Test
    void isCoveredByTheSignature() {
      String token = FORGE.token(header(), claims());
      String header = base64(extra(header(), "\"x5t\":\"abc\""));
      refused(header + token.substring(token.indexOf('.')));
    }
  }

  @Nested
  class ATokensClaims {
    @TestFactory
    Stream<DynamicTest> areRequiredAndChecked() {
      String other = "99999999-1f4f-4f6c-8f0d-6b7f0f4bb1c2";
      Map<String, String> rows = new LinkedHashMap<>();
      for (String name : List.of("aud", "iss", "exp", "oid", "tid")) {
        rows.put(name + " missing", with(claims(), name, ""));
        rows.put(name + " null", claim(name, "null"));
        rows.put(name + " an object", claim(name, "{}"));
        rows.put(name + " true", claim(name, "true"));
      }
      rows.put("exp passed", claim("exp", Long.toString(NOW - 300)));
      rows.put("exp a string", claim("exp", "\"" + (NOW + 3600) + "\""));
      rows.put("exp a fraction", claim("exp", (NOW + 3600) + ".5"));
      rows.put("exp a float", claim("exp", (NOW + 3600) + ".0"));
      rows.put("exp with an exponent", claim("exp", "18e9"));
      rows.put("exp negative", claim("exp", "-1"));
      rows.put("exp 2^60", claim("exp", Long.toString(1L << 60)));
      rows.put("exp 2^53+1", claim("exp", Long.toString((1L << 53) + 1)));
      rows.put("exp 2^64 and a day", claim("exp", "18446744073709638016"));
      rows.put("exp endless", claim("exp", "9".repeat(900)));
      rows.put("nbf to come", claim("nbf", Long.toString(NOW + 301)));
      rows.put("nbf a string", claim("nbf", "\"" + NOW + "\""));
      rows.put("nbf null", claim("nbf", "null"));
      rows.put("nbf 2^60", claim("nbf", Long.toString(1L << 60)));
      rows.put("nbf negative", claim("nbf", "-1"));
      rows.put("iat to come", claim("iat", Long.toString(NOW + 301)));
      rows.put("iat a string", claim("iat", "\"" + NOW + "\""));
      for (String aud :
          List.of(
              "https://vault.azure.net",
              "https://managedhsm.azure.net//",
              "https://managedhsm.azure.net/.default",
              "https://MANAGEDHSM.azure.net",
              "http://managedhsm.azure.net",
              "https://managedhsm.localhost",
              "https://managedhsm.localhost:9444",
              "https://hsm1.managedhsm.localhost:9443",
              "https://slashed.example",
              "/",
              "")) {
        rows.put("aud " + aud, claim("aud", "\"" + aud + "\""));
      }
      rows.put("aud no list", claim("aud", "[]"));
      rows.put("aud mixed list", claim("aud", "[\"https://managedhsm.azure.net\",1]"));
      for (String iss :
          List.of(
              "https://sts.windows.net/" + TENANT,
              "https://sts.windows.net/" + other + "/",
              "https://login.localhost/" + TENANT + "/v2.0",
              "https://login.localhost:9443/" + TENANT + "/v2.0/",
              "https://login.localhost:9443/" + other + "/v2.0",
              "")) {
        rows.put("iss " + iss, claim("iss", "\"" + iss + "\""));
      }
      rows.put("another tenant", claim("tid", "\"" + other + "\""));
      rows.put("oid no GUID", claim("oid", "\"admin\""));
      rows.put("oid a short GUID", claim("oid", "\"1-1-1-1-1\""));
      rows.put("oid in braces", claim("oid", "\"{" + OID + "}\""));
      rows.put("oid empty", claim("oid", "\"\""));
      rows.put("groups a string", extra(claims(), "\"groups\":\"" + OID + "\""));
      rows.put("groups no GUIDs", extra(claims(), "\"groups\":[\"admins\"]"));
      rows.put("groups numbers", extra(claims(), "\"groups\":[1]"));
      rows.put("appid a number", claim("appid", "7"));
      return rows.entrySet().stream()
          .map(
              row ->
                  dynamicTest(row.getKey(), () -> refused(FORGE.token(header(), row.getValue()))));
    }

    @TestFactory
    Stream<DynamicTest> mayBe() {
      String v2 = "https://login.localhost:9443/" + TENANT + "/v2.0";
      Map<String, String> rows = new LinkedHashMap<>();
      rows.put("of version 2", claim("iss", "\"" + v2 + "\""));
      rows.put("exp just within the skew", claim("exp", Long.toString(NOW - 299)));
      rows.put("exp 2^53", claim("exp", Long.toString(1L << 53)));
      rows.put("nbf just within the skew", claim("nbf", Long.toString(NOW + 300)));
      rows.put("no nbf", with(claims(), "nbf", ""));
      rows.put("iat just within the skew", claim("iat", Long.toString(NOW + 300)));
      rows.put("no iat", with(claims(), "iat", ""));
      rows.put("no appid", with(claims(), "appid", ""));
      rows.put("tid in capitals", claim("tid", "\"" + TENANT.toUpperCase(Locale.ROOT) + "\""));
      for (String aud :
          List.of(
              "https://managedhsm.azure.net",
              "https://managedhsm.azure.net/",
              "https://managedhsm.localhost:9443",
              "https://managedhsm.localhost:9443/",
              "api://configured",
              "api://configured/",
              "https://slashed.example/")) {
        rows.put("aud " + aud, claim("aud", "\"" + aud + "\""));
        rows.put("aud among others: " + aud, claim("aud", "[\"x\",\"" + aud + "\"]"));
      }
      return rows.entrySet().stream()
          .map(
              row ->
                  dynamicTest(
                      row.getKey(),
                      () ->
                          assertThat(accepted(FORGE.token(header(), row.getValue())).id())
                              .hasToString(OID)));
    }

    @Test
    void becomeThePrincipal() {
      String group = "11111111-2222-4333-8444-555555555555";
      String claims = extra(claims(), "\"groups\":[\"" + group + "\"]");
      assertThat(accepted(FORGE.token(header(), claims)))
          .isEqualTo(
              new Principal(
                  new PrincipalId(UUID.fromString(OID)),
                  Set.of(new PrincipalId(UUID.fromString(group))),
                  Optional.of("app-1")));
    }

    @Test
    void nameTheApplicationInVersion2() {
      String claims = with(claims(), "appid", "\"azp\":\"app-2\",");
      assertThat(accepted(FORGE.token(header(), claims)).application()).contains("app-2");
    }

    @Test
    void areCoveredByTheSignature() {
      String token = FORGE.token(header(), claims());
      String other = claims().replace(OID, "00000000-0000-4000-8000-000000000000");
      refused(base64(header()) + "." + base64(other) + token.substring(token.lastIndexOf('.')));
    }
  }

  @Nested
  class ARememberedToken {
    private final Forge issuer = new Forge();
    private final Authenticator authenticator = authenticator(issuer);

    private CompletableFuture<Exchange> check(String host, String token) {
      return authenticator
          .check(exchange(host, Map.of("authorization", List.of("Bearer " + token))))
          .toCompletableFuture();
    }

    private void refusedNow(String host, String token) {
      assertThat(catchThrowable(() -> check(host, token).join()))
          .isInstanceOf(ProblemException.class);
    }

    @Test
    void isNotExaminedAgain() {
      String token = issuer.token(header(), claims());
      Principal first = check(HOST, token).join().principal().orElseThrow();
      assertThat(check(HOST, token).join().principal()).containsSame(first);
      assertThat(issuer.lookUps).isEqualTo(1);
    }

    @Test
    void endsWithItsTime() {
      String token = issuer.token(header(), claims());
      check(HOST, token).join();
      clock.set(NOW + 3600 + 299);
      assertThat(check(HOST, token).join().principal()).isPresent();
      clock.set(NOW + 3600 + 300);
      refusedNow(HOST, token);
      assertThat(issuer.lookUps).isEqualTo(1);
    }

    @Test
    void isNotAcceptedBeforeItsTimeWhenTheClockGoesBack() {
      String token = issuer.token(header(), claims());
      check(HOST, token).join();
      clock.set(NOW - 301);
      refusedNow(HOST, token);
    }

    @Test
    void isRefusedByAHostThatItIsNotFor() {
      String token = issuer.token(header(), claim("aud", "\"https://managedhsm.localhost:9443\""));
      check(HOST, token).join();
      refusedNow("hsm1.managedhsm.azure.net", token);
      refusedNow("hsm1.managedhsm.localhost:9444", token);
      assertThat(check(HOST, token).join().principal()).isPresent();
    }

    @Test
    void isRefusedWhereItsIssuerGoesByAnotherName() {
      String v2 = "https://login.localhost:9443/" + TENANT + "/v2.0";
      String token = issuer.token(header(), claim("iss", "\"" + v2 + "\""));
      check(HOST, token).join();
      refusedNow("hsm1.managedhsm.localhost:9444", token);
    }

    @Test
    void hasNoTwin() {
      String token = issuer.token(header(), claims());
      check(HOST, token).join();
      refusedNow(HOST, token + "=");
      refusedNow(HOST, token + "\n");
    }
  }

  @Nested
  class ARefusedToken {
    @Test
    void isExaminedAgain() {
      String token = FORGE.token(header(), claim("nbf", Long.toString(NOW + 1000)));
      refused(token);
      clock.set(NOW + 1000);
      assertThat(accepted(token).id()).hasToString(OID);
    }
  }

  @Nested
  class SeveralIssuers {
    @Test
    void areAskedForTheKeyInTurn() {
      Forge second = new Forge();
      TrustedIssuer keyless = new Keyless(Optional.empty());
      Authenticator both = authenticator(keyless, second);
      String value = "Bearer " + second.token(header(), claims());
      assertThat(
              both.check(exchange(HOST, Map.of("authorization", List.of(value))))
                  .toCompletableFuture()
                  .join()
                  .principal())
          .isPresent();
    }

    @Test
    void areNotAskedWhenTheyGoByAnotherName() {
      Forge second = new Forge();
      Authenticator both = authenticator(new Keyless(Optional.of("https://other/")), second);
      String claims = claim("iss", "\"https://other/\"");
      String value = "Bearer " + second.token(header(), claims);
      assertThat(
              catchThrowable(
                  () ->
                      both.check(exchange(HOST, Map.of("authorization", List.of(value))))
                          .toCompletableFuture()
                          .join()))
          .hasRootCauseInstanceOf(ProblemException.class);
      assertThat(second.lookUps).isZero();
    }
  }

  @Nested
  class AKeyThatIsNotReady {
    @Test
    void isWaitedFor() {
      CompletableFuture<Optional<RSAPublicKey>> later = new CompletableFuture<>();
      TrustedIssuer slow =
          new TrustedIssuer() {
            @Override
            public boolean goesBy(String iss, Site site) {
              return true;
            }

            @Override
            public CompletableFuture<Optional<RSAPublicKey>> key(String kid) {
              return later;
            }
          };
      String value = "Bearer " + FORGE.token(header(), claims());
      CompletableFuture<Exchange> waiting =
          authenticator(slow)
              .check(exchange(HOST, Map.of("authorization", List.of(value))))
              .toCompletableFuture();
      assertThat(waiting).isNotDone();
      later.complete(Optional.of(FORGE.publicKey()));
      assertThat(waiting.join().principal()).isPresent();
    }
  }

  private record Keyless(Optional<String> name) implements TrustedIssuer {
    @Override
    public boolean goesBy(String iss, Site site) {
      return name.isEmpty() || name.get().equals(iss);
    }

    @Override
    public CompletableFuture<Optional<RSAPublicKey>> key(String kid) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
  }
}
