package localhsm.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import localhsm.id.TenantId;
import localhsm.secret.SecretBytes;
import localhsm.server.authority.SeededIdentities;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {
  private static final Path HOME = Path.of("/home/somebody");
  private static final String TENANT = "11111111-2222-4333-8444-555555555555";
  private static final String SUBSCRIPTION = "66666666-7777-4888-8999-aaaaaaaaaaaa";

  private static final byte[] IPV6_LOOPBACK = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

  /** Every setting with another value than its default, as text. */
  private static final Map<Setting, String> OTHER = new EnumMap<>(Setting.class);

  static {
    OTHER.put(Setting.HSM_NAME, "Other-Hsm");
    OTHER.put(Setting.HSM_TENANT, TENANT);
    OTHER.put(Setting.HSM_REGION, "norwayeast");
    OTHER.put(Setting.HSM_SUBSCRIPTION, SUBSCRIPTION);
    OTHER.put(Setting.HSM_RESOURCE_GROUP, "group_(1).x");
    OTHER.put(Setting.HSM_SOFT_DELETE_RETENTION_DAYS, "7");
    OTHER.put(Setting.HSM_PURGE_PROTECTION, "true");
    OTHER.put(Setting.LISTEN_PORT, "8443");
    OTHER.put(Setting.LISTEN_ADDRESSES, "0.0.0.0,::");
    OTHER.put(Setting.DATA_FOLDER, "/data");
    OTHER.put(Setting.DATA_PLATFORM_KEY_FILE, "/keys/platform");
    OTHER.put(Setting.TLS_FOLDER, "~/tls");
    OTHER.put(Setting.TLS_ENGINE, "jdk");
    OTHER.put(Setting.TLS_NAMES, "Hsm.Example,10.0.0.1,fd00::1");
    OTHER.put(Setting.CRYPTO_ENGINE, "bouncycastle");
    OTHER.put(Setting.AUTHORITY_ENABLED, "false");
    OTHER.put(Setting.AUTHORITY_EXPOSE_KEY, "true");
    OTHER.put(Setting.AUTHORITY_CLIENT_SECRET, "open sesame");
    OTHER.put(Setting.TOKENS_AUDIENCES, "https://one.example,api://two");
    OTHER.put(Setting.LAB_ENABLED, "false");
    OTHER.put(
        Setting.ATTESTATION_ISSUERS, "https://one.example, https://two.example/a ~/two keys.json");
    OTHER.put(Setting.READY_FILE, "/run/ready.json");
  }

  private static ServerConfig otherConfig() throws IOException {
    return new ServerConfig(
        new ServerConfig.Hsm(
            "Other-Hsm",
            new TenantId(UUID.fromString(TENANT)),
            "norwayeast",
            UUID.fromString(SUBSCRIPTION),
            "group_(1).x",
            Optional.of(7),
            Optional.of(true)),
        new ServerConfig.Listen(
            8443,
            List.of(InetAddress.getByAddress(new byte[4]), InetAddress.getByAddress(new byte[16]))),
        new ServerConfig.Data(
            Optional.of(Path.of("/data")), Optional.of(Path.of("/keys/platform"))),
        new ServerConfig.Tls(
            HOME.resolve("tls"),
            ServerConfig.TlsEngine.JDK,
            List.of("hsm.example", "10.0.0.1", "fd00::1")),
        new ServerConfig.Crypto(ServerConfig.CryptoEngine.BOUNCYCASTLE),
        new ServerConfig.Authority(false, true, Optional.of(secret("open sesame"))),
        new ServerConfig.Tokens(List.of("https://one.example", "api://two")),
        new ServerConfig.Lab(false),
        new ServerConfig.Attestation(
            List.of(
                new ServerConfig.Issuer("https://one.example", Optional.empty()),
                new ServerConfig.Issuer(
                    "https://two.example/a", Optional.of(HOME.resolve("two keys.json"))))),
        Optional.of(Path.of("/run/ready.json")));
  }

  private static SecretBytes secret(String text) {
    return SecretBytes.owning(text.getBytes(StandardCharsets.UTF_8));
  }

  private static ServerConfig read(
      Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
    return ConfigReader.read(new ConfigSources(HOME, file, environment, flags));
  }

  private static List<String> problemsOf(
      Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
    return catchThrowableOfType(ConfigException.class, () -> read(file, environment, flags))
        .problems();
  }

  @Nested
  class Defaults {

    @Test
    void areTheseAll() throws IOException {
      ServerConfig config = read(Optional.empty(), Map.of(), Map.of());

      assertThat(config)
          .isEqualTo(
              new ServerConfig(
                  new ServerConfig.Hsm(
                      "hsm1",
                      new TenantId(UUID.fromString("53bd01c3-c5be-4250-8f5d-a35f209f8975")),
                      "westeurope",
                      UUID.fromString("07d92153-c674-4b91-9a9c-1603a117bb97"),
                      "localhsm",
                      Optional.empty(),
                      Optional.empty()),
                  new ServerConfig.Listen(
                      9443,
                      List.of(
                          InetAddress.getByAddress(new byte[] {127, 0, 0, 1}),
                          InetAddress.getByAddress(IPV6_LOOPBACK))),
                  new ServerConfig.Data(Optional.empty(), Optional.empty()),
                  new ServerConfig.Tls(
                      Path.of("/home/somebody/.localhsm/tls"),
                      ServerConfig.TlsEngine.AUTO,
                      List.of()),
                  new ServerConfig.Crypto(ServerConfig.CryptoEngine.AUTO),
                  new ServerConfig.Authority(true, false, Optional.empty()),
                  new ServerConfig.Tokens(List.of()),
                  new ServerConfig.Lab(true),
                  new ServerConfig.Attestation(List.of()),
                  Optional.empty()));
    }

    @Test
    void giveAResourceId() {
      assertThat(ServerConfig.defaults(HOME).hsm().resourceId())
          .isEqualTo(
              "/subscriptions/07d92153-c674-4b91-9a9c-1603a117bb97/resourceGroups/localhsm"
                  + "/providers/Microsoft.KeyVault/managedHSMs/hsm1");
    }

    @Test
    void keepThePlatformKeyBesideTheData() {
      Path folder = Path.of("/data");

      assertThat(new ServerConfig.Data(Optional.empty(), Optional.empty()).platformKey()).isEmpty();
      assertThat(new ServerConfig.Data(Optional.of(folder), Optional.empty()).platformKey())
          .contains(folder.resolve("platform.key"));
    }
  }

  @Nested
  class EverySetting {
    @TempDir Path folder;

    @Test
    void hasTheKeyOfItsComponent() {
      assertThat(keys("", ServerConfig.class))
          .containsExactlyElementsOf(Arrays.stream(Setting.values()).map(Setting::key).toList());
    }

    @Test
    void hasAVariableOfItsOwn() {
      assertThat(Arrays.stream(Setting.values()).map(Setting::variable))
          .doesNotHaveDuplicates()
          .allMatch(name -> name.startsWith("LOCALHSM_"));
    }

    @ParameterizedTest
    @EnumSource
    void changesNothingButItself(Setting setting) {
      ServerConfig defaults = ServerConfig.defaults(HOME);
      ServerConfig changed =
          read(Optional.empty(), Map.of(setting.variable(), OTHER.get(setting)), Map.of());

      assertThat(differences("", defaults, changed)).containsExactly(setting.key());
    }

    @Test
    void canBeSetInTheFile() throws IOException {
      Path file =
          Files.writeString(
              folder.resolve("all.yaml"),
              """
              hsm:
                name: Other-Hsm
                tenant: 11111111-2222-4333-8444-555555555555
                region: norwayeast
                subscription: 66666666-7777-4888-8999-aaaaaaaaaaaa
                resource-group: group_(1).x
                soft-delete-retention-days: 7
                purge-protection: true
              listen:
                port: 8443
                addresses: [0.0.0.0, "::"]
              data:
                folder: /data
                platform-key-file: /keys/platform
              tls:
                folder: ~/tls
                engine: jdk
                names:
                  - Hsm.Example
                  - 10.0.0.1
                  - fd00::1
              crypto:
                engine: bouncycastle
              authority:
                enabled: false
                expose-key: true
                client-secret: open sesame
              tokens:
                audiences: [https://one.example, api://two]
              lab:
                enabled: false
              attestation:
                issuers:
                  - issuer: https://one.example
                  - {issuer: https://two.example/a, jwks: ~/two keys.json}
              ready-file: /run/ready.json
              """);

      assertThat(read(Optional.of(file), Map.of(), Map.of())).isEqualTo(otherConfig());
    }

    @Test
    void canBeSetInTheEnvironment() throws IOException {
      Map<String, String> environment = new HashMap<>(Map.of("PATH", "/bin"));
      OTHER.forEach((setting, text) -> environment.put(setting.variable(), text));

      assertThat(read(Optional.empty(), environment, Map.of())).isEqualTo(otherConfig());
    }

    @Test
    void withAFlagCanBeSetByIt() {
      Map<String, String> flags = new HashMap<>();
      List<String> keys = new ArrayList<>();
      for (Setting setting : Setting.values()) {
        if (!setting.flag().isEmpty()) {
          flags.put(setting.flag(), OTHER.get(setting));
          keys.add(setting.key());
        }
      }

      assertThat(flags)
          .containsOnlyKeys("--name", "--port", "--data", "--ready-file", "--expose-authority-key");
      assertThat(
              differences("", ServerConfig.defaults(HOME), read(Optional.empty(), Map.of(), flags)))
          .containsExactlyElementsOf(keys);
    }

    private static List<String> keys(String prefix, Class<?> type) {
      return Arrays.stream(type.getRecordComponents())
          .flatMap(
              c ->
                  isGroup(c)
                      ? keys(prefix + key(c) + ".", c.getType()).stream()
                      : Stream.of(prefix + key(c)))
          .toList();
    }

    private static List<String> differences(String prefix, Object one, Object other) {
      return Arrays.stream(one.getClass().getRecordComponents())
          .filter(c -> !value(c, one).equals(value(c, other)))
          .flatMap(
              c ->
                  isGroup(c)
                      ? differences(prefix + key(c) + ".", value(c, one), value(c, other)).stream()
                      : Stream.of(prefix + key(c)))
          .toList();
    }

    private static boolean isGroup(RecordComponent component) {
      return component.getType().getEnclosingClass() == ServerConfig.class
          && component.getType().isRecord();
    }

    private static String key(RecordComponent component) {
      return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static Object value(RecordComponent component, Object of) {
      try {
        return component.getAccessor().invoke(of);
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(e.getMessage(), e);
      }
    }
  }

  @Nested
  class Precedence {
    @TempDir Path folder;

    @Test
    void isFlagThenEnvironmentThenFileThenDefault() throws IOException {
      Optional<Path> file =
          Optional.of(
              Files.writeString(
                  folder.resolve("c.yaml"), "hsm:\n  name: from-file\nlisten:\n  port: 1\n"));
      Map<String, String> environment = Map.of("LOCALHSM_PORT", "2", "LOCALHSM_NAME", "from-env");

      ServerConfig config = read(file, environment, Map.of("--port", "3"));

      assertThat(config.listen().port()).isEqualTo(3);
      assertThat(config.hsm().name()).isEqualTo("from-env");
      assertThat(read(file, Map.of(), Map.of()).hsm().name()).isEqualTo("from-file");
      assertThat(config.hsm().region()).isEqualTo("westeurope");
    }

    @Test
    void passesOverAnEmptyVariable() {
      assertThat(read(Optional.empty(), Map.of("LOCALHSM_PORT", "  "), Map.of()).listen().port())
          .isEqualTo(9443);
    }
  }

  @Nested
  class AFile {
    @TempDir Path folder;

    private List<String> problems(String yaml) throws IOException {
      Path file = Files.writeString(folder.resolve("c.yaml"), yaml);
      return problemsOf(Optional.of(file), Map.of(), Map.of()).stream()
          .map(line -> line.replace(file.toString(), "c.yaml"))
          .toList();
    }

    private ServerConfig config(String yaml) throws IOException {
      Path file = Files.writeString(folder.resolve("c.yaml"), yaml);
      return read(Optional.of(file), Map.of(), Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "---\n", "tls:\n", "tls: {}\n", "{}"})
    void mayBeEmpty(String yaml) throws IOException {
      assertThat(config(yaml)).isEqualTo(ServerConfig.defaults(HOME));
    }

    @Test
    void tellsAllItsProblemsTogether() throws IOException {
      assertThat(
              problems(
                  """
                  hsm:
                    name: a--b
                    nmae: hsm2
                    region: true
                  listen:
                    port: "9443"
                    addresses: localhost
                  listen:
                    port: 1
                  colour: {of: [the, sky]}
                  data: /data
                  tls:
                    names: [ok.example, {a: b}, 7]
                    engine:
                  crypto:
                    engine: quantum
                    engine: auto
                  """))
          .containsExactlyInAnyOrder(
              "c.yaml:2: hsm.name must be 3 to 24 of the characters 0-9, a-z, A-Z and '-', "
                  + "with no two '-' in a row",
              "c.yaml:3: hsm.nmae is no known key",
              "c.yaml:4: hsm.region must be a text, in quotes if it looks like something else",
              "c.yaml:6: listen.port must be a number",
              "c.yaml:7: listen.addresses must be a list of texts",
              "c.yaml:9: listen is given twice",
              "c.yaml:10: colour is no known key",
              "c.yaml:11: data must be a group of keys",
              "c.yaml:13: tls.names must be a list of texts",
              "c.yaml:14: tls.engine must be a text, in quotes if it looks like something else",
              "c.yaml:16: crypto.engine must be one of auto, bouncycastle",
              "c.yaml:17: crypto.engine is given twice");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "[1, 2]                     | c.yaml:1: must hold keys and values",
          "text                       | c.yaml:1: must hold keys and values",
          "'hsm: {'                   | c.yaml:1: is not YAML from here on",
          "'hsm: [}'                  | c.yaml:1: is not YAML from here on",
          "'listen: {port: 70000}'    | c.yaml:1: listen.port must be a whole number from 0 to 65535",
          "'listen: {port: -1}'       | c.yaml:1: listen.port must be a whole number from 0 to 65535",
          "'listen: {port: 99999999999999999999}' | c.yaml:1: listen.port must be a whole number from 0 to 65535",
          "'listen: {port: 1.5}'      | c.yaml:1: listen.port must be a number",
          "'listen: {addresses: []}'  | c.yaml:1: listen.addresses must name at least one",
          "'listen: {addresses: [localhost]}' | c.yaml:1: listen.addresses must be an IPv4 or IPv6 address",
          "'listen: {addresses: [1.2.3]}' | c.yaml:1: listen.addresses must be an IPv4 or IPv6 address",
          "'hsm: {tenant: common}'    | c.yaml:1: hsm.tenant must be a GUID",
          "'ready-file: \"\"'         | c.yaml:1: ready-file must name a file or folder",
          "'tls: {names: [\"https://x\"]}' | c.yaml:1: tls.names must be an IPv4 or IPv6 address",
          "'tls: {names: [\"*.x\"]}'  | c.yaml:1: tls.names must be a host name or an address, without scheme and port",
          "'hsm: {soft-delete-retention-days: 6}'  | c.yaml:1: hsm.soft-delete-retention-days must be a whole number from 7 to 90",
          "'hsm: {soft-delete-retention-days: 91}' | c.yaml:1: hsm.soft-delete-retention-days must be a whole number from 7 to 90",
          "'hsm: {soft-delete-retention-days: -7}' | c.yaml:1: hsm.soft-delete-retention-days must be a whole number from 7 to 90",
          "'hsm: {soft-delete-retention-days: 7.5}' | c.yaml:1: hsm.soft-delete-retention-days must be a number",
          "'hsm: {purge-protection: \"on\"}' | c.yaml:1: hsm.purge-protection must be true or false",
          "'lab: true'                | c.yaml:1: lab must be a group of keys",
          "'attestation: {issuers: [https://a.example]}' | c.yaml:1: attestation.issuers must be a list of issuers, each with issuer and, where its keys are in a file, jwks",
          "'attestation: {issuers: {issuer: https://a.example}}' | c.yaml:1: attestation.issuers must be a list of issuers, each with issuer and, where its keys are in a file, jwks",
          "'attestation: {issuers: [{jwks: a}]}' | c.yaml:1: attestation.issuers must be a list of issuers, each with issuer and, where its keys are in a file, jwks",
          "'attestation: {issuers: [{issuer: https://a.example, key: a}]}' | c.yaml:1: attestation.issuers must be a list of issuers, each with issuer and, where its keys are in a file, jwks",
          "'attestation: {issuers: [{issuer: https://a.example, jwks: [a]}]}' | c.yaml:1: attestation.issuers must be a list of issuers, each with issuer and, where its keys are in a file, jwks",
          "'attestation: {issuers: [{issuer: https://a.example, issuer: https://b.example}]}' | c.yaml:1: attestation.issuers must be a list of issuers, each with issuer and, where its keys are in a file, jwks",
          "'attestation: {issuers: [{issuer: http://a.example}]}' | c.yaml:1: attestation.issuers must name issuers by https URLs without query",
          "'attestation: {issuers: [{issuer: https://a.example, jwks: \"\"}]}' | c.yaml:1: attestation.issuers must name a file or folder",
          "'authority: {enabled: maybe}' | c.yaml:1: authority.enabled must be true or false",
        })
    void isRefused(String yaml, String problem) throws IOException {
      assertThat(problems(yaml)).last().asString().isEqualTo(problem);
    }

    @Test
    void mayNotBeTwoDocuments() throws IOException {
      assertThat(problems("hsm: {name: one}\n---\nhsm: {name: two}\n"))
          .containsExactly("c.yaml:3: must be one document");
    }

    @Test
    void mayNotUseAliases() throws IOException {
      assertThat(problems("hsm: {name: &n abc, region: *n}"))
          .containsExactly(
              "c.yaml:1: hsm.region must be a text, in quotes if it looks like something else");
      assertThat(problems("hsm: &h {name: abc}\ntls: *h\n"))
          .containsExactly("c.yaml:2: tls must be a group of keys");
    }

    @Test
    void mayNotBeHuge() throws IOException {
      assertThat(problems("#".repeat((1 << 20) + 1)))
          .containsExactly("c.yaml: is larger than a configuration can be (1 MiB)");
    }

    @Test
    void mayNotBeNestedDeeply() throws IOException {
      assertThat(problems("a: " + "[".repeat(100_000))).isNotEmpty();
    }

    @Test
    void mustExist() {
      Path none = folder.resolve("none.yaml");

      assertThat(problemsOf(Optional.of(none), Map.of(), Map.of()))
          .containsExactly(none + ": cannot be read (NoSuchFileException)");
    }

    @Test
    void thatHoldsASecretDoesNotLeakIt() throws IOException {
      assertThat(problems("authority: {client-secret: [hush-hush]}").toString())
          .doesNotContain("hush");
      assertThat(problems("authority: {client-secret: 'hush-hush\n").toString())
          .doesNotContain("hush");
      assertThat(problems("authority: {client-secret: hush}").toString()).doesNotContain("hush");
      assertThat(config("authority: {client-secret: hush-hush}").toString()).doesNotContain("hush");
    }

    @Test
    void withARetiredKeyIsToldWhatToWriteInstead() throws IOException {
      Path file = Files.writeString(folder.resolve("c.yaml"), "old: 1\n");
      List<String> problems = new ArrayList<>();

      assertThat(YamlSettings.read(file, problems, Map.of("old", "write new"))).isEmpty();
      assertThat(problems).containsExactly(file + ":1: old is no longer used: write new");
    }
  }

  @Nested
  class Problems {

    @Test
    void ofAllSourcesAreToldTogether(@TempDir Path folder) throws IOException {
      Path file = Files.writeString(folder.resolve("c.yaml"), "x: 1\n");

      assertThat(
              problemsOf(
                  Optional.of(file),
                  Map.of("LOCALHSM_AUTHORITY", "yes", "LOCALHSM_ADDRESSES", ","),
                  Map.of("--port", "http", "--name", "")))
          .containsExactly(
              file + ":1: x is no known key",
              "--name: hsm.name must be 3 to 24 of the characters 0-9, a-z, A-Z and '-', "
                  + "with no two '-' in a row",
              "--port: listen.port must be a whole number from 0 to 65535",
              "LOCALHSM_ADDRESSES: listen.addresses must name at least one",
              "LOCALHSM_AUTHORITY: authority.enabled must be true or false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "a_b", "a--b", "abcdefghijklmnopqrstuvwxy", "hsm.1", "ä-b"})
    void includeANameNoHsmCanHave(String name) {
      assertThat(problemsOf(Optional.empty(), Map.of(), Map.of("--name", name))).hasSize(1);
      assertThatThrownBy(
              () ->
                  new ServerConfig.Hsm(
                      name,
                      SeededIdentities.TENANT,
                      "westeurope",
                      UUID.randomUUID(),
                      "group",
                      Optional.empty(),
                      Optional.empty()))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void neverShowTheSecret() {
      assertThat(problemsOf(Optional.empty(), Map.of("LOCALHSM_CLIENT_SECRET", "hush"), Map.of()))
          .containsExactly(
              "LOCALHSM_CLIENT_SECRET: authority.client-secret must have at least 8 characters");
      assertThat(
              new ConfigSources(
                      HOME, Optional.empty(), Map.of("LOCALHSM_CLIENT_SECRET", "hush"), Map.of())
                  .toString())
          .doesNotContain("hush");
    }
  }
}
