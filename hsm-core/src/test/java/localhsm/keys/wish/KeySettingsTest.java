package localhsm.keys.wish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import localhsm.crypto.KeyOperation;
import localhsm.problem.ProblemException;
import org.junit.jupiter.api.Test;

class KeySettingsTest {

  private static KeySettings with(
      Optional<List<KeyOperation>> operations, Map<String, String> tags) {
    return new KeySettings(
        operations, true, Optional.empty(), Optional.empty(), tags, false, Optional.empty());
  }

  private static KeySettings tagged(Map<String, String> tags) {
    return with(Optional.empty(), tags);
  }

  private static KeySettings allowing(KeyOperation... operations) {
    return with(Optional.of(List.of(operations)), Map.of());
  }

  private static Map<String, String> tags(int count) {
    return IntStream.range(0, count)
        .boxed()
        .collect(Collectors.toMap(i -> "tag " + i, i -> "value"));
  }

  @Test
  void hasUpToFifteenTags() {
    assertThat(tagged(tags(15)).tags()).hasSize(15);
    assertThatThrownBy(() -> tagged(tags(16)))
        .isInstanceOf(ProblemException.class)
        .hasMessage("A key cannot have more than 15 tags.");
  }

  @Test
  void hasTagsOfUpToTwoHundredFiftySixCharacters() {
    String longest = "x".repeat(256);
    assertThat(tagged(Map.of(longest, longest)).tags()).containsEntry(longest, longest);
    assertThatThrownBy(() -> tagged(Map.of(longest + "x", "")))
        .isInstanceOf(ProblemException.class)
        .hasMessage("Tag names and values cannot exceed 256 characters.");
    assertThatThrownBy(() -> tagged(Map.of("", longest + "x")))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void countsAnOperationOnce() {
    assertThat(allowing(KeyOperation.SIGN, KeyOperation.VERIFY, KeyOperation.SIGN).operations())
        .contains(List.of(KeyOperation.SIGN, KeyOperation.VERIFY));
  }

  @Test
  void importsOrDoesAnythingElse() {
    assertThat(allowing(KeyOperation.IMPORT, KeyOperation.IMPORT).operations())
        .contains(List.of(KeyOperation.IMPORT));
    assertThatThrownBy(() -> allowing(KeyOperation.IMPORT, KeyOperation.SIGN))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void keepsItsOwnCopies() {
    List<KeyOperation> operations = new ArrayList<>(List.of(KeyOperation.SIGN));
    Map<String, String> tags = new HashMap<>(Map.of("a", "b"));
    KeySettings wish = with(Optional.of(operations), tags);
    operations.clear();
    tags.clear();
    assertThat(wish.operations()).contains(List.of(KeyOperation.SIGN));
    assertThat(wish.tags()).containsExactly(Map.entry("a", "b"));
  }
}
