package localhsm.server.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where settings come from; later ones win.
 *
 * @param home the user's home folder, for defaults and for {@code ~/}
 * @param file the YAML file
 * @param environment all variables; those of other programs are left alone, and so are unknown ones
 *     with our prefix, because container platforms invent such variables
 * @param flags by name, such as {@code --port}
 */
public record ConfigSources(
    Path home, Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {

  /** Keeps its own copies. */
  public ConfigSources {
    environment = Map.copyOf(environment);
    flags = Map.copyOf(flags);
  }

  /** Tells no values: some are secret. */
  @Override
  public String toString() {
    return "ConfigSources[file=" + file + ", flags=" + flags.keySet() + "]";
  }
}
