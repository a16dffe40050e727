package localhsm.server.keys;

import static localhsm.server.keys.ReleaseApi.bytes;
import static localhsm.server.keys.ReleaseApi.json;
import static localhsm.server.keys.ReleaseApi.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import localhsm.crypto.Curve;
import localhsm.crypto.KeyParameters;
import localhsm.keys.FoundKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttestationHandlerTest {
  private static final String V = "?api-version=7.6";
  private static final int SIGNATURE = 256;

  @TempDir Path folder;
  private ReleaseApi api;

  @BeforeEach
  void open() {
    api = new ReleaseApi(folder);
  }

  private Map<String, Object> attestation(String path) {
    return object(api.get(path + "/attestation" + V), "attributes", "attestation");
  }

  private static byte[] statement(byte[] blob) {
    return Arrays.copyOf(blob, blob.length - SIGNATURE);
  }

  private static byte[] signature(byte[] blob) {
    return Arrays.copyOfRange(blob, blob.length - SIGNATURE, blob.length);
  }

  /** A statement, after the JDK has checked chain and signature. */
  private Map<String, Object> checked(Map<String, Object> attestation, String member)
      throws Exception {
    List<Certificate> chain =
        new ArrayList<>(
            CertificateFactory.getInstance("X.509")
                .generateCertificates(
                    new ByteArrayInputStream(bytes(attestation, "certificatePemFile"))));
    X509Certificate signer = api.trusted(chain);
    byte[] blob = bytes(attestation, member);
    assertThat(ReleaseApi.signed(signer, statement(blob), signature(blob))).isTrue();
    return json(statement(blob));
  }

  @Nested
  class AnAttestation {
    @Test
    void comesWithTheBundleOfTheKey() {
      api.create("k", new KeyParameters.Ec(Curve.P_256), false);
      Map<String, Object> plain = api.get("/keys/k" + V);
      Map<String, Object> attested = api.get("/keys/k/attestation" + V);
      assertThat(object(attested, "attributes").remove("attestation")).isNotNull();
      assertThat(attested).isEqualTo(plain);
    }

    @Test
    void speaksOfThePrivateKey() throws Exception {
      FoundKey key = api.create("k", new KeyParameters.Rsa(2048, 65537), true);
      Map<String, Object> attestation = attestation("/keys/k");
      assertThat(attestation)
          .containsOnlyKeys(
              "certificatePemFile", "privateKeyAttestation", "publicKeyAttestation", "version")
          .containsEntry("version", "LOCALHSM-1");
      Map<String, Object> statement = checked(attestation, "privateKeyAttestation");
      assertThat(statement)
          .containsEntry("statement", "private-key")
          .containsEntry("version", "LOCALHSM-1")
          .containsEntry("kid", KeysApi.kid(key))
          .containsEntry("kty", "RSA-HSM")
          .containsEntry("key_size", 2048)
          .containsEntry("exportable", true)
          .containsEntry("created", (int) KeysApi.NOW)
          .containsEntry(
              "key_ops", List.of("wrapKey", "unwrapKey", "encrypt", "decrypt", "sign", "verify"));
    }

    @Test
    void speaksOfThePublicKeyWithTheMembersOfItsThumbprint() throws Exception {
      for (KeyParameters parameters :
          List.of(new KeyParameters.Rsa(2048, 65537), new KeyParameters.Ec(Curve.P_521))) {
        api.create("k", parameters, false);
        Map<String, Object> jwk = object(api.get("/keys/k" + V), "key");
        Map<String, Object> attestation = attestation("/keys/k");
        Map<String, Object> statement = checked(attestation, "publicKeyAttestation");
        Map<String, Object> members = object(statement, "key");
        assertThat(statement)
            .containsOnlyKeys("key", "kid", "statement", "version")
            .containsEntry("statement", "public-key");
        members.forEach(
            (name, value) -> {
              if (!name.equals("kty")) {
                assertThat(jwk).containsEntry(name, value);
              }
            });
        byte[] blob = bytes(attestation, "publicKeyAttestation");
        String text = new String(statement(blob), StandardCharsets.UTF_8);
        String jwkText = text.substring("{\"key\":".length(), text.indexOf(",\"kid\""));
        byte[] thumbprint =
            MessageDigest.getInstance("SHA-256").digest(jwkText.getBytes(StandardCharsets.UTF_8));
        assertThat(checked(attestation, "privateKeyAttestation"))
            .containsEntry("public_key_sha256", KeysApi.base64Url(thumbprint));
      }
    }

    @Test
    void ofASymmetricKeySpeaksOfThePrivateKeyOnly() throws Exception {
      api.create("k", new KeyParameters.Oct(192), false);
      Map<String, Object> attestation = attestation("/keys/k");
      assertThat(attestation)
          .containsOnlyKeys("certificatePemFile", "privateKeyAttestation", "version");
      assertThat(checked(attestation, "privateKeyAttestation"))
          .containsEntry("kty", "oct-HSM")
          .containsEntry("key_size", 192)
          .doesNotContainKey("public_key_sha256");
    }

    @Test
    void isOfTheVersionThatWasAskedFor() throws Exception {
      FoundKey old = api.create("k", new KeyParameters.Ec(Curve.P_256), false);
      api.create("k", new KeyParameters.Ec(Curve.P_256), false);
      assertThat(checked(attestation("/keys/" + old.id().path()), "privateKeyAttestation"))
          .containsEntry("kid", KeysApi.kid(old));
    }

    @Test
    void isBelievedByOpenssl() throws Exception {
      api.create("k", new KeyParameters.Ec(Curve.P_256), false);
      Map<String, Object> attestation = attestation("/keys/k");
      byte[] blob = bytes(attestation, "privateKeyAttestation");
      Path chain = write("chain.pem", bytes(attestation, "certificatePemFile"));
      Path statement = write("statement.json", statement(blob));
      Path signature = write("signature", signature(blob));
      assertThat(openssl("verify", "-CAfile", api.caPem(), "-untrusted", chain, chain))
          .contains("OK");
      Path signer = folder.resolve("signer.pem");
      openssl("x509", "-in", chain, "-pubkey", "-noout", "-out", signer);
      assertThat(openssl("dgst", "-sha256", "-verify", signer, "-signature", signature, statement))
          .contains("Verified OK");
    }

    private Path write(String name, byte[] content) throws IOException {
      return Files.write(folder.resolve(name), content);
    }

    private String openssl(Object... arguments) throws Exception {
      List<String> command = new ArrayList<>(List.of("openssl"));
      Arrays.stream(arguments).map(Object::toString).forEach(command::add);
      Process process;
      try {
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
      } catch (IOException e) {
        assumeTrue(false, "openssl is not installed");
        return "";
      }
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return output;
    }
  }
}
