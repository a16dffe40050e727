package localhsm.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule against classes made to break it, and against the nearest ones that keep it. */
class HouseRulesTest {
  @TempDir private Path folder;

  static Stream<Arguments> libraries() {
    return Stream.of(
        arguments(
            HouseRules.BOUNCY_CASTLE, "org.bouncycastle", "localhsm.keys.A", "localhsm.crypto.A"),
        arguments(
            HouseRules.BOUNCY_CASTLE,
            "org.bouncycastle.asn1",
            "localhsm.server.auth.A",
            "localhsm.server.certificates.A"),
        arguments(
            HouseRules.NETTY, "io.netty.buffer", "localhsm.server.http.A", "localhsm.server.net.A"),
        arguments(HouseRules.NETTY, "io.netty.buffer", "localhsm.keys.A", "localhsm.server.net.A"),
        arguments(HouseRules.JDBC, "org.sqlite", "localhsm.keys.A", "localhsm.store.A"),
        arguments(
            HouseRules.JACKSON,
            "com.fasterxml.jackson.core",
            "localhsm.server.keys.A",
            "localhsm.server.keys.AJson"),
        arguments(
            HouseRules.JACKSON,
            "com.fasterxml.jackson.core",
            "localhsm.store.A",
            "localhsm.store.ACodec"),
        arguments(
            HouseRules.JACKSON,
            "com.fasterxml.jackson.core",
            "localhsm.server.app.A",
            "localhsm.server.config.A"),
        arguments(
            HouseRules.NIMBUS,
            "com.nimbusds.jose",
            "localhsm.server.keys.A",
            "localhsm.server.auth.A"),
        arguments(HouseRules.PICOCLI, "picocli", "localhsm.server.app.A", "localhsm.server.cli.A"),
        arguments(
            HouseRules.CORE_STANDS_ALONE,
            "localhsm.rbac",
            "localhsm.keys.A",
            "localhsm.server.auth.A"),
        arguments(
            HouseRules.CORE_STANDS_ALONE,
            "localhsm.server.http",
            "localhsm.store.A",
            "localhsm.server.keys.A"),
        arguments(
            HouseRules.CORE_STANDS_ALONE,
            "localhsm.backup",
            "localhsm.crypto.A",
            "localhsm.server.keys.A"),
        arguments(
            HouseRules.RBAC_KNOWS_CORE_ONLY,
            "localhsm.backup",
            "localhsm.rbac.A",
            "localhsm.server.backup.A"),
        arguments(
            HouseRules.RBAC_KNOWS_CORE_ONLY,
            "localhsm.server.http",
            "localhsm.rbac.A",
            "localhsm.server.roles.A"),
        arguments(
            HouseRules.BACKUP_KNOWS_CORE_ONLY,
            "localhsm.rbac",
            "localhsm.securitydomain.A",
            "localhsm.server.roles.A"),
        arguments(
            HouseRules.BACKUP_KNOWS_CORE_ONLY,
            "localhsm.server.http",
            "localhsm.backup.A",
            "localhsm.server.backup.A"),
        arguments(
            HouseRules.ONLY_CLI_KNOWS_APP,
            "localhsm.server.app",
            "localhsm.server.keys.A",
            "localhsm.server.cli.A"),
        arguments(
            HouseRules.FEATURES_STAND_ALONE,
            "localhsm.server.roles",
            "localhsm.server.keys.A",
            "localhsm.server.roles.A"),
        arguments(
            HouseRules.FEATURES_STAND_ALONE,
            "localhsm.server.lab",
            "localhsm.server.backup.A",
            "localhsm.server.app.A"));
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void aTypeIsUsedInItsHomesOnly(ArchRule rule, String used, String breaker, String keeper)
      throws IOException {
    String body = "{ " + used + ".Used used; }";
    List<String> sources = new ArrayList<>(List.of("package " + used + "; public class Used {}"));
    sources.add(type(keeper, body));
    assertKept(rule, sources);
    sources.add(type(breaker, body));
    assertBroken(rule, sources);
  }

  static Stream<Arguments> members() {
    return Stream.of(
        arguments(HouseRules.NO_MUTABLE_STATICS, "static int n;", "static final int N = 1;"),
        arguments(
            HouseRules.NO_MUTABLE_STATICS,
            "static final java.util.HashMap<String, String> M = new java.util.HashMap<>();",
            "static final java.util.Map<String, String> M = java.util.Map.of();"),
        arguments(
            HouseRules.NO_MUTABLE_STATICS,
            "static final java.util.concurrent.ConcurrentMap<String, String> M = new java.util.concurrent.ConcurrentHashMap<>();",
            "final java.util.concurrent.ConcurrentMap<String, String> m = new java.util.concurrent.ConcurrentHashMap<>();"),
        arguments(
            HouseRules.NO_MUTABLE_STATICS,
            "static final java.util.concurrent.atomic.AtomicInteger N = new java.util.concurrent.atomic.AtomicInteger();",
            "int n;"),
        arguments(
            HouseRules.NO_AMBIENT_AUTHORITY,
            "String s = System.getenv(\"HOME\");",
            "String s = System.getProperty(\"os.name\");"),
        arguments(
            HouseRules.NO_AMBIENT_AUTHORITY,
            "java.util.Map<String, String> s = System.getenv();",
            "long n = System.nanoTime();"),
        arguments(
            HouseRules.NO_AMBIENT_AUTHORITY,
            "long n = System.currentTimeMillis();",
            "long n(java.time.Clock c) { return c.millis(); }"),
        arguments(
            HouseRules.NO_AMBIENT_AUTHORITY,
            "java.time.Instant i = java.time.Instant.now();",
            "java.time.Instant i(java.time.Clock c) { return java.time.Instant.now(c); }"),
        arguments(
            HouseRules.NO_AMBIENT_AUTHORITY,
            "java.util.function.Supplier<java.time.Instant> s = java.time.Instant::now;",
            "java.time.Instant i = java.time.Instant.EPOCH;"),
        arguments(
            HouseRules.NO_AMBIENT_AUTHORITY,
            "java.time.Clock c = java.time.Clock.systemUTC();",
            "java.time.Clock c = java.time.Clock.fixed(java.time.Instant.EPOCH, java.time.ZoneOffset.UTC);"),
        arguments(
            HouseRules.NO_AMBIENT_AUTHORITY,
            "java.security.SecureRandom r = new java.security.SecureRandom();",
            "int n(java.security.SecureRandom r) { return r.nextInt(); }"),
        arguments(
            HouseRules.NO_AMBIENT_AUTHORITY,
            "void f() { System.out.println(); }",
            "void f(java.io.PrintStream s) { s.println(); }"),
        arguments(
            HouseRules.NO_AMBIENT_AUTHORITY, "void f() { System.err.println(); }", "void f() {}"),
        arguments(
            HouseRules.SECRETS_ARE_READ_IN_FEW_PLACES,
            "byte[] f(localhsm.secret.SecretBytes s) { return s.expose(); }",
            "int f(localhsm.secret.SecretBytes s) { return s.length(); }"),
        arguments(
            HouseRules.SECRETS_ARE_READ_IN_FEW_PLACES,
            "java.util.function.Function<localhsm.secret.SecretBytes, byte[]> f = localhsm.secret.SecretBytes::expose;",
            "int n;"));
  }

  @ParameterizedTest
  @MethodSource("members")
  void aMemberKeepsOrBreaksARule(ArchRule rule, String breaking, String keeping)
      throws IOException {
    assertKept(rule, List.of(type("localhsm.keys.A", "{ " + keeping + " }")));
    assertBroken(rule, List.of(type("localhsm.keys.A", "{ " + breaking + " }")));
  }

  @Test
  void theStartOfTheProgramMayTouchTheWorld() throws IOException {
    String body = "{ String s = System.getenv(\"HOME\"); long n = System.currentTimeMillis(); }";
    assertKept(
        HouseRules.NO_AMBIENT_AUTHORITY,
        List.of(type("localhsm.server.app.A", body), type("localhsm.server.cli.B", body)));
  }

  @Test
  void aSecretIsReadWhereItIsUsed() throws IOException {
    String body = "{ byte[] f(localhsm.secret.SecretBytes s) { return s.expose(); } }";
    assertKept(
        HouseRules.SECRETS_ARE_READ_IN_FEW_PLACES,
        List.of(
            type("localhsm.crypto.A", body),
            type("localhsm.backup.A", body),
            type("localhsm.server.config.A", body),
            type("localhsm.store.KeyCodec", body)));
  }

  @Test
  void onlyTheServerKnowsOfHttp() throws IOException {
    String body = "{ java.net.http.HttpClient client; }";
    assertKept(HouseRules.HTTP, List.of(type("localhsm.server.authority.A", body)));
    assertBroken(HouseRules.HTTP, List.of(type("localhsm.backup.A", body)));
  }

  @Test
  void packagesFormNoCycle() throws IOException {
    String forth = type("localhsm.keys.A", "{ localhsm.store.B b; }");
    assertKept(HouseRules.NO_CYCLES, List.of(forth, type("localhsm.store.B", "{}")));
    assertBroken(
        HouseRules.NO_CYCLES, List.of(forth, type("localhsm.store.B", "{ localhsm.keys.A a; }")));
  }

  @Test
  void aPackageHasTwelvePublicTypes() throws IOException {
    assertKept(TypeCounts.FEW_PUBLIC_TYPES, types(12, 20));
    assertBroken(TypeCounts.FEW_PUBLIC_TYPES, types(13, 20));
  }

  @Test
  void aPackageThatIsNotSmallIsMostlyItsOwn() throws IOException {
    assertKept(TypeCounts.MOSTLY_PACKAGE_PRIVATE, types(12, 12));
    assertKept(TypeCounts.MOSTLY_PACKAGE_PRIVATE, types(9, 15));
    assertBroken(TypeCounts.MOSTLY_PACKAGE_PRIVATE, types(10, 15));
  }

  @Test
  void aModuleWithoutAnyOfThePackagesKeepsEveryRule() throws IOException {
    JavaClasses classes = compile(List.of("package elsewhere; class A {}"));
    assertThat(HouseRules.ALL).allSatisfy(rule -> rule.check(classes));
  }

  private static String type(String name, String body) {
    int dot = name.lastIndexOf('.');
    return "package " + name.substring(0, dot) + "; public class " + name.substring(dot + 1) + body;
  }

  private static List<String> types(int open, int all) {
    return IntStream.range(0, all)
        .mapToObj(
            i -> "package localhsm.keys; " + (i < open ? "public " : "") + "class A" + i + " {}")
        .toList();
  }

  private void assertKept(ArchRule rule, List<String> sources) throws IOException {
    JavaClasses classes = compile(sources);
    assertThatCode(() -> rule.check(classes)).doesNotThrowAnyException();
  }

  private void assertBroken(ArchRule rule, List<String> sources) throws IOException {
    JavaClasses classes = compile(sources);
    assertThatThrownBy(() -> rule.check(classes))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("was violated");
  }

  private JavaClasses compile(List<String> sources) throws IOException {
    Path work = Files.createTempDirectory(folder, "work");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-d", work.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none"));
    for (String source : sources) {
      String name = source.replaceAll("^package ([^;]+); (?:public )?class (\\w+).*", "$1.$2");
      Path file = work.resolve(name.replace('.', '/') + ".java");
      Files.createDirectories(file.getParent());
      Files.writeString(file, source);
      arguments.add(file.toString());
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new))).isZero();
    return new ClassFileImporter().importPath(work);
  }
}
