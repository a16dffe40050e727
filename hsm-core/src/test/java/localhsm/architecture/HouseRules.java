package localhsm.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import localhsm.secret.SecretBytes;

/**
 * The rules that hold in every module: who may depend on whom, where libraries live, and what only
 * the start of the program may touch. {@link TypeCounts} adds the rules that count.
 */
public final class HouseRules {
  private static final String APP = "localhsm.server.app..";
  private static final String CLI = "localhsm.server.cli..";
  private static final String SERVER = "localhsm.server..";
  private static final DescribedPredicate<JavaClass> OURS = resideInAPackage("localhsm..");
  private static final DescribedPredicate<JavaClass> START =
      resideInAnyPackage(APP, CLI, "localhsm.benchmarks..");

  private static final DescribedPredicate<JavaClass> RBAC = resideInAPackage("localhsm.rbac..");
  private static final DescribedPredicate<JavaClass> BACKUP =
      resideInAnyPackage("localhsm.securitydomain..", "localhsm.backup..");
  private static final DescribedPredicate<JavaClass> IN_SERVER = resideInAPackage(SERVER);
  private static final DescribedPredicate<JavaClass> CORE =
      resideInAnyPackage(
          "localhsm.problem..",
          "localhsm.id..",
          "localhsm.secret..",
          "localhsm.crypto..",
          "localhsm.keys..",
          "localhsm.store..",
          "localhsm.work..",
          "localhsm.rotation..",
          "localhsm.release..");

  private static final DescribedPredicate<JavaClass> CODECS = named("Json", "Codec");

  private static final Set<String> FEATURES =
      Set.of("keys", "roles", "securitydomain", "backup", "settings", "random", "resource", "lab");

  /** Packages form no cycle. */
  public static final ArchRule NO_CYCLES =
      slices().matching("localhsm.(**)").should().beFreeOfCycles().allowEmptyShould(true);

  /** BouncyCastle has homes. */
  public static final ArchRule BOUNCY_CASTLE =
      home(
          resideInAPackage("org.bouncycastle.."),
          resideInAnyPackage(
              "localhsm.crypto..",
              "localhsm.secret..",
              "localhsm.securitydomain..",
              "localhsm.server.certificates.."));

  /** Netty has one home. */
  public static final ArchRule NETTY =
      home(resideInAPackage("io.netty.."), resideInAPackage("localhsm.server.net.."));

  /** JDBC has one home. */
  public static final ArchRule JDBC =
      home(
          resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..", "org.postgresql.."),
          resideInAPackage("localhsm.store.."));

  /** Jackson has homes, and serves the classes that write one form of JSON or CBOR. */
  public static final ArchRule JACKSON =
      home(
          resideInAPackage("com.fasterxml.jackson.."),
          resideInAnyPackage("localhsm.server.json..", "localhsm.server.config..", CLI).or(CODECS));

  /** Nimbus has homes. */
  public static final ArchRule NIMBUS =
      home(
          resideInAPackage("com.nimbusds.."),
          resideInAnyPackage(
              "localhsm.server.auth..",
              "localhsm.server.authority..",
              "localhsm.server.release..",
              "localhsm.securitydomain..",
              "localhsm.backup.."));

  /** picocli has one home. */
  public static final ArchRule PICOCLI = home(resideInAPackage("picocli.."), resideInAPackage(CLI));

  /** Only the server knows of HTTP. */
  public static final ArchRule HTTP =
      home(resideInAnyPackage("java.net.http..", "com.sun.net.httpserver.."), IN_SERVER);

  /** The core depends on no other module. */
  public static final ArchRule CORE_STANDS_ALONE = apart(CORE, RBAC.or(BACKUP).or(IN_SERVER));

  /** Roles know the core only. */
  public static final ArchRule RBAC_KNOWS_CORE_ONLY = apart(RBAC, BACKUP.or(IN_SERVER));

  /** Security domain and backup know the core only. */
  public static final ArchRule BACKUP_KNOWS_CORE_ONLY = apart(BACKUP, RBAC.or(IN_SERVER));

  /** Only the command line starts the application. */
  public static final ArchRule ONLY_CLI_KNOWS_APP =
      home(resideInAPackage(APP), resideInAnyPackage(APP, CLI));

  /** Features of the server do not see each other. */
  public static final ArchRule FEATURES_STAND_ALONE =
      classes().that(IN_SERVER).should(stayInTheirFeature()).allowEmptyShould(true);

  /** A static never changes and holds nothing that does. */
  public static final ArchRule NO_MUTABLE_STATICS =
      fields()
          .that()
          .areStatic()
          .and(DescribedPredicate.describe("are written by us", HouseRules::written))
          .should()
          .beFinal()
          .andShould()
          .notHaveRawType(DescribedPredicate.describe("that changes", HouseRules::changeable))
          .allowEmptyShould(true);

  /** Environment, clock, randomness and console are touched at the start of the program only. */
  public static final ArchRule NO_AMBIENT_AUTHORITY =
      classes()
          .that(OURS.and(DescribedPredicate.not(START)))
          .should(notAccess("environment, clock, randomness or console", HouseRules::ambient))
          .allowEmptyShould(true);

  /** Secrets are read in few places. */
  public static final ArchRule SECRETS_ARE_READ_IN_FEW_PLACES =
      classes()
          .that(
              OURS.and(
                  DescribedPredicate.not(
                      resideInAnyPackage(
                              "localhsm.crypto..",
                              "localhsm.secret..",
                              "localhsm.securitydomain..",
                              "localhsm.backup..",
                              "localhsm.server.certificates..",
                              "localhsm.server.authority..",
                              "localhsm.server.auth..",
                              "localhsm.server.release..",
                              "localhsm.server.config..")
                          .or(named("Codec")))))
          .should(notAccess("the content of a secret", HouseRules::exposing))
          .allowEmptyShould(true);

  /** All of them, those that count included. */
  public static final List<ArchRule> ALL =
      List.of(
          NO_CYCLES,
          BOUNCY_CASTLE,
          NETTY,
          JDBC,
          JACKSON,
          NIMBUS,
          PICOCLI,
          HTTP,
          CORE_STANDS_ALONE,
          RBAC_KNOWS_CORE_ONLY,
          BACKUP_KNOWS_CORE_ONLY,
          ONLY_CLI_KNOWS_APP,
          FEATURES_STAND_ALONE,
          NO_MUTABLE_STATICS,
          NO_AMBIENT_AUTHORITY,
          SECRETS_ARE_READ_IN_FEW_PLACES,
          TypeCounts.FEW_PUBLIC_TYPES,
          TypeCounts.MOSTLY_PACKAGE_PRIVATE);

  private HouseRules() {}

  /** The main classes of the module that holds the given one. */
  public static JavaClasses moduleOf(Class<?> anyMainClass) {
    return new ClassFileImporter()
        .importUrl(anyMainClass.getProtectionDomain().getCodeSource().getLocation());
  }

  private static ArchRule home(
      DescribedPredicate<JavaClass> what, DescribedPredicate<JavaClass> homes) {
    return apart(OURS.and(DescribedPredicate.not(homes)), what);
  }

  private static ArchRule apart(
      DescribedPredicate<JavaClass> those, DescribedPredicate<JavaClass> others) {
    return noClasses().that(those).should().dependOnClassesThat(others).allowEmptyShould(true);
  }

  private static DescribedPredicate<JavaClass> named(String... endings) {
    return DescribedPredicate.describe(
        "are named *" + String.join(" or *", endings),
        type -> List.of(endings).stream().anyMatch(outermost(type)::endsWith));
  }

  private static String outermost(JavaClass type) {
    String name = type.getName();
    int nested = name.indexOf('$');
    return nested < 0 ? name : name.substring(0, nested);
  }

  private static ArchCondition<JavaClass> stayInTheirFeature() {
    return new ArchCondition<>("not depend on another feature") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
          String from = feature(type);
          String to = feature(dependency.getTargetClass());
          if (!from.isEmpty() && !to.isEmpty() && !from.equals(to)) {
            events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
          }
        }
      }
    };
  }

  private static String feature(JavaClass type) {
    String prefix = "localhsm.server.";
    String name = type.getPackageName();
    if (!name.startsWith(prefix)) {
      return "";
    }
    String first = name.substring(prefix.length()).split("\\.", 2)[0];
    return FEATURES.contains(first) ? first : "";
  }

  private static ArchCondition<JavaClass> notAccess(
      String what, Predicate<JavaAccess<?>> forbidden) {
    return new ArchCondition<>("not access " + what) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (JavaAccess<?> access : type.getAccessesFromSelf()) {
          if (forbidden.test(access)) {
            events.add(SimpleConditionEvent.violated(type, access.getDescription()));
          }
        }
      }
    };
  }

  private static boolean ambient(JavaAccess<?> access) {
    JavaClass owner = access.getTargetOwner();
    String member = access.getTarget().getName();
    if (owner.isEquivalentTo(System.class)) {
      return Set.of("getenv", "currentTimeMillis", "out", "err").contains(member);
    }
    if (owner.isEquivalentTo(SecureRandom.class)) {
      return member.equals("<init>") || member.startsWith("getInstance");
    }
    return (owner.isEquivalentTo(Clock.class) && member.startsWith("system"))
        || access.getTarget().getFullName().equals("java.time.Instant.now()");
  }

  private static boolean exposing(JavaAccess<?> access) {
    return access.getTargetOwner().isEquivalentTo(SecretBytes.class)
        && access.getTarget().getName().equals("expose");
  }

  private static boolean written(JavaField field) {
    return OURS.test(field.getOwner())
        && !field.getModifiers().contains(JavaModifier.SYNTHETIC)
        && !field.getName().startsWith("$");
  }

  private static boolean changeable(JavaClass type) {
    boolean collection = assignableTo(Collection.class).or(assignableTo(Map.class)).test(type);
    return (collection && !type.isInterface())
        || type.isEquivalentTo(ConcurrentMap.class)
        || type.getPackageName().equals("java.util.concurrent.atomic");
  }
}
