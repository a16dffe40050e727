package localhsm.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyIdTest {
  private static final KeyVersion VERSION = new KeyVersion("0".repeat(32));

  @Test
  void isAPathWithOrWithoutItsVersion() {
    assertThat(new KeyId(new KeyName("one"), Optional.empty()).path()).isEqualTo("one");
    assertThat(new KeyId(new KeyName("one"), Optional.of(VERSION)).path())
        .isEqualTo("one/" + VERSION.value());
  }
}
