package localhsm.server.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import localhsm.server.keys.KeyRoutes;
import localhsm.server.keys.ReleaseApi;
import localhsm.server.keys.TestServices;
import localhsm.server.lab.TestLabRoutes;
import localhsm.server.random.RandomRoutes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for all routes of the server together. */
class RoutesTest {
  @TempDir private Path folder;

  private List<Route> all() {
    return Stream.of(
            KeyRoutes.of(TestServices.inMemory(Clock.systemUTC())),
            ReleaseApi.routes(folder.resolve("release")),
            RandomRoutes.of(new SecureRandom()),
            TestLabRoutes.all(folder))
        .flatMap(List::stream)
        .toList();
  }

  @Test
  void leadToEveryHandler() {
    Set<String> handlers =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("localhsm.server")
                .stream()
                .filter(type -> type.isAssignableTo(Handler.class) && !type.isInterface())
                .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                // The authority's handlers stand behind its check of the tenant.
                .filter(type -> !type.getPackageName().endsWith(".authority"))
                .map(JavaClass::getName)
                .collect(Collectors.toSet());
    Set<String> routed =
        all().stream()
            .map(route -> route.handler().getClass())
            .filter(type -> !type.isHidden()) // a lambda
            .map(Class::getName)
            .collect(Collectors.toSet());
    assertThat(routed).containsExactlyInAnyOrderElementsOf(handlers);
  }

  @Test
  void doNotCollide() {
    List<String> forms =
        all().stream()
            .map(route -> route.verb() + " " + route.path().toString().replaceAll("\\{.*?}", "{}"))
            .toList();
    assertThat(forms).isNotEmpty().doesNotHaveDuplicates();
  }

  @Test
  void areAnonymousInTheLabOnly() {
    assertThat(all())
        .allSatisfy(
            route ->
                assertThat(route.access().action().isEmpty())
                    .isEqualTo(route.path().toString().startsWith("/_localhsm/")));
  }

  @Test
  void nameTheirOperationForTheLog() {
    assertThat(all()).allSatisfy(route -> assertThat(route.operationName()).matches("[A-Za-z]+"));
  }
}
