package localhsm.benchmarks;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import localhsm.architecture.HouseRules;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
  /** Without what JMH generates. */
  private static final JavaClasses MODULE =
      HouseRules.moduleOf(Main.class)
          .that(DescribedPredicate.not(resideInAPackage("..jmh_generated..")));

  static Stream<ArchRule> rules() {
    return HouseRules.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void keepsTheRulesOfTheHouse(ArchRule rule) {
    rule.check(MODULE);
  }
}
