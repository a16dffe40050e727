package localhsm.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import localhsm.crypto.Providers;
import localhsm.id.KeyName;
import localhsm.secret.SecretBytes;
import localhsm.server.config.ServerConfig;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("DP-4 What lies on disk")
class DiskScanTest {
  private static final int WINDOW = 16;
  private static final String RSA = "name-of-the-rsa-key-nobody-may-read";
  private static final String EC = "name-of-the-curve-key-nobody-may-read";
  private static final String TAGS = "{\"tag-name-nobody-may-read\":\"tag-value-nobody-may-read\"}";

  @TempDir private Path folder;

  @Test
  void isUnreadable() throws IOException {
    ServerConfig config = TestHsm.kept(folder);
    Map<Path, String> running;
    Map<Path, String> stopped;
    Map<String, byte[]> secrets = new LinkedHashMap<>();
    try (TestHsm hsm = TestHsm.start(config, folder);
        Wire wire = hsm.connect()) {
      String token = hsm.token("admin");
      create(wire, token, RSA, "RSA");
      create(wire, token, EC, "EC");
      hsm.ready().identities().forEach((name, it) -> put(secrets, "secret of " + name, it));
      running = files();
      assertThat(running.keySet())
          .extracting(Path::toString)
          .contains("store.db", "store.db-wal", "platform.key");
    }
    stopped = files();
    addTheSealed(config, secrets);
    for (String name : List.of(RSA, EC)) {
      secrets.put(name, name.getBytes(StandardCharsets.US_ASCII));
    }
    secrets.put("tag name", "tag-name-nobody-may-read".getBytes(StandardCharsets.US_ASCII));
    secrets.put("tag value", "tag-value-nobody-may-read".getBytes(StandardCharsets.US_ASCII));

    secrets.forEach((name, secret) -> scan(running, name, secret));
    secrets.forEach((name, secret) -> scan(stopped, name, secret));
  }

  @Test
  void wouldBeFound() throws IOException {
    byte[] secret = SecretBytes.random(64, new SecureRandom()).expose();
    for (byte[] form : forms(Arrays.copyOfRange(secret, 8, 8 + WINDOW + 3))) {
      Map<Path, String> leak = Map.of(Path.of("x"), "..." + latin(form) + "...");
      assertThat(found(leak, secret)).isNotEmpty();
    }
  }

  @Test
  void belongsToItsOwnerAlone() throws IOException {
    try (TestHsm hsm = TestHsm.start(TestHsm.kept(folder), folder);
        Stream<Path> entries = Files.walk(folder.resolve("data"))) {
      assertThat(hsm.token("admin")).isNotEmpty();
      for (Path entry : entries.toList()) {
        String expected = Files.isDirectory(entry) ? "rwx------" : "rw-------";
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(entry)))
            .as(entry.toString())
            .isEqualTo(expected);
      }
    }
  }

  private static void create(Wire wire, String token, String name, String kty) {
    String target = "/keys/" + name + "/create?api-version=7.6";
    String body = "{\"kty\":\"" + kty + "\",\"tags\":" + TAGS + "}";
    assertThat(wire.as(token, "POST", target, body).status()).isEqualTo(200);
  }

  private static void put(Map<String, byte[]> secrets, String name, ReadyState.Identity identity) {
    byte[] text = identity.clientSecret().expose().clone();
    secrets.put(name, text);
    secrets.put(name + ", decoded", Base64.getUrlDecoder().decode(text));
  }

  /** What no client ever sees comes out of the store itself. */
  private void addTheSealed(ServerConfig config, Map<String, byte[]> secrets) {
    Providers providers = Providers.bouncyCastle(new SecureRandom());
    try (Storage storage = Storage.open(config.data(), providers, folder.resolve("natives"))) {
      SecretBytes signing = storage.kept().find("authority/signing-key").orElseThrow();
      secrets.put("signing key", secretPart(signing));
      for (String name : List.of(RSA, EC)) {
        try (SecretBytes key =
            storage.keys().find(new KeyName(name)).orElseThrow().latest().material().encoded()) {
          secrets.put("private part of " + name, secretPart(key));
        }
      }
    }
  }

  /** PKCS#8 begins with 36 bytes that all keys of a kind share, also with certificates. */
  private static byte[] secretPart(SecretBytes pkcs8) {
    return Arrays.copyOfRange(pkcs8.expose(), 36, pkcs8.length());
  }

  /** Relative name to content, one byte a character. */
  private Map<Path, String> files() throws IOException {
    Path data = folder.resolve("data");
    Map<Path, String> contents = new LinkedHashMap<>();
    try (Stream<Path> entries = Files.walk(data)) {
      for (Path file : entries.filter(Files::isRegularFile).toList()) {
        contents.put(data.relativize(file), latin(Files.readAllBytes(file)));
      }
    }
    return contents;
  }

  private static void scan(Map<Path, String> files, String name, byte[] secret) {
    assertThat(found(files, secret)).as(name).isEmpty();
    String text = latin(secret);
    for (String form : List.of(text.toLowerCase(Locale.ROOT), text.toUpperCase(Locale.ROOT))) {
      assertThat(files.keySet()).as(name).noneMatch(file -> file.toString().contains(form));
    }
  }

  private static List<Path> found(Map<Path, String> files, byte[] secret) {
    List<String> windows = new ArrayList<>();
    for (int start = 0; start + WINDOW <= secret.length; start++) {
      for (byte[] form : forms(Arrays.copyOfRange(secret, start, start + WINDOW))) {
        windows.add(latin(form));
      }
    }
    return files.entrySet().stream()
        .filter(file -> windows.stream().anyMatch(file.getValue()::contains))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Raw, hexadecimal, and base64 without the characters that depend on the neighbours. */
  private static List<byte[]> forms(byte[] window) {
    List<byte[]> forms = new ArrayList<>();
    forms.add(window);
    forms.add(HexFormat.of().formatHex(window).getBytes(StandardCharsets.US_ASCII));
    forms.add(HexFormat.of().withUpperCase().formatHex(window).getBytes(StandardCharsets.US_ASCII));
    int whole = window.length / 3 * 3;
    forms.add(Base64.getEncoder().encode(Arrays.copyOf(window, whole)));
    forms.add(Base64.getUrlEncoder().encode(Arrays.copyOf(window, whole)));
    return forms;
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
