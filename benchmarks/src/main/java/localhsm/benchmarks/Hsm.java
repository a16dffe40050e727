package localhsm.benchmarks;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import localhsm.backup.KeyBlobs;
import localhsm.crypto.KeyMaterial;
import localhsm.crypto.Providers;
import localhsm.id.KeyId;
import localhsm.id.KeyName;
import localhsm.keys.KeyUse;
import localhsm.keys.Keys;
import localhsm.keys.lifecycle.DeletedKeys;
import localhsm.keys.lifecycle.KeyBackups;
import localhsm.keys.lifecycle.Rotations;
import localhsm.keys.lifecycle.SoftDelete;
import localhsm.rbac.AccessDecider;
import localhsm.secret.Sealing;
import localhsm.server.auth.Authenticator;
import localhsm.server.auth.TokenRules;
import localhsm.server.authority.EmbeddedIssuer;
import localhsm.server.authority.KeptSecrets;
import localhsm.server.authority.SeededIdentities;
import localhsm.server.authority.SigningKey;
import localhsm.server.authority.TokenMint;
import localhsm.server.authority.TokenOrder;
import localhsm.server.http.Headers;
import localhsm.server.http.Request;
import localhsm.server.http.Response;
import localhsm.server.http.Verb;
import localhsm.server.keys.KeyRoutes;
import localhsm.server.keys.KeyServices;
import localhsm.server.names.HostAndPort;
import localhsm.server.names.NameFamily;
import localhsm.server.names.ServedNames;
import localhsm.server.pipeline.Planes;
import localhsm.server.pipeline.Planes.Plane;
import localhsm.server.pipeline.RequestPipeline;
import localhsm.server.pipeline.Router;
import localhsm.server.random.RandomRoutes;
import localhsm.server.roles.LocalRbac;
import localhsm.store.RecordStore;
import localhsm.store.SealedStore;
import localhsm.store.StoredKeys;

/**
 * An HSM without a network: the data plane as the server puts it together, over a sealed store in
 * memory, with the token of an administrator.
 */
final class Hsm implements AutoCloseable {
  private static final String NAME = "hsm1";
  private static final String RESOURCE = "https://managedhsm.azure.net";
  private static final HostAndPort HOST = new HostAndPort(NameFamily.LOCALHOST.hsm(NAME), 9443);
  private static final String VERSION = "?api-version=2025-07-01";

  private final SecureRandom random = new SecureRandom();
  private final Clock clock = Clock.systemUTC();
  private final Providers providers = Providers.bouncyCastle(random);
  private final Sealing sealing = new Sealing(providers.sealing(), random);
  private final InlineWorkers workers = new InlineWorkers();
  private final SigningKey signingKey = new SigningKey(KeptSecrets.NONE, random, Runnable::run);
  private final SealedStore store;
  private final Keys keys;
  private final RequestPipeline pipeline;
  private final Headers headers;

  Hsm() {
    store =
        SealedStore.open(
            RecordStore.inMemory(), SealedStore.Access.temporary(sealing), StoredKeys.kinds());
    StoredKeys ledger = StoredKeys.open(store, providers);
    keys = new Keys(ledger, providers, workers, clock);
    pipeline = pipeline(services(ledger));
    headers = headers();
  }

  private KeyServices services(StoredKeys ledger) {
    return new KeyServices(
        keys,
        new KeyUse(ledger, providers, workers, clock),
        new DeletedKeys(ledger, SoftDelete.DEFAULT, workers, clock),
        new Rotations(ledger, providers, workers, clock),
        new KeyBackups(ledger, ledger, new KeyBlobs(store::securityDomain, sealing), workers),
        SoftDelete.DEFAULT);
  }

  private RequestPipeline pipeline(KeyServices services) {
    AccessDecider decider = new AccessDecider();
    decider.replace(List.of(), SeededIdentities.assignments());
    Authenticator authenticator =
        new Authenticator(
            new TokenRules(SeededIdentities.TENANT, Set.of()),
            List.of(new EmbeddedIssuer(SeededIdentities.TENANT, NameFamily.ALL, signingKey)),
            clock);
    Router data =
        new Router(
            Stream.of(KeyRoutes.of(services), RandomRoutes.of(random))
                .flatMap(List::stream)
                .toList());
    Router none = new Router(List.of());
    Plane other = new Plane(none, List.of(none));
    Planes planes =
        new Planes(
            new ServedNames(NAME, NameFamily.ALL, Set.of()),
            new Plane(data, List.of(authenticator, data, new LocalRbac(decider))),
            other,
            other,
            other);
    return new RequestPipeline(planes, List.of(), "local", "0-localhsm");
  }

  /** What an official client sends. */
  private Headers headers() {
    TokenOrder order =
        new TokenOrder(
            SeededIdentities.ADMIN,
            RESOURCE,
            TokenOrder.DEFAULT_LIFETIME,
            TokenOrder.Way.CLIENT_SECRET,
            true);
    String token =
        new TokenMint(SeededIdentities.TENANT, signingKey, clock, random)
            .mint(order)
            .toCompletableFuture()
            .join()
            .accessToken();
    return new Headers(
        Map.of(
            "authorization", List.of("Bearer " + token),
            "accept", List.of("application/json"),
            "content-type", List.of("application/json"),
            "content-length", List.of("70"),
            "host", List.of(HOST.host() + ":" + HOST.port()),
            "user-agent", List.of("azsdk-java-azure-security-keyvault-keys/4.12.1"),
            "x-ms-return-client-request-id", List.of("true"),
            "x-ms-client-request-id", List.of(new UUID(random.nextLong(), 1).toString())));
  }

  Providers providers() {
    return providers;
  }

  /** Makes a key as a client does. */
  KeyMaterial create(String name, String json) {
    call(post("/keys/" + name + "/create", json));
    return keys.get(KeyId.latest(new KeyName(name))).version().material();
  }

  /** A request as the network hands it over. */
  Request post(String path, String json) {
    return new Request(
        new UUID(random.nextLong(), 0),
        Verb.POST,
        HOST,
        path + VERSION,
        headers,
        json.getBytes(StandardCharsets.UTF_8),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_000),
        System.nanoTime());
  }

  /** The answer to a request: a 200, or this throws. */
  Response call(Request request) {
    workers.replay(false);
    return answer(request);
  }

  /** The same with the result of the latest work instead of the work. */
  Response replay(Request request) {
    workers.replay(true);
    return answer(request);
  }

  @Override
  public void close() {
    store.close();
  }

  private Response answer(Request request) {
    Response response = pipeline.handle(request).toCompletableFuture().join();
    if (response.status() != 200) {
      throw new IllegalStateException(
          response.status() + " " + new String(response.body(), StandardCharsets.UTF_8));
    }
    return response;
  }
}
