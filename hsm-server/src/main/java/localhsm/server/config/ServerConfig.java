package localhsm.server.config;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import localhsm.id.TenantId;
import localhsm.secret.SecretBytes;
import localhsm.server.authority.SeededIdentities;

/**
 * Everything the server can be told. Each component is one setting, whose key is its path in
 * lower-case-with-dashes ({@code hsm.resource-group}); {@link #defaults} holds all defaults.
 *
 * @param readyFile where to write what clients need to know, besides the usual place
 */
public record ServerConfig(
    Hsm hsm,
    Listen listen,
    Data data,
    Tls tls,
    Crypto crypto,
    Authority authority,
    Tokens tokens,
    Lab lab,
    Attestation attestation,
    Optional<Path> readyFile) {

  /**
   * What holds when nothing is configured.
   *
   * @param home the user's home folder
   */
  public static ServerConfig defaults(Path home) {
    return new ServerConfig(
        new Hsm(
            "hsm1",
            SeededIdentities.TENANT,
            "westeurope",
            SeededIdentities.SUBSCRIPTION,
            "localhsm",
            Optional.empty(),
            Optional.empty()),
        new Listen(9443, List.of(Checks.address("127.0.0.1"), Checks.address("::1"))),
        new Data(Optional.empty(), Optional.empty()),
        new Tls(home.resolve(".localhsm").resolve("tls"), TlsEngine.AUTO, List.of()),
        new Crypto(CryptoEngine.AUTO),
        new Authority(true, false, Optional.empty()),
        new Tokens(List.of()),
        new Lab(true),
        new Attestation(List.of()),
        Optional.empty());
  }

  /** The same with another HSM. */
  public ServerConfig withHsm(Hsm other) {
    return new ServerConfig(
        other, listen, data, tls, crypto, authority, tokens, lab, attestation, readyFile);
  }

  /** The same, listening elsewhere. */
  public ServerConfig withListen(Listen other) {
    return new ServerConfig(
        hsm, other, data, tls, crypto, authority, tokens, lab, attestation, readyFile);
  }

  /** The same with other data. */
  public ServerConfig withData(Data other) {
    return new ServerConfig(
        hsm, listen, other, tls, crypto, authority, tokens, lab, attestation, readyFile);
  }

  /** The same with other certificates. */
  public ServerConfig withTls(Tls other) {
    return new ServerConfig(
        hsm, listen, data, other, crypto, authority, tokens, lab, attestation, readyFile);
  }

  /** The same with another lab. */
  public ServerConfig withLab(Lab other) {
    return new ServerConfig(
        hsm, listen, data, tls, crypto, authority, tokens, other, attestation, readyFile);
  }

  /** The same with other attestation authorities. */
  public ServerConfig withAttestation(Attestation other) {
    return new ServerConfig(
        hsm, listen, data, tls, crypto, authority, tokens, lab, other, readyFile);
  }

  /** The same with another authority. */
  public ServerConfig withAuthority(Authority other) {
    return new ServerConfig(
        hsm, listen, data, tls, crypto, other, tokens, lab, attestation, readyFile);
  }

  /**
   * The HSM as a resource.
   *
   * @param name its name, without domain
   * @param tenant the directory whose tokens it trusts, which is also the embedded authority's
   * @param region what {@code x-ms-keyvault-region} says
   * @param softDeleteRetentionDays how long deleted keys can be recovered, 7 to 90; fixed when the
   *     HSM is provisioned. Empty: as it was then, or 90 for a new one
   * @param purgeProtection whether deleted keys stay that long whoever wants them gone; can be
   *     switched on and never off. Empty: as it is, or off for a new HSM
   */
  public record Hsm(
      String name,
      TenantId tenant,
      String region,
      UUID subscription,
      String resourceGroup,
      Optional<Integer> softDeleteRetentionDays,
      Optional<Boolean> purgeProtection) {
    /** Refuses what the resource provider would refuse. */
    public Hsm {
      softDeleteRetentionDays.ifPresent(Checks::retentionDays);
      Checks.hsmName(name);
      Checks.region(region);
      Checks.resourceGroup(resourceGroup);
    }

    /** Its id on the management plane. */
    public String resourceId() {
      return "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.KeyVault/managedHSMs/%s"
          .formatted(subscription, resourceGroup, name);
    }
  }

  /**
   * Where the server listens.
   *
   * @param port 0 for any free one, the same on all addresses
   * @param addresses those to bind; a machine without IPv6 does without {@code ::1}
   */
  public record Listen(int port, List<InetAddress> addresses) {

    /** Refuses a port that cannot be. */
    public Listen {
      Checks.port(port);
      addresses = List.copyOf(addresses);
      if (addresses.isEmpty()) {
        throw new IllegalArgumentException("must name at least one address");
      }
    }
  }

  /**
   * What outlives the process.
   *
   * @param folder empty: everything is in memory
   * @param platformKeyFile empty: beside the data
   */
  public record Data(Optional<Path> folder, Optional<Path> platformKeyFile) {

    /** The file that holds the platform key; empty when nothing is kept. */
    public Optional<Path> platformKey() {
      return platformKeyFile.or(() -> folder.map(f -> f.resolve("platform.key")));
    }
  }

  /**
   * Certificates and the engine of TLS.
   *
   * @param folder where the CA of servers without a data folder is kept
   * @param names names and addresses to answer to beyond the usual families, in lower case
   */
  public record Tls(Path folder, TlsEngine engine, List<String> names) {

    /** Keeps its own copy. */
    public Tls {
      names = names.stream().map(Checks::servedName).toList();
    }
  }

  /**
   * Cryptography.
   *
   * @param engine which implementations may be used
   */
  public record Crypto(CryptoEngine engine) {}

  /**
   * The embedded token authority.
   *
   * @param exposeKey whether its signing key is written where tests can read it
   * @param clientSecret the secret of every seeded identity; empty: random ones
   */
  public record Authority(boolean enabled, boolean exposeKey, Optional<SecretBytes> clientSecret) {}

  /**
   * Which tokens are accepted.
   *
   * @param audiences accepted besides those the server announces and the service's own
   */
  public record Tokens(List<String> audiences) {

    /** Keeps its own copy. */
    public Tokens {
      audiences = audiences.stream().map(Checks::audience).toList();
    }
  }

  /**
   * What is under {@code /_localhsm/}, beside health.
   *
   * @param enabled whether it is there
   */
  public record Lab(boolean enabled) {}

  /**
   * Whose statements about a client's environment keys are released to.
   *
   * @param issuers besides the lab's own
   */
  public record Attestation(List<Issuer> issuers) {

    /** Keeps its own copy. */
    public Attestation {
      issuers = List.copyOf(issuers);
    }
  }

  /**
   * An attestation authority.
   *
   * @param issuer its https URL, exactly as its tokens have it
   * @param jwks the file with its public keys; empty: they are fetched
   */
  public record Issuer(String issuer, Optional<Path> jwks) {

    /** Refuses what is no URL. */
    public Issuer {
      Checks.issuer(issuer);
    }
  }

  /** Who speaks TLS. */
  public enum TlsEngine {
    /** The native library where it loads, else the JDK. */
    AUTO,
    /** The native library or no start. */
    OPENSSL,
    /** Never the native library. */
    JDK
  }

  /** Which implementations may be used. */
  public enum CryptoEngine {
    /** The fastest for each primitive; BouncyCastle is the only one so far. */
    AUTO,
    /** BouncyCastle for all. */
    BOUNCYCASTLE
  }
}
