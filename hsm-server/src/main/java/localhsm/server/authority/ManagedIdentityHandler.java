package localhsm.server.authority;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import localhsm.server.http.Query;
import localhsm.server.http.Response;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Handler;

/** A token for a managed identity, chosen by one of its ids. */
final class ManagedIdentityHandler implements Handler {
  private static final List<String> CLIENT_IDS = List.of("client_id");
  private static final List<String> OBJECT_IDS = List.of("object_id", "principal_id");
  private static final List<String> RESOURCE_IDS = List.of("mi_res_id", "msi_res_id");

  private final ManagedIdentityEndpoint endpoint;
  private final List<Identity> identities;
  private final Resources resources;
  private final ClientSecrets secrets;
  private final TokenMint mint;

  ManagedIdentityHandler(
      ManagedIdentityEndpoint endpoint,
      List<Identity> identities,
      Resources resources,
      ClientSecrets secrets,
      TokenMint mint) {
    this.endpoint = endpoint;
    this.identities = identities;
    this.resources = resources;
    this.secrets = secrets;
    this.mint = mint;
  }

  @Override
  public CompletionStage<Response> handle(Exchange exchange) {
    Optional<Response> refusal = endpoint.refuse(exchange.request().headers(), secrets);
    if (refusal.isPresent()) {
      return CompletableFuture.completedFuture(refusal.get());
    }
    UUID activity = exchange.request().id();
    Query query = exchange.routed().query();
    Optional<String> resource = query.value("resource").filter(value -> !value.isEmpty());
    if (resource.isEmpty()) {
      return refused("invalid_request", "The parameter 'resource' is missing.", activity);
    }
    if (!resources.grants(resource.get())) {
      return refused("invalid_resource", RefusedException.resource().description(), activity);
    }
    Optional<Identity> identity = identity(query);
    if (identity.isEmpty()) {
      return refused("invalid_request", "Identity not found", activity);
    }
    TokenOrder order =
        new TokenOrder(
            identity.get(),
            resource.get(),
            TokenOrder.DEFAULT_LIFETIME,
            TokenOrder.Way.MANAGED_IDENTITY,
            false);
    return mint.mint(order).thenApply(AuthorityJson::managedIdentityToken);
  }

  private CompletionStage<Response> refused(String error, String sentence, UUID activity) {
    return CompletableFuture.completedFuture(endpoint.refuse(error, sentence, activity));
  }

  /** The first identity when none is named; several names must all be of the same one. */
  private Optional<Identity> identity(Query query) {
    List<String> clientIds = values(query, CLIENT_IDS);
    List<String> objectIds = values(query, OBJECT_IDS);
    List<String> resourceIds = values(query, RESOURCE_IDS);
    return identities.stream()
        .filter(identity -> allAre(clientIds, identity.clientId().toString()))
        .filter(identity -> allAre(objectIds, identity.objectId().toString()))
        .filter(identity -> allAre(resourceIds, identity.resourceId()))
        .findFirst();
  }

  private static boolean allAre(List<String> given, String id) {
    return given.stream().allMatch(id::equalsIgnoreCase);
  }

  private static List<String> values(Query query, List<String> names) {
    List<String> values = new ArrayList<>();
    names.forEach(name -> query.value(name).ifPresent(values::add));
    return values;
  }
}
