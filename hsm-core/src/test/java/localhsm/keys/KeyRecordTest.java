package localhsm.keys;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import localhsm.id.KeyName;
import org.junit.jupiter.api.Test;

class KeyRecordTest {

  @Test
  void isNeverWithoutAVersion() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new KeyRecord(new KeyName("a"), 1, List.of(), Optional.empty(), Optional.empty()));
  }

  @Test
  void doesNotChangeFromNothingToNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new KeyChange(Optional.empty(), Optional.empty()));
  }
}
