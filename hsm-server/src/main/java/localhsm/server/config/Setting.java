package localhsm.server.config;

import java.util.Optional;

/** Every key, with the environment variable that sets it and, for the usual ones, the flag. */
enum Setting {
  HSM_NAME("hsm.name", "LOCALHSM_NAME", Kind.TEXT, "--name"),
  HSM_TENANT("hsm.tenant", "LOCALHSM_TENANT", Kind.TEXT),
  HSM_REGION("hsm.region", "LOCALHSM_REGION", Kind.TEXT),
  HSM_SUBSCRIPTION("hsm.subscription", "LOCALHSM_SUBSCRIPTION", Kind.TEXT),
  HSM_RESOURCE_GROUP("hsm.resource-group", "LOCALHSM_RESOURCE_GROUP", Kind.TEXT),
  HSM_SOFT_DELETE_RETENTION_DAYS(
      "hsm.soft-delete-retention-days", "LOCALHSM_SOFT_DELETE_RETENTION_DAYS", Kind.NUMBER),
  HSM_PURGE_PROTECTION("hsm.purge-protection", "LOCALHSM_PURGE_PROTECTION", Kind.TRUTH),
  LISTEN_PORT("listen.port", "LOCALHSM_PORT", Kind.NUMBER, "--port"),
  LISTEN_ADDRESSES("listen.addresses", "LOCALHSM_ADDRESSES", Kind.LIST),
  DATA_FOLDER("data.folder", "LOCALHSM_DATA", Kind.TEXT, "--data"),
  DATA_PLATFORM_KEY_FILE("data.platform-key-file", "LOCALHSM_PLATFORM_KEY_FILE", Kind.TEXT),
  TLS_FOLDER("tls.folder", "LOCALHSM_TLS_FOLDER", Kind.TEXT),
  TLS_ENGINE("tls.engine", "LOCALHSM_TLS_ENGINE", Kind.TEXT),
  TLS_NAMES("tls.names", "LOCALHSM_TLS_NAMES", Kind.LIST),
  CRYPTO_ENGINE("crypto.engine", "LOCALHSM_CRYPTO_ENGINE", Kind.TEXT),
  AUTHORITY_ENABLED("authority.enabled", "LOCALHSM_AUTHORITY", Kind.TRUTH),
  AUTHORITY_EXPOSE_KEY(
      "authority.expose-key",
      "LOCALHSM_EXPOSE_AUTHORITY_KEY",
      Kind.TRUTH,
      "--expose-authority-key"),
  AUTHORITY_CLIENT_SECRET("authority.client-secret", "LOCALHSM_CLIENT_SECRET", Kind.TEXT),
  TOKENS_AUDIENCES("tokens.audiences", "LOCALHSM_AUDIENCES", Kind.LIST),
  LAB_ENABLED("lab.enabled", "LOCALHSM_LAB", Kind.TRUTH),
  ATTESTATION_ISSUERS("attestation.issuers", "LOCALHSM_ATTESTATION_ISSUERS", Kind.ISSUERS),
  READY_FILE("ready-file", "LOCALHSM_READY_FILE", Kind.TEXT, "--ready-file");

  /** How a value is written in a file. */
  enum Kind {
    TEXT("a text, in quotes if it looks like something else"),
    NUMBER("a number"),
    TRUTH("true or false"),
    LIST("a list of texts"),
    ISSUERS("a list of issuers, each with issuer and, where its keys are in a file, jwks");

    private final String form;

    Kind(String form) {
      this.form = form;
    }

    String form() {
      return form;
    }

    /** Whether there may be more than one value. */
    boolean plural() {
      return this == LIST || this == ISSUERS;
    }
  }

  private final String key;
  private final String variable;
  private final Kind kind;
  private final String flag;

  Setting(String key, String variable, Kind kind) {
    this(key, variable, kind, "");
  }

  Setting(String key, String variable, Kind kind, String flag) {
    this.key = key;
    this.variable = variable;
    this.kind = kind;
    this.flag = flag;
  }

  static Optional<Setting> ofKey(String key) {
    for (Setting setting : values()) {
      if (setting.key.equals(key)) {
        return Optional.of(setting);
      }
    }
    return Optional.empty();
  }

  /** Whether the key is a group of settings. */
  static boolean isGroup(String key) {
    for (Setting setting : values()) {
      if (setting.key.startsWith(key + ".")) {
        return true;
      }
    }
    return false;
  }

  String key() {
    return key;
  }

  String variable() {
    return variable;
  }

  Kind kind() {
    return kind;
  }

  /** The flag; empty for a setting that has none. */
  String flag() {
    return flag;
  }
}
