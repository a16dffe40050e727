package localhsm.server.config;

import java.util.List;

/** The configuration cannot be used: every reason, one line each. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  /** All problems together. */
  public ConfigException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** One line each, without values that may be secret. */
  @SuppressWarnings("serial") // List.copyOf is serializable
  public List<String> problems() {
    return problems;
  }
}
