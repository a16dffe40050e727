package localhsm.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScopeTest {
  private static final Scope ONE = Scope.key(new KeyName("one"));
  private static final Scope TWO = Scope.key(new KeyName("two"));

  @Test
  void containsItselfAndWhatLiesBelow() {
    assertThat(Scope.ROOT.contains(Scope.ROOT)).isTrue();
    assertThat(Scope.ROOT.contains(Scope.KEYS)).isTrue();
    assertThat(Scope.ROOT.contains(ONE)).isTrue();
    assertThat(Scope.KEYS.contains(Scope.KEYS)).isTrue();
    assertThat(Scope.KEYS.contains(ONE)).isTrue();
    assertThat(ONE.contains(Scope.key(new KeyName("ONE")))).isTrue();
  }

  @Test
  void doesNotContainWhatLiesAboveOrBeside() {
    assertThat(Scope.KEYS.contains(Scope.ROOT)).isFalse();
    assertThat(ONE.contains(Scope.ROOT)).isFalse();
    assertThat(ONE.contains(Scope.KEYS)).isFalse();
    assertThat(ONE.contains(TWO)).isFalse();
  }

  @Test
  void isWrittenAsAPath() {
    assertThat(Scope.ROOT).hasToString("/");
    assertThat(Scope.KEYS).hasToString("/keys");
    assertThat(ONE).hasToString("/keys/one");
  }

  @Test
  void hasNoKeyOutsideTheKeys() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Scope(false, Optional.of(new KeyName("one"))));
  }
}
