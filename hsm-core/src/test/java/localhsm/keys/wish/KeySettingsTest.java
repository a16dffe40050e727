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
import localhsm.crypto.KeyType;
import localhsm.problem.ProblemException;
import localhsm.release.ReleasePolicy;
import localhsm.release.ReleasePolicyCodec;
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

  private static KeySettings release(boolean exportable, Optional<ReleasePolicy> policy) {
    return new KeySettings(
        Optional.empty(), true, Optional.empty(), Optional.empty(), Map.of(), exportable, policy);
  }

  @Test
  void takesAReleasePolicyForAnExportableKeyAndNoOther() {
    Optional<ReleasePolicy> policy =
        Optional.of(
            ReleasePolicyCodec.read(
                "{\"version\":\"1.0.0\",\"anyOf\":[{\"authority\":\"https://a\","
                    + "\"allOf\":[{\"claim\":\"c\",\"equals\":true}]}]}",
                false));
    assertThat(release(true, policy).releasePolicy()).isEqualTo(policy);
    assertThat(release(false, Optional.empty())).isEqualTo(KeySettings.DEFAULT);
    assertThatThrownBy(() -> release(true, Optional.empty()))
        .isInstanceOf(ProblemException.class)
        .hasMessage("Exportable keys must have a release policy.");
    assertThatThrownBy(() -> release(false, policy))
        .isInstanceOf(ProblemException.class)
        .hasMessage("AKV.SKR.1005: Non-exportable keys must not have release policy");
  }

  @Test
  void hasTheOperationsOfTheTypeUnlessItNamesSome() {
    assertThat(KeySettings.DEFAULT.operationsOf(KeyType.EC))
        .isEqualTo(KeyType.EC.defaultOperations());
    assertThat(allowing(KeyOperation.SIGN).operationsOf(KeyType.OCT))
        .containsExactly(KeyOperation.SIGN);
    assertThat(allowing().operationsOf(KeyType.RSA)).isEmpty();
  }

  @Test
  void importsWithAnRsaKeyOnly() {
    assertThat(allowing(KeyOperation.IMPORT).operationsOf(KeyType.RSA))
        .containsExactly(KeyOperation.IMPORT);
    for (KeyType type : List.of(KeyType.EC, KeyType.OCT)) {
      assertThatThrownBy(() -> allowing(KeyOperation.IMPORT).operationsOf(type))
          .isInstanceOf(ProblemException.class)
          .hasMessage("The operation import is for RSA-HSM keys only.");
    }
  }
}
