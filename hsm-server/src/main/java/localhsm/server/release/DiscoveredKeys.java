package localhsm.server.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * The keys that an issuer publishes (OpenID Connect Discovery 1.0): its document names itself and
 * the address of the keys, which must be the issuer's host or one below it.
 */
final class DiscoveredKeys implements KeySource {
  private static final String DOCUMENT = "/.well-known/openid-configuration";

  private final URI issuer;
  private final Documents documents;

  /** Asks nobody yet. */
  DiscoveredKeys(URI issuer, Documents documents) {
    this.issuer = issuer;
    this.documents = documents;
  }

  @Override
  public CompletionStage<PublicKeys> fetch() {
    String base = FetchedIssuer.withoutSlash(issuer.toString());
    return documents
        .get(URI.create(base + DOCUMENT))
        .thenCompose(document -> documents.get(keysAddress(document)))
        .thenApply(keys -> PublicKeys.parse(keys).orElseThrow(() -> wrong("no key set")));
  }

  private URI keysAddress(byte[] json) {
    Map<String, Object> document = ClaimsJson.read(json).orElseThrow(() -> wrong("no JSON object"));
    if (!(document.get("issuer") instanceof String named)
        || !FetchedIssuer.withoutSlash(named)
            .equals(FetchedIssuer.withoutSlash(issuer.toString()))) {
      throw wrong("the document of another issuer");
    }
    if (document.get("jwks_uri") instanceof String text) {
      try {
        URI address = URI.create(text);
        if (ours(address)) {
          return address;
        }
      } catch (IllegalArgumentException e) {
        // Answered below, as every other wrong address.
      }
    }
    throw wrong("no jwks_uri of the issuer's host");
  }

  private boolean ours(URI address) {
    String host = issuer.getHost();
    return "https".equals(address.getScheme())
        && address.getUserInfo() == null
        && address.getPort() == issuer.getPort()
        && address.getHost() != null
        && (address.getHost().equalsIgnoreCase(host)
            || (!isAddress(host) && address.getHost().endsWith("." + host)));
  }

  private static boolean isAddress(String host) {
    return host.startsWith("[") || host.matches("[0-9.]+");
  }

  private UncheckedIOException wrong(String what) {
    return new UncheckedIOException(new IOException(issuer + ": " + what));
  }
}
