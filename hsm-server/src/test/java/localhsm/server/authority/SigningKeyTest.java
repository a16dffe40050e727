package localhsm.server.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import localhsm.problem.Problem;
import localhsm.problem.ProblemException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {
  private final KeptInMemory kept = new KeptInMemory();
  private final Queue<Runnable> tasks = new ArrayDeque<>();

  private SigningKey key() {
    return new SigningKey(kept, new SecureRandom(), Runnable::run);
  }

  private static Map<String, Object> jwk(SigningKey key) {
    return key.jwk().toCompletableFuture().join();
  }

  @Nested
  class AFreshKey {
    @Test
    void isMadeInTheBackgroundAndOnce() {
      SigningKey key = new SigningKey(kept, new SecureRandom(), tasks::add);
      CompletableFuture<Void> ready = key.prepare().toCompletableFuture();
      CompletableFuture<String> token = key.sign(Map.of("a", 1)).toCompletableFuture();
      assertThat(ready).isNotDone();
      assertThat(tasks).hasSize(1);
      tasks.remove().run();
      assertThat(ready).isCompleted();
      assertThat(token).isNotDone();
      tasks.remove().run();
      assertThat(token.join()).contains(".");
      assertThat(tasks).isEmpty();
    }

    @Test
    void isNamedByItsThumbprint() throws Exception {
      Map<String, Object> jwk = jwk(key());
      String members =
          "{\"e\":\"" + jwk.get("e") + "\",\"kty\":\"RSA\",\"n\":\"" + jwk.get("n") + "\"}";
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(members.getBytes(StandardCharsets.UTF_8));
      assertThat(jwk.get("kid"))
          .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
    }

    @Test
    void doesNotShowItself() {
      SigningKeyPair pair = SigningKeyPair.generate(new SecureRandom());
      assertThat(pair).hasToString("SigningKeyPair[" + pair.kid() + "]");
    }
  }

  @Nested
  class AKeptKey {
    @Test
    void isTheSameAfterARestart() {
      Map<String, Object> first = jwk(key());
      assertThat(kept.values).containsOnlyKeys("authority/signing-key");
      assertThat(jwk(key())).isEqualTo(first);
    }

    @Test
    void leavesAsPem(@TempDir Path folder) throws Exception {
      SigningKey key = key();
      Path file = folder.resolve("key.pem");
      key.writePem(file);
      String pem = Files.readString(file, StandardCharsets.US_ASCII);
      assertThat(pem.lines())
          .startsWith("-----BEGIN PRIVATE KEY-----")
          .endsWith("-----END PRIVATE KEY-----")
          .allMatch(line -> line.length() <= 64);
      byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----.*-----", ""));
      RSAPrivateCrtKey read =
          (RSAPrivateCrtKey)
              KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
      byte[] modulus = Base64.getUrlDecoder().decode((String) jwk(key).get("n"));
      assertThat(read.getModulus()).isEqualTo(new BigInteger(1, modulus));
    }

    @Test
    void thatIsDamagedIsNotReplaced() {
      kept.values.put("authority/signing-key", new byte[] {1, 2, 3});
      assertThatThrownBy(() -> jwk(key())).hasCauseInstanceOf(IllegalStateException.class);
      assertThat(kept.values.get("authority/signing-key")).containsExactly(1, 2, 3);
    }
  }

  @Nested
  class AFailedStart {
    @Test
    void isTriedAgain() {
      SigningKey key = key();
      kept.broken = true;
      assertThatThrownBy(() -> jwk(key)).hasCauseInstanceOf(IllegalStateException.class);
      kept.broken = false;
      assertThat(jwk(key)).containsKey("kid");
    }

    @Test
    void isAnsweredAsBusyWhenTheQueueIsFull() {
      SigningKey key =
          new SigningKey(
              kept,
              new SecureRandom(),
              task -> {
                throw new RejectedExecutionException();
              });
      assertThatThrownBy(() -> key.sign(Map.of()))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> assertThat(e.problem()).isInstanceOf(Problem.Unavailable.class));
    }
  }
}
