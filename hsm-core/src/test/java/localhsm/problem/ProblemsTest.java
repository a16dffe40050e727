package localhsm.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemsTest {

  static Stream<Method> factories() {
    return Stream.of(Problems.class.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()));
  }

  private static ProblemException make(Method factory) throws ReflectiveOperationException {
    Object[] arguments = Stream.of(factory.getParameterTypes()).map(ProblemsTest::sample).toArray();
    return (ProblemException) factory.invoke(null, arguments);
  }

  private static Object sample(Class<?> type) {
    if (type == int.class) {
      return 7;
    }
    return type == List.class ? List.of("GET") : "sample";
  }

  @ParameterizedTest
  @MethodSource("factories")
  void eachHasACodeASentenceAndANature(Method factory) throws Exception {
    Problem problem = make(factory).problem();
    assertThat(problem.code()).matches("[A-Za-z]+");
    assertThat(problem.message()).isNotBlank().doesNotContain("Activity ID");
    assertThat(problem.kind()).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("factories")
  void eachIsAnAnswerAndCarriesNoStackTrace(Method factory) throws Exception {
    ProblemException thrown = make(factory);
    assertThat(thrown).hasMessage(thrown.problem().message()).hasNoCause();
    assertThat(thrown.getStackTrace()).isEmpty();
  }

  @Test
  void saysForAKeyWhichRuleRefused() {
    assertThat(Problems.keyDisabled("sign").problem().innerCode()).contains("KeyDisabled");
    assertThat(Problems.keyDisabled("sign").problem().code()).isEqualTo("Forbidden");
    assertThat(Problems.keyNotFound("u").problem().innerCode()).isEmpty();
  }

  @Test
  void usesTheServicesKnownWords() {
    assertThat(Problems.keyNotFound("https://h/keys/k"))
        .hasMessage("Key not found: https://h/keys/k");
    assertThat(Problems.invalidKeySize("1")).hasMessage("Invalid key size: '1'");
    assertThat(Problems.digestLength("ES256", 32).getMessage()).contains("ES256").contains("32");
    assertThat(Problems.valueTooLong("RSA1_5", 245).getMessage())
        .contains("RSA1_5")
        .contains("245");
  }
}
