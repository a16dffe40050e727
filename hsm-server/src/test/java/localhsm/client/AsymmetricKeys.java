package localhsm.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.security.keyvault.keys.KeyClient;
import com.azure.security.keyvault.keys.cryptography.CryptographyClient;
import com.azure.security.keyvault.keys.cryptography.models.EncryptionAlgorithm;
import com.azure.security.keyvault.keys.cryptography.models.KeyWrapAlgorithm;
import com.azure.security.keyvault.keys.cryptography.models.SignatureAlgorithm;
import com.azure.security.keyvault.keys.models.CreateEcKeyOptions;
import com.azure.security.keyvault.keys.models.CreateRsaKeyOptions;
import com.azure.security.keyvault.keys.models.JsonWebKey;
import com.azure.security.keyvault.keys.models.KeyCurveName;
import com.azure.security.keyvault.keys.models.KeyOperation;
import com.azure.security.keyvault.keys.models.KeyType;
import com.azure.security.keyvault.keys.models.KeyVaultKey;
import java.util.List;

/** RSA and elliptic curve keys of every size, with every algorithm. */
record AsymmetricKeys(KeyVaultSession session, KeyClient keys) {

  AsymmetricKeys(KeyVaultSession session) {
    this(session, session.keys());
  }

  void run() throws Exception {
    for (int bits : List.of(2048, 3072, 4096)) {
      rsaKey(bits);
    }
    ellipticKey(KeyCurveName.P_256, SignatureAlgorithm.ES256);
    ellipticKey(KeyCurveName.P_256K, SignatureAlgorithm.ES256K);
    ellipticKey(KeyCurveName.P_384, SignatureAlgorithm.ES384);
    ellipticKey(KeyCurveName.P_521, SignatureAlgorithm.ES512);
    softwareKindsBecomeHsmKinds();
    clientsWorkAloneWithThePublicKey();
    refusalsReachTheClient();
  }

  private void rsaKey(int bits) throws Exception {
    KeyVaultKey key =
        keys.createRsaKey(
            new CreateRsaKeyOptions("rsa-" + bits).setKeySize(bits).setHardwareProtected(true));
    assertThat(key.getKeyType()).isEqualTo(KeyType.RSA_HSM);
    assertThat(key.getKey().getN()).hasSize(bits / 8);
    assertThat(key.getKeyOperations())
        .containsExactlyInAnyOrder(
            KeyOperation.WRAP_KEY,
            KeyOperation.UNWRAP_KEY,
            KeyOperation.ENCRYPT,
            KeyOperation.DECRYPT,
            KeyOperation.SIGN,
            KeyOperation.VERIFY);
    for (String algorithm : List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512")) {
      Signatures.signAndVerify(session, key, SignatureAlgorithm.fromString(algorithm));
    }
    for (String algorithm : List.of("RSA-OAEP", "RSA-OAEP-256", "RSA1_5")) {
      encryptAndWrap(key, algorithm);
    }
  }

  /** What the HSM opens was made by another implementation, from the public key alone. */
  private void encryptAndWrap(KeyVaultKey key, String name) throws Exception {
    CryptographyClient client = session.cryptography(key.getId());
    byte[] made = RsaCiphers.encrypt(key.getKey().toRsa().getPublic(), name, Signatures.MESSAGE);
    EncryptionAlgorithm algorithm = EncryptionAlgorithm.fromString(name);
    assertThat(client.decrypt(algorithm, made).getPlainText()).isEqualTo(Signatures.MESSAGE);
    byte[] ciphertext = client.encrypt(algorithm, Signatures.MESSAGE).getCipherText();
    assertThat(client.decrypt(algorithm, ciphertext).getPlainText()).isEqualTo(Signatures.MESSAGE);

    KeyWrapAlgorithm wrap = KeyWrapAlgorithm.fromString(name);
    byte[] wrapped = client.wrapKey(wrap, new byte[32]).getEncryptedKey();
    assertThat(client.unwrapKey(wrap, wrapped).getKey()).isEqualTo(new byte[32]);
    assertThat(client.unwrapKey(wrap, made).getKey()).isEqualTo(Signatures.MESSAGE);
  }

  private void ellipticKey(KeyCurveName curve, SignatureAlgorithm algorithm) throws Exception {
    KeyVaultKey key =
        keys.createEcKey(
            new CreateEcKeyOptions("ec-" + curve).setCurveName(curve).setHardwareProtected(true));
    assertThat(key.getKeyType()).isEqualTo(KeyType.EC_HSM);
    assertThat(key.getKey().getCurveName()).isEqualTo(curve);
    assertThat(key.getKeyOperations())
        .containsExactlyInAnyOrder(KeyOperation.SIGN, KeyOperation.VERIFY);
    Signatures.signAndVerify(session, key, algorithm);
  }

  private void softwareKindsBecomeHsmKinds() {
    assertThat(keys.createKey("plain-rsa", KeyType.RSA).getKeyType()).isEqualTo(KeyType.RSA_HSM);
    assertThat(keys.createKey("plain-ec", KeyType.EC).getKeyType()).isEqualTo(KeyType.EC_HSM);
  }

  /** The client's own cryptography against the HSM's, both ways. */
  private void clientsWorkAloneWithThePublicKey() throws Exception {
    for (SignatureAlgorithm algorithm :
        List.of(SignatureAlgorithm.RS256, SignatureAlgorithm.PS512, SignatureAlgorithm.ES256)) {
      KeyVaultKey key =
          keys.getKey(algorithm == SignatureAlgorithm.ES256 ? "ec-P-256" : "rsa-2048");
      byte[] digest = IndependentVerifier.digest(algorithm, Signatures.MESSAGE);
      CryptographyClient local = session.cachingCryptography(key.getId());
      byte[] signature = local.sign(algorithm, digest).getSignature();
      assertThat(local.verify(algorithm, digest, signature).isValid()).isTrue();
    }
    JsonWebKey rsa = keys.getKey("rsa-2048").getKey();
    CryptographyClient local = session.cachingCryptography(rsa.getId());
    byte[] wrapped = local.wrapKey(KeyWrapAlgorithm.RSA_OAEP_256, new byte[32]).getEncryptedKey();
    assertThat(local.unwrapKey(KeyWrapAlgorithm.RSA_OAEP_256, wrapped).getKey())
        .isEqualTo(new byte[32]);
  }

  private void refusalsReachTheClient() {
    assertThatThrownBy(() -> keys.getKey("never-made"))
        .satisfies(refused -> Refusals.is(refused, 404, "KeyNotFound"))
        .hasMessageContaining("Key not found: " + session.vaultUrl() + "/keys/never-made")
        .hasMessageContaining("Activity ID");
    assertThatThrownBy(() -> keys.createRsaKey(new CreateRsaKeyOptions("odd").setKeySize(1000)))
        .satisfies(refused -> Refusals.is(refused, 400, "BadParameter"))
        .hasMessageContaining("Invalid key size: '1000'");
  }
}
