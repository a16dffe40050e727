package localhsm.server.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import localhsm.id.TenantId;

/** Makes a {@link ServerConfig} of what the sources say, or tells all that is wrong with them. */
public final class ConfigReader {
  private final Path home;
  private final Map<Setting, Given> given = new EnumMap<>(Setting.class);
  private final List<String> problems = new ArrayList<>();

  private ConfigReader(Path home) {
    this.home = home;
  }

  /**
   * Reads all sources.
   *
   * @throws ConfigException with every problem found
   */
  public static ServerConfig read(ConfigSources sources) {
    ConfigReader reader = new ConfigReader(sources.home());
    sources.file().ifPresent(file -> reader.given.putAll(YamlSettings.read(file, reader.problems)));
    for (Setting setting : Setting.values()) {
      reader.take(setting, setting.variable(), sources.environment(), false);
      reader.take(setting, setting.flag(), sources.flags(), true);
    }
    ServerConfig config = reader.config(ServerConfig.defaults(sources.home()));
    if (!reader.problems.isEmpty()) {
      throw new ConfigException(reader.problems);
    }
    return config;
  }

  /** An empty variable counts as none, as in shells; an empty flag is a mistake to report. */
  private void take(Setting setting, String name, Map<String, String> source, boolean emptyCounts) {
    String text = source.get(name);
    if (text != null && (emptyCounts || !text.isBlank())) {
      given.put(setting, Given.plain(setting, name, text));
    }
  }

  private ServerConfig config(ServerConfig defaults) {
    return new ServerConfig(
        hsm(defaults.hsm()),
        new ServerConfig.Listen(
            one(Setting.LISTEN_PORT, Checks::port, defaults.listen().port()),
            many(Setting.LISTEN_ADDRESSES, Checks::address, defaults.listen().addresses())),
        new ServerConfig.Data(
            optional(Setting.DATA_FOLDER, this::path),
            optional(Setting.DATA_PLATFORM_KEY_FILE, this::path)),
        tls(defaults.tls()),
        new ServerConfig.Crypto(
            choice(
                Setting.CRYPTO_ENGINE,
                ServerConfig.CryptoEngine.class,
                defaults.crypto().engine())),
        authority(defaults.authority()),
        new ServerConfig.Tokens(
            many(Setting.TOKENS_AUDIENCES, Checks::audience, defaults.tokens().audiences())),
        new ServerConfig.Lab(one(Setting.LAB_ENABLED, Checks::truth, defaults.lab().enabled())),
        new ServerConfig.Attestation(
            many(Setting.ATTESTATION_ISSUERS, this::issuer, defaults.attestation().issuers())),
        optional(Setting.READY_FILE, this::path));
  }

  private ServerConfig.Hsm hsm(ServerConfig.Hsm defaults) {
    return new ServerConfig.Hsm(
        one(Setting.HSM_NAME, Checks::hsmName, defaults.name()),
        one(Setting.HSM_TENANT, text -> new TenantId(Checks.guid(text)), defaults.tenant()),
        one(Setting.HSM_REGION, Checks::region, defaults.region()),
        one(Setting.HSM_SUBSCRIPTION, Checks::guid, defaults.subscription()),
        one(Setting.HSM_RESOURCE_GROUP, Checks::resourceGroup, defaults.resourceGroup()),
        optional(Setting.HSM_SOFT_DELETE_RETENTION_DAYS, Checks::retentionDays),
        optional(Setting.HSM_PURGE_PROTECTION, Checks::truth));
  }

  private ServerConfig.Tls tls(ServerConfig.Tls defaults) {
    return new ServerConfig.Tls(
        one(Setting.TLS_FOLDER, this::path, defaults.folder()),
        choice(Setting.TLS_ENGINE, ServerConfig.TlsEngine.class, defaults.engine()),
        many(Setting.TLS_NAMES, Checks::servedName, defaults.names()));
  }

  private ServerConfig.Authority authority(ServerConfig.Authority defaults) {
    return new ServerConfig.Authority(
        one(Setting.AUTHORITY_ENABLED, Checks::truth, defaults.enabled()),
        one(Setting.AUTHORITY_EXPOSE_KEY, Checks::truth, defaults.exposeKey()),
        optional(Setting.AUTHORITY_CLIENT_SECRET, Checks::secret));
  }

  private Path path(String text) {
    return Checks.path(text, home);
  }

  /** A URL and, after a space, the file of the issuer's keys. */
  private ServerConfig.Issuer issuer(String text) {
    int space = text.indexOf(' ');
    return space < 0
        ? new ServerConfig.Issuer(text, Optional.empty())
        : new ServerConfig.Issuer(
            text.substring(0, space), Optional.of(path(text.substring(space + 1).strip())));
  }

  private <T> T one(Setting setting, Function<String, T> parse, T otherwise) {
    return optional(setting, parse).orElse(otherwise);
  }

  private <E extends Enum<E>> E choice(Setting setting, Class<E> type, E otherwise) {
    return one(setting, text -> Checks.choice(type, text), otherwise);
  }

  private <T> Optional<T> optional(Setting setting, Function<String, T> parse) {
    return many(setting, parse, List.of()).stream().findFirst();
  }

  private <T> List<T> many(Setting setting, Function<String, T> parse, List<T> otherwise) {
    Given value = given.get(setting);
    if (value == null) {
      return otherwise;
    }
    List<T> parsed = new ArrayList<>();
    try {
      value.texts().forEach(text -> parsed.add(parse.apply(text)));
      if (parsed.isEmpty() && !otherwise.isEmpty()) {
        throw new IllegalArgumentException("must name at least one");
      }
      return parsed;
    } catch (IllegalArgumentException e) {
      problems.add("%s: %s %s".formatted(value.origin(), setting.key(), e.getMessage()));
      return otherwise;
    }
  }
}
