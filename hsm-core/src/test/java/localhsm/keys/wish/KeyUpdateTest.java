package localhsm.keys.wish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import localhsm.crypto.KeyOperation;
import localhsm.crypto.KeyType;
import localhsm.id.KeyId;
import localhsm.id.KeyName;
import localhsm.problem.ProblemException;
import org.junit.jupiter.api.Test;

class KeyUpdateTest {
  private static final KeyId ID = KeyId.latest(new KeyName("a"));

  private static KeyUpdate operations(KeyOperation... operations) {
    return with(Optional.of(List.of(operations)), Optional.empty());
  }

  private static KeyUpdate with(
      Optional<List<KeyOperation>> operations, Optional<Map<String, String>> tags) {
    return new KeyUpdate(
        ID,
        operations,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        tags,
        Optional.empty());
  }

  @Test
  void leavesTheOperationsUnlessItNamesSome() {
    List<KeyOperation> before = List.of(KeyOperation.SIGN);
    assertThat(KeyUpdate.of(ID).operationsOf(KeyType.RSA, before)).isEqualTo(before);
    assertThat(operations().operationsOf(KeyType.RSA, before)).isEmpty();
    assertThat(operations(KeyOperation.VERIFY).operationsOf(KeyType.EC, before))
        .containsExactly(KeyOperation.VERIFY);
  }

  @Test
  void makesAKeyExchangeKeyOnlyOfAnRsaKey() {
    assertThat(operations(KeyOperation.IMPORT).operationsOf(KeyType.RSA, List.of()))
        .containsExactly(KeyOperation.IMPORT);
    assertThatThrownBy(() -> operations(KeyOperation.IMPORT).operationsOf(KeyType.EC, List.of()))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> operations(KeyOperation.IMPORT, KeyOperation.SIGN))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void hasUpToFifteenTags() {
    Map<String, String> sixteen =
        IntStream.range(0, 16).boxed().collect(Collectors.toMap(i -> "tag " + i, i -> ""));
    assertThatThrownBy(() -> with(Optional.empty(), Optional.of(sixteen)))
        .isInstanceOf(ProblemException.class)
        .hasMessage("A key cannot have more than 15 tags.");
    assertThat(with(Optional.empty(), Optional.of(Map.of())).tags()).contains(Map.of());
  }
}
