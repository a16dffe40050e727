package localhsm.server.authority;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import localhsm.secret.SecretBytes;

/**
 * What identities prove themselves with: a client secret for each, and the one header value of the
 * managed identity endpoint. Compared in constant time.
 */
public final class ClientSecrets implements AutoCloseable {
  private static final int SECRET_BYTES = 32;

  private final Map<String, Credential> byClientId = new HashMap<>();
  private final SecretBytes identityHeader;

  /** Compared with when the client is unknown, so that this takes no less work. */
  private final SecretBytes decoy;

  private record Credential(Identity identity, SecretBytes secret) {}

  private ClientSecrets(SecretBytes identityHeader, SecretBytes decoy) {
    this.identityHeader = identityHeader;
    this.decoy = decoy;
  }

  /**
   * Takes the secrets that were kept and makes, and keeps, the missing ones.
   *
   * @param forAll one configured client secret for all identities, which is not kept
   */
  public static ClientSecrets open(
      List<Identity> identities,
      Optional<SecretBytes> forAll,
      KeptSecrets kept,
      SecureRandom random) {
    ClientSecrets secrets =
        new ClientSecrets(findOrMake("identity-header", kept, random), fresh(random));
    for (Identity identity : identities) {
      SecretBytes secret =
          forAll.orElseGet(() -> findOrMake("client-secret/" + identity.name(), kept, random));
      secrets.byClientId.put(identity.clientId().toString(), new Credential(identity, secret));
    }
    return secrets;
  }

  private static SecretBytes findOrMake(String name, KeptSecrets kept, SecureRandom random) {
    String storedAs = "authority/" + name;
    return kept.find(storedAs)
        .orElseGet(
            () -> {
              SecretBytes made = fresh(random);
              kept.put(storedAs, made);
              return made;
            });
  }

  private static SecretBytes fresh(SecureRandom random) {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return SecretBytes.owning(Base64.getUrlEncoder().withoutPadding().encode(bytes));
  }

  /** The identity's client secret, as ASCII text. */
  public SecretBytes of(Identity identity) {
    return find(identity.clientId().toString()).orElseThrow().secret;
  }

  /** The value of {@code X-IDENTITY-HEADER} (the variable IDENTITY_HEADER), as ASCII text. */
  public SecretBytes identityHeader() {
    return identityHeader;
  }

  /** The identity that the secret proves. */
  Optional<Identity> authenticate(String clientId, String secret) {
    Optional<Credential> credential = find(clientId);
    SecretBytes expected = credential.map(Credential::secret).orElse(decoy);
    boolean right = same(secret, expected);
    return right ? credential.map(Credential::identity) : Optional.empty();
  }

  /** Whether the managed identity endpoint was asked by somebody who knows its header. */
  boolean isIdentityHeader(String value) {
    return same(value, identityHeader);
  }

  private Optional<Credential> find(String clientId) {
    return Optional.ofNullable(byClientId.get(clientId.toLowerCase(Locale.ROOT)));
  }

  private static boolean same(String given, SecretBytes expected) {
    try (SecretBytes bytes = SecretBytes.owning(given.getBytes(StandardCharsets.UTF_8))) {
      return expected.equals(bytes);
    }
  }

  @Override
  public void close() {
    byClientId.values().forEach(credential -> credential.secret.close());
    identityHeader.close();
    decoy.close();
  }
}
