package localhsm.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SealerTest {
  private static final byte[] AAD = "place".getBytes(UTF_8);
  private static final Provider JDK = Security.getProvider("SunJCE");

  private final SecureRandom random = new SecureRandom();
  private final SecretBytes key = SecretBytes.random(32, random);
  private final Sealer sealer = new Sealing(JDK, random).sealer(key);

  private static SecretBytes plain(String text) {
    return SecretBytes.owning(text.getBytes(UTF_8));
  }

  @Nested
  @DisplayName("A sealed text")
  class Sealed {
    @Test
    void opensWithTheSameKeyAndPlace() {
      byte[] sealed = sealer.seal(plain("content"), AAD);
      assertThat(sealer.open(sealed, AAD)).contains(plain("content"));
    }

    @Test
    void isNonceCiphertextAndTagOfAes256Gcm() throws GeneralSecurityException {
      byte[] sealed = sealer.seal(plain("content"), AAD);
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", new BouncyCastleProvider());
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(key.expose(), "AES"),
          new GCMParameterSpec(128, Arrays.copyOf(sealed, 12)));
      cipher.updateAAD(AAD);
      assertThat(cipher.doFinal(sealed, 12, sealed.length - 12))
          .asString(UTF_8)
          .isEqualTo("content");
    }

    @Test
    void differsEachTime() {
      assertThat(sealer.seal(plain("a"), AAD)).isNotEqualTo(sealer.seal(plain("a"), AAD));
    }

    @Test
    void doesNotOpenElsewhere() {
      byte[] sealed = sealer.seal(plain("content"), AAD);
      assertThat(sealer.open(sealed, "elsewhere".getBytes(UTF_8))).isEmpty();
    }

    @Test
    void doesNotOpenWithAnyBitChanged() {
      byte[] sealed = sealer.seal(plain("content"), AAD);
      for (int bit = 0; bit < 8 * sealed.length; bit++) {
        byte[] changed = sealed.clone();
        changed[bit / 8] ^= (byte) (1 << bit % 8);
        assertThat(sealer.open(changed, AAD)).isEmpty();
      }
    }

    @Test
    void doesNotOpenWhenCutAnywhere() {
      byte[] sealed = sealer.seal(plain("content"), AAD);
      for (int length = 0; length < sealed.length; length++) {
        assertThat(sealer.open(Arrays.copyOf(sealed, length), AAD)).isEmpty();
      }
    }
  }

  @Test
  void refusesAKeyOfAnotherLength() {
    assertThatThrownBy(() -> new Sealing(JDK, random).sealer(SecretBytes.random(16, random)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
