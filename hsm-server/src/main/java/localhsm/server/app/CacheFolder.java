package localhsm.server.app;

import java.nio.file.Path;

/** Where things lie that can be made again: {@code $XDG_CACHE_HOME/localhsm}. */
final class CacheFolder {
  private CacheFolder() {}

  /** Native libraries, unpacked once. */
  static Path natives() {
    String cache = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
    String home = System.getenv().getOrDefault("HOME", "");
    Path base =
        cache.isBlank()
            ? Path.of(home.isBlank() ? System.getProperty("user.home", "") : home, ".cache")
            : Path.of(cache);
    return base.toAbsolutePath().resolve("localhsm").resolve("native");
  }
}
