package localhsm.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.exception.ResourceNotFoundException;
import com.azure.security.keyvault.keys.KeyClient;
import com.azure.security.keyvault.keys.cryptography.CryptographyClient;
import com.azure.security.keyvault.keys.cryptography.models.EncryptionAlgorithm;
import com.azure.security.keyvault.keys.cryptography.models.KeyWrapAlgorithm;
import com.azure.security.keyvault.keys.cryptography.models.SignatureAlgorithm;
import com.azure.security.keyvault.keys.models.CreateEcKeyOptions;
import com.azure.security.keyvault.keys.models.CreateRsaKeyOptions;
import com.azure.security.keyvault.keys.models.KeyCurveName;
import com.azure.security.keyvault.keys.models.KeyOperation;
import com.azure.security.keyvault.keys.models.KeyProperties;
import com.azure.security.keyvault.keys.models.KeyType;
import com.azure.security.keyvault.keys.models.KeyVaultKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a user's program does, in a JVM of its own whose environment is all it is told: arguments
 * are a step and a credential. It ends with 0 when every claim holds.
 */
public final class AzureClientProgram {
  private static final byte[] MESSAGE = "a message to sign".getBytes(StandardCharsets.UTF_8);

  private final KeyVaultSession session;
  private final KeyClient keys;

  private AzureClientProgram(KeyVaultSession session) {
    this.session = session;
    this.keys = session.keys();
  }

  public static void main(String[] args) throws Exception {
    Map<String, String> environment = System.getenv();
    Credentials credential = Credentials.valueOf(args[1]);
    AzureClientProgram program =
        new AzureClientProgram(
            new KeyVaultSession(environment.get("LOCALHSM_URL"), credential.build(environment)));
    switch (args[0]) {
      case "first-signature" -> program.firstSignature("first-" + credential.name().charAt(0));
      case "whole-slice" -> program.wholeSlice();
      case "sign-again" -> program.signAgain(args[2]);
      default -> throw new IllegalArgumentException(args[0]);
    }
    System.out.println("PASSED " + args[0] + " " + credential);
    System.exit(0);
  }

  private void firstSignature(String name) throws Exception {
    KeyVaultKey key = keys.createEcKey(new CreateEcKeyOptions(name));
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(MESSAGE);
    byte[] signature =
        session.cryptography(key.getId()).sign(SignatureAlgorithm.ES256, digest).getSignature();
    assertThat(
            IndependentVerifier.verify(key.getKey(), SignatureAlgorithm.ES256, digest, signature))
        .isTrue();
    System.out.println("KEY " + key.getId());
  }

  private void signAgain(String keyId) throws Exception {
    String[] parts = keyId.split("/", -1);
    KeyVaultKey key = keys.getKey(parts[4], parts[5]);
    assertThat(key.getId()).isEqualTo(keyId);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(MESSAGE);
    byte[] signature =
        session.cryptography(keyId).sign(SignatureAlgorithm.ES256, digest).getSignature();
    assertThat(
            IndependentVerifier.verify(key.getKey(), SignatureAlgorithm.ES256, digest, signature))
        .isTrue();
  }

  private void wholeSlice() throws Exception {
    for (int bits : List.of(2048, 3072, 4096)) {
      rsaKey(bits);
    }
    ellipticKey(KeyCurveName.P_256, SignatureAlgorithm.ES256);
    ellipticKey(KeyCurveName.P_256K, SignatureAlgorithm.ES256K);
    ellipticKey(KeyCurveName.P_384, SignatureAlgorithm.ES384);
    ellipticKey(KeyCurveName.P_521, SignatureAlgorithm.ES512);
    softwareKindsBecomeHsmKinds();
    versionsAndLists();
    statesAreEnforced();
    refusalsReachTheClient();
  }

  private void rsaKey(int bits) throws Exception {
    KeyVaultKey key =
        keys.createRsaKey(
            new CreateRsaKeyOptions("rsa-" + bits).setKeySize(bits).setHardwareProtected(true));
    assertThat(key.getKeyType()).isEqualTo(KeyType.RSA_HSM);
    assertThat(key.getKey().getN()).hasSize(bits / 8);
    CryptographyClient client = session.cryptography(key.getId());
    for (SignatureAlgorithm algorithm :
        List.of(
            SignatureAlgorithm.RS256,
            SignatureAlgorithm.RS384,
            SignatureAlgorithm.RS512,
            SignatureAlgorithm.PS256,
            SignatureAlgorithm.PS384,
            SignatureAlgorithm.PS512)) {
      signAndVerify(key, client, algorithm);
    }
    for (EncryptionAlgorithm algorithm :
        List.of(
            EncryptionAlgorithm.RSA_OAEP,
            EncryptionAlgorithm.RSA_OAEP_256,
            EncryptionAlgorithm.RSA1_5)) {
      byte[] ciphertext = client.encrypt(algorithm, MESSAGE).getCipherText();
      assertThat(client.decrypt(algorithm, ciphertext).getPlainText()).isEqualTo(MESSAGE);
    }
    for (KeyWrapAlgorithm algorithm :
        List.of(
            KeyWrapAlgorithm.RSA_OAEP, KeyWrapAlgorithm.RSA_OAEP_256, KeyWrapAlgorithm.RSA1_5)) {
      byte[] wrapped = client.wrapKey(algorithm, new byte[32]).getEncryptedKey();
      assertThat(client.unwrapKey(algorithm, wrapped).getKey()).isEqualTo(new byte[32]);
    }
  }

  private void ellipticKey(KeyCurveName curve, SignatureAlgorithm algorithm) throws Exception {
    KeyVaultKey key =
        keys.createEcKey(
            new CreateEcKeyOptions("ec-" + curve).setCurveName(curve).setHardwareProtected(true));
    assertThat(key.getKeyType()).isEqualTo(KeyType.EC_HSM);
    assertThat(key.getKey().getCurveName()).isEqualTo(curve);
    signAndVerify(key, session.cryptography(key.getId()), algorithm);
  }

  private void signAndVerify(
      KeyVaultKey key, CryptographyClient client, SignatureAlgorithm algorithm) throws Exception {
    byte[] digest = IndependentVerifier.digest(algorithm, MESSAGE);
    byte[] signature = client.sign(algorithm, digest).getSignature();
    assertThat(IndependentVerifier.verify(key.getKey(), algorithm, digest, signature))
        .as("%s by %s", algorithm, key.getId())
        .isTrue();
    assertThat(client.verify(algorithm, digest, signature).isValid()).isTrue();
    signature[signature.length - 1] ^= 1;
    assertThat(client.verify(algorithm, digest, signature).isValid()).isFalse();
  }

  private void softwareKindsBecomeHsmKinds() {
    assertThat(keys.createKey("plain-rsa", KeyType.RSA).getKeyType()).isEqualTo(KeyType.RSA_HSM);
    assertThat(keys.createKey("plain-ec", KeyType.EC).getKeyType()).isEqualTo(KeyType.EC_HSM);
  }

  private void versionsAndLists() {
    KeyVaultKey first = keys.createEcKey(new CreateEcKeyOptions("twice"));
    KeyVaultKey second =
        keys.createEcKey(new CreateEcKeyOptions("twice").setTags(Map.of("round", "2")));
    assertThat(keys.getKey("twice").getId()).isEqualTo(second.getId());
    assertThat(keys.getKey("TWICE", first.getProperties().getVersion()).getId())
        .isEqualTo(first.getId());
    assertThat(keys.getKey("twice").getProperties().getTags()).containsEntry("round", "2");
    List<String> versions = new ArrayList<>();
    keys.listPropertiesOfKeyVersions("twice").forEach(p -> versions.add(p.getId()));
    assertThat(versions).containsExactly(first.getId(), second.getId());

    for (int i = 0; i < 30; i++) {
      keys.createEcKey(new CreateEcKeyOptions("many-" + i));
    }
    List<String> names = new ArrayList<>();
    keys.listPropertiesOfKeys().forEach((KeyProperties p) -> names.add(p.getName()));
    assertThat(names).doesNotHaveDuplicates().contains("many-0", "many-29", "twice", "rsa-4096");
  }

  private void statesAreEnforced() throws Exception {
    OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
    KeyVaultKey disabled = keys.createEcKey(new CreateEcKeyOptions("off").setEnabled(false));
    KeyVaultKey expired =
        keys.createEcKey(new CreateEcKeyOptions("old").setExpiresOn(now.minusDays(1)));
    KeyVaultKey early =
        keys.createEcKey(new CreateEcKeyOptions("early").setNotBefore(now.plusDays(1)));
    KeyVaultKey verifyOnly =
        keys.createEcKey(
            new CreateEcKeyOptions("verify-only").setKeyOperations(KeyOperation.VERIFY));
    byte[] digest = IndependentVerifier.digest(SignatureAlgorithm.ES256, MESSAGE);
    for (KeyVaultKey key : List.of(disabled, expired, early, verifyOnly)) {
      CryptographyClient client = session.cryptography(key.getId());
      assertThatThrownBy(() -> client.sign(SignatureAlgorithm.ES256, digest))
          .isInstanceOfSatisfying(
              HttpResponseException.class,
              e -> assertThat(e.getResponse().getStatusCode()).isEqualTo(403));
    }
    assertThat(
            session
                .cryptography(expired.getId())
                .verify(SignatureAlgorithm.ES256, digest, new byte[64])
                .isValid())
        .isFalse();
  }

  private void refusalsReachTheClient() {
    assertThatThrownBy(() -> keys.getKey("never-made"))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("Key not found: " + session.vaultUrl() + "/keys/never-made")
        .hasMessageContaining("Activity ID");
    assertThatThrownBy(() -> keys.createRsaKey(new CreateRsaKeyOptions("odd").setKeySize(1000)))
        .hasMessageContaining("Invalid key size: '1000'");
  }
}
