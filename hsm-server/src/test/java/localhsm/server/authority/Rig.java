package localhsm.server.authority;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import localhsm.server.http.Headers;
import localhsm.server.http.Request;
import localhsm.server.http.Response;
import localhsm.server.http.Verb;
import localhsm.server.names.HostAndPort;
import localhsm.server.names.NameFamily;
import localhsm.server.names.ServedNames;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Router;

/** A whole authority without network; signing happens in the calling thread. */
final class Rig {
  static final long NOW = 1_800_000_000L;
  static final String TENANT = SeededIdentities.TENANT.toString();
  static final String LOGIN = "login.localhost:9443";
  static final String FORM = "application/x-www-form-urlencoded";

  /** Shared by all rigs, since making it takes long. */
  private static final KeptInMemory KEPT = new KeptInMemory();

  final Clock clock = Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC);
  final SecureRandom random = new SecureRandom();
  final ServedNames names =
      new ServedNames("hsm1", NameFamily.ALL, Set.of("hsm.example.test", "box"));
  final SigningKey key = new SigningKey(KEPT, random, Runnable::run);
  final ClientSecrets secrets =
      ClientSecrets.open(SeededIdentities.ALL, Optional.empty(), KeptSecrets.NONE, random);
  final TokenMint mint = new TokenMint(SeededIdentities.TENANT, key, clock, random);
  final Router router =
      new Router(
          new AuthorityRoutes(
                  new AuthoritySettings(
                      SeededIdentities.TENANT,
                      names,
                      Set.of("api://configured"),
                      SeededIdentities.ALL),
                  secrets,
                  mint,
                  key,
                  clock)
              .all());

  static Identity identity(String name) {
    return SeededIdentities.ALL.stream()
        .filter(i -> i.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  String secret(Identity identity) {
    return new String(secrets.of(identity).expose(), StandardCharsets.US_ASCII);
  }

  String identityHeader() {
    return new String(secrets.identityHeader().expose(), StandardCharsets.US_ASCII);
  }

  /** The form of a right request. */
  String form(Identity identity, String scope) {
    return "grant_type=client_credentials&client_id="
        + identity.clientId()
        + "&client_secret="
        + secret(identity)
        + "&scope="
        + scope;
  }

  Response get(String host, String target, Map<String, String> headers) {
    return answer(Verb.GET, host, target, headers, new byte[0]);
  }

  Response post(String target, String form) {
    return post(target, Map.of("content-type", FORM), form);
  }

  Response post(String target, Map<String, String> headers, String form) {
    return answer(Verb.POST, LOGIN, target, headers, form.getBytes(StandardCharsets.UTF_8));
  }

  private Response answer(
      Verb verb, String host, String target, Map<String, String> headers, byte[] body) {
    HostAndPort address = HostAndPort.parse(host).orElseThrow();
    Map<String, List<String>> fields = new HashMap<>();
    headers.forEach((name, value) -> fields.put(name, List.of(value)));
    Request request =
        new Request(
            UUID.fromString("4e3f2a10-1111-11f0-8000-010203040506"),
            verb,
            address,
            target,
            new Headers(fields),
            body,
            InetSocketAddress.createUnresolved("127.0.0.1", 1),
            0);
    Exchange exchange = Exchange.of(request, names.resolve(address).orElseThrow());
    return router
        .check(exchange)
        .thenCompose(routed -> routed.routed().route().handler().handle(routed))
        .toCompletableFuture()
        .join();
  }

  static JsonNode json(Response response) {
    return json(response.body());
  }

  static JsonNode json(byte[] bytes) {
    try {
      return new ObjectMapper().readTree(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The claims of a token that the JDK verifies with the published key set. */
  JsonNode verified(String token) {
    List<String> parts = List.of(token.split("\\.", -1));
    JsonNode header = json(Base64.getUrlDecoder().decode(parts.get(0)));
    JsonNode jwk =
        json(get(LOGIN, "/" + TENANT + "/discovery/v2.0/keys", Map.of())).get("keys").get(0);
    boolean right = header.get("kid").equals(jwk.get("kid")) && verifies(parts, jwk);
    if (!right || !header.get("alg").asText().equals("RS256")) {
      throw new AssertionError("the signature is wrong");
    }
    return json(Base64.getUrlDecoder().decode(parts.get(1)));
  }

  private static boolean verifies(List<String> parts, JsonNode jwk) {
    try {
      RSAPublicKeySpec spec = new RSAPublicKeySpec(number(jwk.get("n")), number(jwk.get("e")));
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(KeyFactory.getInstance("RSA").generatePublic(spec));
      signature.update((parts.get(0) + "." + parts.get(1)).getBytes(StandardCharsets.US_ASCII));
      return signature.verify(Base64.getUrlDecoder().decode(parts.get(2)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static BigInteger number(JsonNode base64) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(base64.asText()));
  }
}
