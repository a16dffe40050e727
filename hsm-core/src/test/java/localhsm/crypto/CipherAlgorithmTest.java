package localhsm.crypto;

import static localhsm.crypto.TestKeys.PROVIDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import localhsm.problem.ProblemException;
import localhsm.problem.Problems;
import localhsm.work.WorkClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CipherAlgorithmTest {

  static Stream<Arguments> everyPair() {
    return Stream.of(CipherAlgorithm.values())
        .flatMap(
            algorithm ->
                TestKeys.all().stream()
                    .map(key -> arguments(algorithm, key, belongs(algorithm.wireName(), key))));
  }

  private static boolean belongs(String name, KeyMaterial key) {
    return switch (key.type()) {
      case RSA -> name.startsWith("RSA");
      case EC -> false;
      case OCT -> name.startsWith("A" + key.bits()) || name.startsWith("CKM_AES");
    };
  }

  @Test
  void areThoseOfTheService() {
    assertThat(CipherAlgorithm.values())
        .extracting(CipherAlgorithm::wireName)
        .containsExactly(
            "RSA-OAEP-256",
            "RSA-OAEP",
            "RSA1_5",
            "A128GCM",
            "A192GCM",
            "A256GCM",
            "A128CBC",
            "A192CBC",
            "A256CBC",
            "A128CBCPAD",
            "A192CBCPAD",
            "A256CBCPAD",
            "A128KW",
            "A192KW",
            "A256KW",
            "A128KWPAD",
            "A192KWPAD",
            "A256KWPAD",
            "CKM_AES_KEY_WRAP",
            "CKM_AES_KEY_WRAP_PAD");
  }

  @ParameterizedTest
  @EnumSource
  void areFoundByTheirExactWireName(CipherAlgorithm algorithm) {
    assertThat(CipherAlgorithm.fromWire(algorithm.wireName())).contains(algorithm);
    assertThat(CipherAlgorithm.fromWire(algorithm.wireName() + " ")).isEmpty();
  }

  @Test
  void arePartlyForSecureWrapping() {
    assertThat(Stream.of(CipherAlgorithm.values()).filter(CipherAlgorithm::secureWrap))
        .extracting(CipherAlgorithm::wireName)
        .containsExactly(
            "RSA-OAEP-256",
            "A128KW",
            "A192KW",
            "A256KW",
            "A128KWPAD",
            "A192KWPAD",
            "A256KWPAD",
            "CKM_AES_KEY_WRAP",
            "CKM_AES_KEY_WRAP_PAD");
    Set<String> secureOnly =
        Stream.of(CipherAlgorithm.values())
            .filter(algorithm -> !algorithm.plainWrap())
            .map(CipherAlgorithm::wireName)
            .collect(Collectors.toSet());
    assertThat(secureOnly).containsExactlyInAnyOrder("A128KWPAD", "A192KWPAD", "A256KWPAD");
  }

  @ParameterizedTest
  @MethodSource("everyPair")
  void fitTheKeysOfTheirTypeAndSize(CipherAlgorithm algorithm, KeyMaterial key, boolean fits) {
    assertThat(algorithm.fits(key)).isEqualTo(fits);
    if (fits) {
      boolean slow = key.type() == KeyType.RSA;
      assertThat(algorithm.encryptWork(key)).isEqualTo(WorkClass.INLINE);
      assertThat(algorithm.decryptWork(key)).isEqualTo(slow ? WorkClass.CPU : WorkClass.INLINE);
      return;
    }
    CipherAlgorithm.Input input = CipherAlgorithm.Input.of(new byte[256]);
    Stream.<Runnable>of(
            () -> algorithm.encrypt(key, input, PROVIDERS),
            () -> algorithm.decrypt(key, input, PROVIDERS),
            () -> algorithm.encryptWork(key),
            () -> algorithm.decryptWork(key))
        .forEach(
            call ->
                assertThat(catchThrowableOfType(ProblemException.class, call::run).problem())
                    .isEqualTo(Problems.algorithmMismatch(algorithm.wireName()).problem()));
  }
}
