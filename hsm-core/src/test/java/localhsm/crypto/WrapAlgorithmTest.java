package localhsm.crypto;

import static localhsm.crypto.TestKeys.PROVIDERS;
import static localhsm.crypto.TestKeys.RSA_3072;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.stream.Stream;
import localhsm.problem.ProblemException;
import localhsm.problem.Problems;
import localhsm.work.WorkClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WrapAlgorithmTest {

  @ParameterizedTest
  @EnumSource(WrapAlgorithm.class)
  void isTheEncryptionOfTheSameName(WrapAlgorithm algorithm) {
    EncryptAlgorithm same = EncryptAlgorithm.fromWire(algorithm.wireName()).orElseThrow();
    byte[] keyBytes = TestKeys.bytes(32);
    assertThat(same.decrypt(RSA_3072, algorithm.wrap(RSA_3072, keyBytes, PROVIDERS), PROVIDERS))
        .isEqualTo(keyBytes);
    assertThat(algorithm.unwrap(RSA_3072, same.encrypt(RSA_3072, keyBytes, PROVIDERS), PROVIDERS))
        .isEqualTo(keyBytes);
    assertThat(algorithm.wrapWork(RSA_3072)).isEqualTo(WorkClass.INLINE);
    assertThat(algorithm.unwrapWork(RSA_3072)).isEqualTo(WorkClass.CPU);
  }

  @ParameterizedTest
  @EnumSource(WrapAlgorithm.class)
  void isFoundByItsExactWireName(WrapAlgorithm algorithm) {
    assertThat(WrapAlgorithm.fromWire(algorithm.wireName())).contains(algorithm);
    assertThat(WrapAlgorithm.fromWire("A256GCM")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(WrapAlgorithm.class)
  void refusesWhatItCannotUnwrap(WrapAlgorithm algorithm) {
    assertThat(
            catchThrowableOfType(
                    ProblemException.class,
                    () -> algorithm.unwrap(RSA_3072, new byte[383], PROVIDERS))
                .problem())
        .isEqualTo(Problems.decryptionFailed().problem());
  }

  @ParameterizedTest
  @EnumSource(WrapAlgorithm.class)
  void refusesEveryKeyThatIsNotRsa(WrapAlgorithm algorithm) {
    TestKeys.ec()
        .forEach(
            key -> {
              assertThat(algorithm.fits(key)).isFalse();
              Stream.<Runnable>of(
                      () -> algorithm.wrap(key, new byte[16], PROVIDERS),
                      () -> algorithm.unwrap(key, new byte[256], PROVIDERS),
                      () -> algorithm.wrapWork(key),
                      () -> algorithm.unwrapWork(key))
                  .forEach(
                      call ->
                          assertThat(
                                  catchThrowableOfType(ProblemException.class, call::run).problem())
                              .isEqualTo(
                                  Problems.algorithmMismatch(algorithm.wireName()).problem()));
            });
  }
}
