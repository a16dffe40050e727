package localhsm.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

class NativeLibraryTest {
  @TempDir private Path temporary;

  private Path unpacked() throws IOException {
    return NativeLibrary.unpacked(temporary.resolve("cache"))
        .resolve(LibraryLoaderUtil.getNativeLibName());
  }

  @Test
  void isUnpackedOnceForItsOwnerAlone() throws IOException {
    Path library = unpacked();
    FileTime long_ago = FileTime.fromMillis(0);
    Files.setLastModifiedTime(library, long_ago);
    assertThat(unpacked()).isEqualTo(library);
    assertThat(Files.getLastModifiedTime(library)).isEqualTo(long_ago);
    assertThat(library.toString()).contains(SQLiteJDBCLoader.getVersion());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(library)))
        .isEqualTo("rw-------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(library.resolveSibling("."))))
        .isEqualTo("rwx------");
  }

  @Test
  void replacesAForeignFile() throws IOException {
    Path library = unpacked();
    byte[] own = Files.readAllBytes(library);
    byte[] foreign = own.clone();
    foreign[5000] ^= 1;
    Files.write(library, foreign);
    assertThat(unpacked()).hasBinaryContent(own);
  }

  @Test
  void replacesALinkAndLeavesItsTarget() throws IOException {
    Path library = unpacked();
    byte[] own = Files.readAllBytes(library);
    Path target = Files.write(temporary.resolve("target"), own);
    Files.delete(library);
    Files.createSymbolicLink(library, target);
    assertThat(Files.isSymbolicLink(unpacked())).isFalse();
    assertThat(target).hasBinaryContent(own);
  }

  @Test
  void needsAFolder() throws IOException {
    Files.createFile(temporary.resolve("cache"));
    assertThatThrownBy(this::unpacked).isInstanceOf(IOException.class);
  }
}
