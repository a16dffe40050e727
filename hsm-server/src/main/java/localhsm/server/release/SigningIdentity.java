package localhsm.server.release;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import localhsm.secret.SecretBytes;
import localhsm.server.authority.KeptSecrets;
import localhsm.server.certificates.SigningCertificates;
import localhsm.work.WorkClass;
import localhsm.work.Workers;

/**
 * An RSA key with a certificate of the server's CA, in whose name something is said. It is found,
 * or made, in the background when first asked for; whoever needs it waits for a stage, never in a
 * thread.
 */
public final class SigningIdentity {
  private static final int MODULUS_BITS = 2048;

  private final Purpose purpose;
  private final SigningCertificates certificates;
  private final KeptSecrets kept;
  private final SecureRandom random;
  private final Workers workers;
  private Optional<CompletableFuture<CertifiedKey>> loading = Optional.empty();

  /**
   * What an identity is for. Each purpose has its own key, so that no word is taken for another.
   */
  public enum Purpose {
    /** The HSM itself: released keys, and statements about keys. */
    HSM("release", "Local HSM keys"),
    /** The mock attestation authority. */
    MOCK_ATTESTATION("mock-attestation", "Local HSM mock attestation");

    private final String storedAs;
    private final String commonName;

    Purpose(String storedAs, String commonName) {
      this.storedAs = storedAs;
      this.commonName = commonName;
    }

    private String storedKey() {
      return storedAs + "/signing-key";
    }

    private String storedCertificate() {
      return storedAs + "/signing-certificate";
    }
  }

  /** Does nothing yet. */
  public SigningIdentity(
      Purpose purpose,
      SigningCertificates certificates,
      KeptSecrets kept,
      SecureRandom random,
      Workers workers) {
    this.purpose = purpose;
    this.certificates = certificates;
    this.kept = kept;
    this.random = random;
    this.workers = workers;
  }

  /** The key. After a failure, for instance of the store, the next caller tries anew. */
  public synchronized CompletionStage<CertifiedKey> key() {
    CompletableFuture<CertifiedKey> key =
        loading
            .filter(earlier -> !earlier.isCompletedExceptionally())
            .orElseGet(() -> workers.run(WorkClass.CPU, this::findOrMake).toCompletableFuture());
    loading = Optional.of(key);
    return key;
  }

  /** Lets the key sign, where that may take its time. */
  public <T> CompletionStage<T> sign(Function<CertifiedKey, T> signing) {
    return key().thenCompose(key -> workers.run(WorkClass.CPU, () -> signing.apply(key)));
  }

  private CertifiedKey findOrMake() {
    try {
      RSAPrivateCrtKey key = privateKey();
      RSAPublicKeySpec spec = new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent());
      RSAPublicKey publicKey = (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(spec);
      return new CertifiedKey(publicKey, key, chain(publicKey));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the signing key " + purpose + " cannot be had", e);
    }
  }

  private RSAPrivateCrtKey privateKey() throws GeneralSecurityException {
    Optional<SecretBytes> stored = kept.find(purpose.storedKey());
    if (stored.isPresent()) {
      try (SecretBytes pkcs8 = stored.get()) {
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(pkcs8.expose());
        return (RSAPrivateCrtKey) KeyFactory.getInstance("RSA").generatePrivate(spec);
      }
    }
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(MODULUS_BITS, random);
    RSAPrivateCrtKey made = (RSAPrivateCrtKey) generator.generateKeyPair().getPrivate();
    try (SecretBytes pkcs8 = SecretBytes.owning(made.getEncoded())) {
      kept.put(purpose.storedKey(), pkcs8);
    }
    return made;
  }

  private List<X509Certificate> chain(RSAPublicKey key) throws CertificateEncodingException {
    Optional<List<X509Certificate>> known =
        kept.find(purpose.storedCertificate())
            .flatMap(stored -> certificates.chain(stored.expose(), key));
    if (known.isPresent()) {
      return known.get();
    }
    List<X509Certificate> made = certificates.issue(purpose.commonName, key);
    kept.put(purpose.storedCertificate(), SecretBytes.owning(made.get(0).getEncoded()));
    return made;
  }
}
