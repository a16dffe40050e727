package localhsm.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.all;
import static java.util.stream.Collectors.groupingBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.AbstractClassesTransformer;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** How much of a package may be public: a type is public because another package needs it. */
final class TypeCounts {
  private static final int PUBLIC_TYPES = 12;
  private static final int PUBLIC_PERCENT = 60;

  /** The words that every control and every feature of the server speaks. */
  private static final Set<String> VOCABULARIES = Set.of("localhsm.server.pipeline");

  /** A package has few public types. */
  static final ArchRule FEW_PUBLIC_TYPES =
      all(packages())
          .should(
              hold(
                  "have at most " + PUBLIC_TYPES + " public types",
                  some -> some.open() <= PUBLIC_TYPES))
          .allowEmptyShould(true);

  /** A package that is not small keeps most of itself to itself. */
  static final ArchRule MOSTLY_PACKAGE_PRIVATE =
      all(packages())
          .should(
              hold(
                  "be public at most to "
                      + PUBLIC_PERCENT
                      + " percent when larger than "
                      + PUBLIC_TYPES,
                  some ->
                      some.types() <= PUBLIC_TYPES
                          || VOCABULARIES.contains(some.name())
                          || 100 * some.open() <= PUBLIC_PERCENT * some.types()))
          .allowEmptyShould(true);

  private TypeCounts() {}

  private record Counted(String name, long types, long open) {
    static Counted of(String name, List<JavaClass> types) {
      long open =
          types.stream().filter(t -> t.getModifiers().contains(JavaModifier.PUBLIC)).count();
      return new Counted(name, types.size(), open);
    }

    @Override
    public String toString() {
      return name + " has " + open + " public types of " + types;
    }
  }

  private static AbstractClassesTransformer<Counted> packages() {
    return new AbstractClassesTransformer<>("packages") {
      @Override
      public Iterable<Counted> doTransform(JavaClasses classes) {
        return classes.stream()
            .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
            .collect(groupingBy(JavaClass::getPackageName))
            .entrySet()
            .stream()
            .map(entry -> Counted.of(entry.getKey(), entry.getValue()))
            .toList();
      }
    };
  }

  private static ArchCondition<Counted> hold(String what, Predicate<Counted> rule) {
    return new ArchCondition<>(what) {
      @Override
      public void check(Counted some, ConditionEvents events) {
        events.add(new SimpleConditionEvent(some, rule.test(some), some.toString()));
      }
    };
  }
}
