package localhsm.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import localhsm.crypto.Curve;
import localhsm.crypto.KeyMaterial;
import localhsm.crypto.KeyParameters;
import localhsm.crypto.KeyType;
import localhsm.crypto.Providers;
import localhsm.secret.SecretBytes;
import org.junit.jupiter.api.Test;

class LazyMaterialTest {
  private static final Providers PROVIDERS = Providers.bouncyCastle(new SecureRandom());

  private final KeyMaterial material = new KeyParameters.Ec(Curve.P_256).generate(PROVIDERS);
  private final SecretBytes bytes = material.encoded();
  private final LazyMaterial lazy = LazyMaterial.encoded(KeyType.EC, bytes, PROVIDERS);

  private static SecretBytes cleared(int length) {
    return SecretBytes.owning(new byte[length]);
  }

  @Test
  void isDecodedOnceAndClearsWhatItWasDecodedFrom() {
    KeyMaterial decoded = lazy.get();
    assertThat(decoded).isSameAs(lazy.get());
    assertThat(bytes).isEqualTo(cleared(bytes.length()));
    assertThat(decoded.encoded()).isEqualTo(material.encoded());
  }

  @Test
  void tellsItsTypeAndItsBytesWithoutDecoding() {
    LazyMaterial broken =
        LazyMaterial.encoded(KeyType.RSA, SecretBytes.owning(new byte[] {1, 2}), PROVIDERS);
    assertThat(broken.type()).isEqualTo(KeyType.RSA);
    broken.bytes().close();
    assertThat(broken.bytes()).isEqualTo(SecretBytes.owning(new byte[] {1, 2}));
    assertThatIllegalArgumentException().isThrownBy(broken::get);
    assertThatIllegalArgumentException().isThrownBy(broken::get);
  }

  @Test
  void givesTheSameBytesBeforeAndAfter() {
    try (SecretBytes before = lazy.bytes()) {
      lazy.get();
      assertThat(lazy.bytes()).isEqualTo(before);
    }
  }

  @Test
  void isEqualToTheSameMaterialAtHand() {
    assertThat(LazyMaterial.of(material))
        .isEqualTo(LazyMaterial.of(material))
        .hasSameHashCodeAs(LazyMaterial.of(material))
        .isNotEqualTo(lazy);
    assertThat(lazy).isNotEqualTo(LazyMaterial.of(material)).isNotEqualTo("lazy");
  }

  @Test
  void isTheSameForAllWhoAskAtOnce() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      CyclicBarrier together = new CyclicBarrier(8);
      Callable<KeyMaterial> work =
          () -> {
            together.await();
            lazy.bytes().close();
            return lazy.get();
          };
      List<Future<KeyMaterial>> all = pool.invokeAll(Collections.nCopies(8, work));
      for (Future<KeyMaterial> one : all) {
        assertThat(one.get()).isSameAs(lazy.get());
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void showsNothing() {
    assertThat(lazy).hasToString("LazyMaterial[EC]");
  }
}
