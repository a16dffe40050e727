package localhsm.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.Security;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformKeyTest {
  private static final String DIGITS =
      "00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF";

  private final SecureRandom random = new SecureRandom();
  private final Sealing sealing = new Sealing(Security.getProvider("SunJCE"), random);
  private final InstanceId instance = InstanceId.random(random);
  private final SecurityDomain domain = SecurityDomain.random(random);

  @Nested
  @DisplayName("A wrapped security domain")
  class Wrapped {
    private final PlatformKey key = PlatformKey.random(random);
    private final byte[] wrapped = key.wrap(domain, instance, sealing);

    @Test
    void opensWithItsKey() {
      assertThat(key.unwrap(wrapped, instance, sealing))
          .hasValueSatisfying(
              opened ->
                  assertThat(opened.storageKey(instance)).isEqualTo(domain.storageKey(instance)));
    }

    @Test
    void tellsAnotherKeyFromDamage() {
      assertThatThrownBy(() -> PlatformKey.random(random).unwrap(wrapped, instance, sealing))
          .isInstanceOf(CannotUnsealException.class);
      byte[] damaged = wrapped.clone();
      damaged[wrapped.length - 1] ^= 1;
      assertThat(key.unwrap(damaged, instance, sealing)).isEmpty();
    }

    @Test
    void isBoundToItsInstance() {
      assertThat(key.unwrap(wrapped, InstanceId.random(random), sealing)).isEmpty();
    }

    @Test
    void isRefusedWhenEmpty() {
      assertThatThrownBy(() -> key.unwrap(new byte[0], instance, sealing))
          .isInstanceOf(CannotUnsealException.class);
    }
  }

  @Nested
  @DisplayName("A key file")
  class File {
    @TempDir private Path folder;

    private Path written(String text) throws IOException {
      return Files.writeString(folder.resolve("platform.key"), text);
    }

    @Test
    void isReadBackAsTheKeyThatWasCreated() {
      Path file = folder.resolve("platform.key");
      byte[] wrapped = PlatformKey.create(file, random).wrap(domain, instance, sealing);
      assertThat(PlatformKey.read(file).unwrap(wrapped, instance, sealing)).isPresent();
    }

    @Test
    void isItsOwnersAlone() throws IOException {
      Path file = folder.resolve("platform.key");
      PlatformKey.create(file, random).close();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(folder).isDirectoryNotContaining(path -> path.toString().endsWith(".new"));
    }

    @Test
    void isNeverReplaced() throws IOException {
      Path file = written(DIGITS);
      assertThatThrownBy(() -> PlatformKey.create(file, random))
          .isInstanceOf(CannotUnsealException.class);
      assertThat(file).hasContent(DIGITS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n"})
    void mayEndItsLine(String end) throws IOException {
      byte[] wrapped = PlatformKey.read(written(DIGITS)).wrap(domain, instance, sealing);
      PlatformKey key = PlatformKey.read(written(DIGITS + end));
      assertThat(key.unwrap(wrapped, instance, sealing)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "00112233",
          "g0112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
          "\u00e90112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
          DIGITS + "00",
          DIGITS + DIGITS
        })
    void isRefusedWithoutBeingQuoted(String text) throws IOException {
      Path file = written(text);
      assertThatThrownBy(() -> PlatformKey.read(file))
          .isInstanceOf(CannotUnsealException.class)
          .hasMessageContaining("platform.key")
          .hasMessageNotContaining("00112233")
          .hasNoCause();
    }

    @Test
    void isMissedByName() {
      assertThatThrownBy(() -> PlatformKey.read(folder.resolve("absent.key")))
          .isInstanceOf(CannotUnsealException.class)
          .hasMessageContaining("absent.key");
    }
  }

  @Test
  void refusesAKeyOfAnotherLength() {
    assertThatThrownBy(() -> PlatformKey.of(SecretBytes.random(31, random)))
        .isInstanceOf(CannotUnsealException.class);
  }
}
