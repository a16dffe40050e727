package localhsm.server.keys;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import localhsm.crypto.KeyParameters;
import localhsm.crypto.Providers;
import localhsm.id.KeyName;
import localhsm.keys.DirectWorkers;
import localhsm.keys.FoundKey;
import localhsm.keys.SettableClock;
import localhsm.keys.release.KeyRelease;
import localhsm.keys.wish.KeySettings;
import localhsm.keys.wish.NewKey;
import localhsm.problem.Problem;
import localhsm.problem.ProblemException;
import localhsm.release.ReleasePolicyCodec;
import localhsm.server.authority.KeptSecrets;
import localhsm.server.certificates.Certificates;
import localhsm.server.certificates.ServerCertificate;
import localhsm.server.http.Request;
import localhsm.server.http.TestRequests;
import localhsm.server.names.NameFamily;
import localhsm.server.names.ServedNames;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Route;
import localhsm.server.pipeline.Router;
import localhsm.server.release.AttestationTokens;
import localhsm.server.release.ClaimsJson;
import localhsm.server.release.SigningIdentity;
import localhsm.server.release.TokenForge;

/** Release, secure wrapping and attestation without network, and an issuer that is believed. */
public final class ReleaseApi {
  /** What the tokens of the issuer meet. */
  static final String POLICY =
      "{\"version\":\"1.0.0\",\"anyOf\":[{\"authority\":\""
          + TokenForge.ISSUER
          + "\",\"allOf\":[{\"claim\":\"tee.type\",\"equals\":\"sevsnpvm\"}]}]}";

  private static final TokenForge FORGE = new TokenForge();

  final SettableClock clock = new SettableClock(Instant.ofEpochSecond(TokenForge.NOW));
  final KeyServices hsm = TestServices.inMemory(clock);
  final TokenForge forge = FORGE;
  private final ServerCertificate server;
  private final List<Route> releaseRoutes;
  private final Router router;

  ReleaseApi(Path folder) {
    SecureRandom random = new SecureRandom();
    DirectWorkers workers = new DirectWorkers();
    server =
        new Certificates(Clock.systemUTC(), random)
            .open(folder, new ServedNames("hsm1", NameFamily.ALL, Set.of()));
    server.trust().write();
    ReleaseServices services =
        new ReleaseServices(
            new KeyRelease(hsm.keys(), Providers.bouncyCastle(random), workers, clock),
            new AttestationTokens(List.of(FORGE), workers, clock),
            new SigningIdentity(
                SigningIdentity.Purpose.HSM, server.signing(), KeptSecrets.NONE, random, workers));
    releaseRoutes = ReleaseRoutes.of(hsm, services);
    router = new Router(Stream.of(KeyRoutes.of(hsm), releaseRoutes).flatMap(List::stream).toList());
  }

  /** The routes of release, secure wrapping and attestation alone. */
  public static List<Route> routes(Path folder) {
    return new ReleaseApi(folder).releaseRoutes;
  }

  Path caPem() {
    return server.trust().caPem();
  }

  String token() {
    return forge.token(forge.claims());
  }

  FoundKey create(String name, KeyParameters parameters, boolean exportable) {
    KeySettings settings =
        new KeySettings(
            Optional.empty(),
            true,
            Optional.empty(),
            Optional.empty(),
            Map.of("a", "b"),
            exportable,
            exportable ? Optional.of(ReleasePolicyCodec.read(POLICY, false)) : Optional.empty());
    return hsm.keys()
        .create(new NewKey(new KeyName(name), parameters, settings))
        .toCompletableFuture()
        .join();
  }

  /** The members of a 200. */
  Map<String, Object> post(String path, Map<String, String> body) {
    String json = new String(ClaimsJson.write(body), StandardCharsets.UTF_8);
    return answer(TestRequests.post(path, json));
  }

  /** The members of a 200. */
  Map<String, Object> get(String path) {
    return answer(TestRequests.get(path));
  }

  private Map<String, Object> answer(Request request) {
    byte[] body =
        CompletableFuture.completedStage(Exchange.of(request, TestRequests.SITE))
            .thenCompose(router::check)
            .thenCompose(exchange -> exchange.routed().route().handler().handle(exchange))
            .toCompletableFuture()
            .join()
            .body();
    return json(body);
  }

  /** The problem of a POST. */
  Problem refusal(String path, Map<String, String> body) {
    try {
      throw new AssertionError("answered: " + post(path, body));
    } catch (CompletionException e) {
      if (e.getCause() instanceof ProblemException no) {
        return no.problem();
      }
      throw e;
    }
  }

  static Map<String, Object> json(byte[] utf8) {
    return ClaimsJson.read(utf8).orElseThrow();
  }

  static byte[] bytes(String base64Url) {
    return Base64.getUrlDecoder().decode(base64Url);
  }

  static byte[] bytes(Map<String, Object> json, String member) {
    return bytes(text(json, member));
  }

  static String text(Map<String, Object> json, String member) {
    return (String) Objects.requireNonNull(json.get(member));
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> object(Map<String, Object> json, String... path) {
    Map<String, Object> at = json;
    for (String member : path) {
      at = (Map<String, Object>) Objects.requireNonNull(at.get(member));
    }
    return at;
  }

  /** The signer of a chain that the JDK finds to lead to the CA of the server. */
  X509Certificate trusted(List<? extends Certificate> chain) {
    try {
      X509Certificate root =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(caPem())));
      PKIXParameters rules = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
      rules.setRevocationEnabled(false);
      CertPathValidator.getInstance("PKIX")
          .validate(CertificateFactory.getInstance("X.509").generateCertPath(chain), rules);
      return (X509Certificate) chain.get(0);
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  static boolean signed(X509Certificate signer, byte[] content, byte[] signature) {
    try {
      Signature check = Signature.getInstance("SHA256withRSA");
      check.initVerify(signer.getPublicKey());
      check.update(content);
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static List<X509Certificate> certificates(Stream<byte[]> encoded) {
    return encoded
        .map(
            der -> {
              try {
                return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(der));
              } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
              }
            })
        .toList();
  }
}
