package localhsm.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class SecretBytesTest {

  @Test
  void showsOnlyItsLength() {
    SecretBytes secret = SecretBytes.owning(new byte[] {1, 2, 3});
    assertThat(secret.toString()).isEqualTo("SecretBytes[3]");
    assertThat(secret.length()).isEqualTo(3);
    assertThat(secret.hashCode()).isEqualTo(SecretBytes.owning(new byte[] {9}).hashCode());
  }

  @Test
  void isEqualByContent() {
    SecretBytes secret = SecretBytes.owning(new byte[] {1, 2, 3});
    assertThat(secret).isEqualTo(SecretBytes.owning(new byte[] {1, 2, 3}));
    assertThat(secret).isNotEqualTo(SecretBytes.owning(new byte[] {1, 2, 4}));
    assertThat(secret).isNotEqualTo(SecretBytes.owning(new byte[] {1, 2}));
    assertThat(secret).isNotEqualTo(new byte[] {1, 2, 3});
  }

  @Test
  void isClearedWhenClosed() {
    byte[] bytes = {1, 2, 3};
    SecretBytes secret = SecretBytes.owning(bytes);
    secret.close();
    assertThat(bytes).containsOnly(0);
    assertThat(secret.length()).isEqualTo(3);
  }

  @Test
  void movesByClearingTheOriginal() {
    byte[] bytes = {1, 2, 3};
    SecretBytes secret = SecretBytes.moving(bytes);
    assertThat(bytes).containsOnly(0);
    assertThat(secret.expose()).containsExactly(1, 2, 3);
  }

  @Test
  void isFreshWhenRandom() {
    SecureRandom random = new SecureRandom();
    SecretBytes first = SecretBytes.random(32, random);
    assertThat(first.length()).isEqualTo(32);
    assertThat(first).isNotEqualTo(SecretBytes.random(32, random));
  }
}
