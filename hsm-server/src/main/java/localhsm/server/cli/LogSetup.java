package localhsm.server.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.logging.LogManager;

/**
 * Logging without a file: one line an entry, to stderr. Levels are {@code error}, {@code warning}
 * (the default), {@code info}, {@code debug} and {@code trace} in {@code LOCALHSM_LOG}. The log
 * manager makes an instance when the first logger is asked for, so a command that logs nothing pays
 * nothing.
 */
public final class LogSetup {
  private static final String CLASS_PROPERTY = "java.util.logging.config.class";
  private static final String FILE_PROPERTY = "java.util.logging.config.file";

  /** Called by the log manager. */
  public LogSetup() throws IOException {
    String settings =
        """
        handlers=java.util.logging.ConsoleHandler
        .level=%s
        java.util.logging.ConsoleHandler.level=ALL
        java.util.logging.SimpleFormatter.format=%%1$tFT%%1$tT.%%1$tL %%4$s %%3$s: %%5$s%%6$s%%n
        """
            .formatted(level(System.getenv("LOCALHSM_LOG")));
    LogManager.getLogManager()
        .readConfiguration(new ByteArrayInputStream(settings.getBytes(StandardCharsets.UTF_8)));
  }

  /** Makes the log manager use this class, unless the user has chosen otherwise. */
  static void install() {
    if (System.getProperty(FILE_PROPERTY) == null && System.getProperty(CLASS_PROPERTY) == null) {
      System.setProperty(CLASS_PROPERTY, LogSetup.class.getName());
    }
  }

  static String level(@org.jspecify.annotations.Nullable String name) {
    return switch (name == null ? "" : name.toLowerCase(Locale.ROOT)) {
      case "error" -> "SEVERE";
      case "info" -> "INFO";
      case "debug" -> "FINE";
      case "trace" -> "ALL";
      default -> "WARNING";
    };
  }
}
