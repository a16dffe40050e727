package localhsm.server.authority;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import localhsm.problem.Problems;
import localhsm.secret.PrivateFiles;
import localhsm.secret.SecretBytes;

/**
 * The key that signs the authority's tokens. It is found, or made, in the background when first
 * asked for; whoever needs it waits for a stage, never in a thread.
 */
public final class SigningKey {
  private static final String STORED_AS = "authority/signing-key";

  private final KeptSecrets kept;
  private final SecureRandom random;
  private final Executor cpu;
  private Optional<CompletableFuture<SigningKeyPair>> loading = Optional.empty();

  /**
   * Does nothing yet.
   *
   * @param cpu where keys and signatures are made; may reject when it is full
   */
  public SigningKey(KeptSecrets kept, SecureRandom random, Executor cpu) {
    this.kept = kept;
    this.random = random;
    this.cpu = task -> execute(cpu, task);
  }

  private static void execute(Executor executor, Runnable task) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      throw Problems.busy();
    }
  }

  /** Gets the key ready; completes when it is. */
  public CompletionStage<Void> prepare() {
    return pair().thenAccept(pair -> {});
  }

  /**
   * Writes the private key as PEM (RFC 7468 10), for those who make tokens of their own. Blocks.
   *
   * @throws IOException when the file cannot be written
   */
  public void writePem(Path file) throws IOException {
    try (SecretBytes pem = pair().join().pem()) {
      PrivateFiles.write(file, pem.expose());
    }
  }

  /** The public key, when its id is the given one. */
  CompletionStage<Optional<RSAPublicKey>> publicKey(String kid) {
    return pair()
        .thenApply(pair -> Optional.of(pair).filter(p -> p.kid().equals(kid)).map(p -> p.key()));
  }

  /** The public key as a JWK (RFC 7517). */
  CompletionStage<Map<String, Object>> jwk() {
    return pair().thenApply(SigningKeyPair::jwk);
  }

  /** A token in compact form with exactly these claims. */
  CompletionStage<String> sign(Map<String, Object> claims) {
    return pair().thenApplyAsync(pair -> sign(pair, claims), cpu);
  }

  /** After a failure, for instance of the store, the next caller tries anew. */
  private synchronized CompletableFuture<SigningKeyPair> pair() {
    CompletableFuture<SigningKeyPair> pair =
        loading
            .filter(earlier -> !earlier.isCompletedExceptionally())
            .orElseGet(() -> CompletableFuture.supplyAsync(this::findOrMake, cpu));
    loading = Optional.of(pair);
    return pair;
  }

  private SigningKeyPair findOrMake() {
    Optional<SecretBytes> stored = kept.find(STORED_AS);
    if (stored.isPresent()) {
      return SigningKeyPair.restore(stored.get());
    }
    SigningKeyPair made = SigningKeyPair.generate(random);
    try (SecretBytes pkcs8 = made.pkcs8()) {
      kept.put(STORED_AS, pkcs8);
    }
    return made;
  }

  private static String sign(SigningKeyPair pair, Map<String, Object> claims) {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .type(JOSEObjectType.JWT)
            .keyID(pair.kid())
            .build();
    JWSObject token = new JWSObject(header, new Payload(claims));
    try {
      token.sign(new RSASSASigner(pair.privateKey()));
    } catch (JOSEException e) {
      throw new IllegalStateException("RS256 with an RSA key works", e);
    }
    return token.serialize();
  }
}
