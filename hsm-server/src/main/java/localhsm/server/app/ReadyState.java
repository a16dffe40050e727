package localhsm.server.app;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import localhsm.id.TenantId;
import localhsm.secret.SecretBytes;

/**
 * What clients of a running server need to know. Printing it is safe: secrets are {@link
 * SecretBytes}.
 *
 * @param hsmUrl origin of the data plane, with the port unless it is 443
 * @param authorityUrl origin of the embedded authority
 * @param managementUrl origin of the management plane
 * @param resourceId id of the HSM on the management plane
 * @param resource what tokens are asked for, without {@code /.default}
 * @param pid the process
 * @param dataDir the data folder; empty when all is in memory
 * @param auditDir the folder of the audit log
 * @param tunnelUrl the proxy that brings the public cloud's names here
 * @param caPem our CA alone
 * @param trustStore PKCS12 with our CA and the JDK's
 * @param caBundle PEM with our CA and the system's
 * @param identityEndpoint where managed identity is asked
 * @param identityHeader the header value it wants
 * @param authorityKeyPem the authority's signing key, when asked to be written
 * @param identities the seeded ones by name
 * @param notices what the user should be told, one line each
 */
public record ReadyState(
    String hsmUrl,
    String authorityUrl,
    String managementUrl,
    TenantId tenantId,
    String resourceId,
    String resource,
    long pid,
    Optional<Path> dataDir,
    Optional<Path> auditDir,
    Optional<String> tunnelUrl,
    Path caPem,
    Path trustStore,
    String trustStorePassword,
    Path caBundle,
    String identityEndpoint,
    SecretBytes identityHeader,
    Optional<Path> authorityKeyPem,
    Map<String, Identity> identities,
    List<String> notices) {

  /** Keeps its own copies, in the given order. */
  public ReadyState {
    identities = Collections.unmodifiableMap(new LinkedHashMap<>(identities));
    notices = List.copyOf(notices);
  }

  /** A seeded identity: a service principal with a secret. */
  public record Identity(String clientId, SecretBytes clientSecret, String objectId) {}
}
