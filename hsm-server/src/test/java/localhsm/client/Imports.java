package localhsm.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.security.keyvault.keys.KeyClient;
import com.azure.security.keyvault.keys.cryptography.CryptographyClient;
import com.azure.security.keyvault.keys.cryptography.models.EncryptionAlgorithm;
import com.azure.security.keyvault.keys.cryptography.models.KeyWrapAlgorithm;
import com.azure.security.keyvault.keys.cryptography.models.SignatureAlgorithm;
import com.azure.security.keyvault.keys.models.ImportKeyOptions;
import com.azure.security.keyvault.keys.models.JsonWebKey;
import com.azure.security.keyvault.keys.models.KeyType;
import com.azure.security.keyvault.keys.models.KeyVaultKey;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.Map;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Keys that were made elsewhere: the HSM does with them what their owner can do too. */
record Imports(KeyVaultSession session, KeyClient keys) {
  private static final Provider PROVIDER = new BouncyCastleProvider();

  Imports(KeyVaultSession session) {
    this(session, session.keys());
  }

  void run() throws Exception {
    for (int bits : List.of(2048, 3072)) {
      rsa(bits);
    }
    elliptic("secp256r1", SignatureAlgorithm.ES256);
    elliptic("secp256k1", SignatureAlgorithm.ES256K);
    elliptic("secp384r1", SignatureAlgorithm.ES384);
    elliptic("secp521r1", SignatureAlgorithm.ES512);
    inconsistentKeysAreRefused();
  }

  private void rsa(int bits) throws Exception {
    KeyPair pair = pair("RSA", bits);
    KeyVaultKey key = imported("imported-rsa-" + bits, JsonWebKey.fromRsa(pair));
    assertThat(key.getKeyType()).isEqualTo(KeyType.RSA_HSM);
    assertThat(key.getKey().toRsa().getPublic()).isEqualTo(pair.getPublic());
    for (String algorithm : List.of("RS256", "RS512", "PS256", "PS384")) {
      Signatures.signAndVerify(session, key, SignatureAlgorithm.fromString(algorithm));
    }
    CryptographyClient client = session.cryptography(key.getId());
    for (String name : List.of("RSA-OAEP", "RSA-OAEP-256", "RSA1_5")) {
      byte[] text = Signatures.MESSAGE;
      EncryptionAlgorithm algorithm = EncryptionAlgorithm.fromString(name);
      byte[] encrypted = client.encrypt(algorithm, text).getCipherText();
      assertThat(RsaCiphers.decrypt(pair.getPrivate(), name, encrypted)).isEqualTo(text);
      byte[] wrapped = client.wrapKey(KeyWrapAlgorithm.fromString(name), text).getEncryptedKey();
      assertThat(RsaCiphers.decrypt(pair.getPrivate(), name, wrapped)).isEqualTo(text);
      byte[] made = RsaCiphers.encrypt(pair.getPublic(), name, text);
      assertThat(client.decrypt(algorithm, made).getPlainText()).isEqualTo(text);
    }
  }

  private void elliptic(String curve, SignatureAlgorithm algorithm) throws Exception {
    JsonWebKey jwk = JsonWebKey.fromEc(pair(curve), PROVIDER);
    KeyVaultKey key = imported("imported-" + curve, jwk);
    assertThat(key.getKeyType()).isEqualTo(KeyType.EC_HSM);
    assertThat(key.getKey().getCurveName()).isEqualTo(jwk.getCurveName());
    Signatures.signAndVerify(session, key, algorithm);
    assertThat(point(key.getKey())).isEqualTo(point(jwk));
  }

  /** Without the leading zeros that the client may leave away or add. */
  private static List<BigInteger> point(JsonWebKey key) {
    return List.of(new BigInteger(1, key.getX()), new BigInteger(1, key.getY()));
  }

  private KeyVaultKey imported(String name, JsonWebKey jwk) {
    KeyVaultKey key = keys.importKey(new ImportKeyOptions(name, jwk).setHardwareProtected(true));
    assertThat(key.getKey().hasPrivateKey()).isFalse();
    assertThat(key.getProperties().isExportable()).isFalse();
    assertThat(keys.getKey(name).getId()).isEqualTo(key.getId());
    return key;
  }

  private void inconsistentKeysAreRefused() throws Exception {
    JsonWebKey rsa = JsonWebKey.fromRsa(pair("RSA", 2048));
    JsonWebKey other = JsonWebKey.fromRsa(pair("RSA", 2048));
    JsonWebKey elliptic = JsonWebKey.fromEc(pair("secp256r1"), PROVIDER);
    JsonWebKey stranger = JsonWebKey.fromEc(pair("secp256r1"), PROVIDER);
    Map.of(
            "other modulus", rsa.setN(other.getN()),
            "other point", elliptic.setX(stranger.getX()).setY(stranger.getY()))
        .forEach(
            (why, jwk) ->
                Refusals.refused(
                    400, "BadParameter", () -> keys.importKey(why.replace(' ', '-'), jwk)));
    Refusals.refused(404, "KeyNotFound", () -> keys.getKey("other-modulus"));
  }

  private static KeyPair pair(String algorithm, int bits) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  private static KeyPair pair(String curve) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", PROVIDER);
    generator.initialize(new ECGenParameterSpec(curve));
    return generator.generateKeyPair();
  }
}
