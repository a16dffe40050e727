package localhsm.problem;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemsTest {
  /** Clients decide by these. A factory without a row fails. */
  private static final Map<String, String> CODES =
      Map.ofEntries(
          entry("keyNotFound", "KeyNotFound"),
          entry("accessDenied", "AccessDenied"),
          entry("unauthenticated", "Unauthorized"),
          entry("invalidKeySize", "BadParameter"),
          entry("invalidKeyType", "BadParameter"),
          entry("invalidKeyIdentifier", "Invalidkeyidentifier"),
          entry("releasePolicyVersion", "BadParameter"),
          entry("releaseRefused", "Forbidden"),
          entry("noAttestationToken", "BadParameter"),
          entry("badParameter", "BadParameter"),
          entry("apiVersion", "BadParameter"),
          entry("decryptionFailed", "BadParameter"),
          entry("algorithmMismatch", "BadParameter"),
          entry("digestLength", "BadParameter"),
          entry("valueTooLong", "BadParameter"),
          entry("operationNotPermitted", "Forbidden"),
          entry("keyDisabled", "Forbidden"),
          entry("keyExpired", "Forbidden"),
          entry("keyNotYetValid", "Forbidden"),
          entry("foreignHost", "NotFound"),
          entry("noSuchPath", "NotFound"),
          entry("verbNotAllowed", "MethodNotAllowed"),
          entry("labHeaderMissing", "Forbidden"),
          entry("bodyTooLarge", "RequestBodyTooLarge"),
          entry("targetTooLong", "RequestUriTooLong"),
          entry("headersTooLarge", "RequestHeadersTooLarge"),
          entry("busy", "ServiceUnavailable"),
          entry("notReady", "ServiceUnavailable"),
          entry("storeUnavailable", "ServiceUnavailable"),
          entry("tooManyVersions", "BadParameter"),
          entry("deletedButRecoverable", "Conflict"),
          entry("keyExists", "Conflict"),
          entry("malformedBackupBlob", "MalformedBackupBlob"),
          entry("purgeProtected", "Forbidden"),
          entry("rotationPolicyMissing", "BadParameter"),
          entry("releasePolicyNotAllowed", "BadParameter"),
          entry("releasePolicyImmutable", "Forbidden"));

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

  @Test
  void keepTheirCodes() throws Exception {
    Map<String, String> codes = new TreeMap<>();
    for (Method factory : factories().toList()) {
      codes.put(factory.getName(), make(factory).problem().code());
    }
    assertThat(codes).containsExactlyInAnyOrderEntriesOf(CODES);
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
    assertThat(Problems.keyNotFound("/keys/k").problem())
        .isEqualTo(new Problem.NotFound("KeyNotFound", "Key not found: ", Optional.of("/keys/k")));
    assertThat(Problems.invalidKeySize("1")).hasMessage("Invalid key size: '1'");
    assertThat(Problems.digestLength("ES256", 32).getMessage()).contains("ES256").contains("32");
    assertThat(Problems.valueTooLong("RSA1_5", 245).getMessage())
        .contains("RSA1_5")
        .contains("245");
  }
}
