package localhsm.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32;
import localhsm.secret.PrivateFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite's native library, unpacked once into a cache and reused by later starts: unpacking anew
 * costs a fifth of a second. What lies in the cache is compared with the jar's, byte by byte, and
 * replaced when it differs.
 */
final class NativeLibrary {
  private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);
  private static final String LIBRARY_FOLDER = "org.sqlite.lib.path";
  private static final String UNPACK_FOLDER = "org.sqlite.tmpdir";

  private NativeLibrary() {}

  /** Tells sqlite-jdbc where its library is, unless this was told before. */
  static synchronized void prepare(Path cache) {
    if (System.getProperty(LIBRARY_FOLDER) != null || System.getProperty(UNPACK_FOLDER) != null) {
      return;
    }
    try {
      System.setProperty(LIBRARY_FOLDER, unpacked(cache).toString());
    } catch (IOException e) {
      LOG.info("The cache folder {} cannot be used ({})", cache, e.toString());
      unpackPrivately();
    }
  }

  /** The folder of the verified library. */
  static Path unpacked(Path cache) throws IOException {
    byte[] library = packed();
    CRC32 checksum = new CRC32();
    checksum.update(library);
    Path folder =
        cache.resolve(
            String.format(
                Locale.ROOT, "sqlite-%s-%08x", SQLiteJDBCLoader.getVersion(), checksum.getValue()));
    PrivateFiles.createFolders(folder);
    // fails for a folder of somebody else, who could exchange the file after it was compared
    PrivateFiles.restrictFolder(folder);
    Path file = folder.resolve(LibraryLoaderUtil.getNativeLibName());
    if (!holds(file, library)) {
      PrivateFiles.write(file, library);
    }
    return folder.toAbsolutePath();
  }

  private static boolean holds(Path file, byte[] library) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && Files.size(file) == library.length
        && Arrays.equals(Files.readAllBytes(file), library);
  }

  private static byte[] packed() throws IOException {
    String name =
        LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName();
    try (InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new NoSuchFileException(name);
      }
      return in.readAllBytes();
    }
  }

  /** Leaves it to sqlite-jdbc, which must not meet other users' files. */
  private static void unpackPrivately() {
    try {
      Path folder = Files.createTempDirectory("localhsm-sqlite-");
      folder.toFile().deleteOnExit();
      System.setProperty(UNPACK_FOLDER, folder.toString());
    } catch (IOException e) {
      LOG.info("No private temporary folder ({})", e.toString());
    }
  }
}
