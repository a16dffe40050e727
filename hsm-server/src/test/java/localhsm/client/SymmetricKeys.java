package localhsm.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.Context;
import com.azure.security.keyvault.keys.KeyClient;
import com.azure.security.keyvault.keys.cryptography.CryptographyClient;
import com.azure.security.keyvault.keys.cryptography.models.EncryptResult;
import com.azure.security.keyvault.keys.cryptography.models.EncryptionAlgorithm;
import com.azure.security.keyvault.keys.cryptography.models.KeyWrapAlgorithm;
import com.azure.security.keyvault.keys.cryptography.models.SignatureAlgorithm;
import com.azure.security.keyvault.keys.models.CreateOctKeyOptions;
import com.azure.security.keyvault.keys.models.ImportKeyOptions;
import com.azure.security.keyvault.keys.models.JsonWebKey;
import com.azure.security.keyvault.keys.models.KeyOperation;
import com.azure.security.keyvault.keys.models.KeyType;
import com.azure.security.keyvault.keys.models.KeyVaultKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.crypto.spec.SecretKeySpec;

/** Symmetric keys: what the HSM does with a known key, another implementation does too. */
record SymmetricKeys(KeyVaultSession session, KeyClient keys) {
  private static final byte[] TEXT = "twenty bytes of text".getBytes(StandardCharsets.UTF_8);
  private static final byte[] AAD = "and some beside it".getBytes(StandardCharsets.UTF_8);
  private static final byte[] IV = Arrays.copyOf(AAD, 16);
  private static final List<KeyOperation> OPERATIONS =
      List.of(
          KeyOperation.ENCRYPT,
          KeyOperation.DECRYPT,
          KeyOperation.WRAP_KEY,
          KeyOperation.UNWRAP_KEY,
          KeyOperation.SIGN,
          KeyOperation.VERIFY);

  SymmetricKeys(KeyVaultSession session) {
    this(session, session.keys());
  }

  void run() throws Exception {
    for (AesSize size : AesSize.ALL) {
      byte[] key = new byte[size.bits() / 8];
      new Random(size.bits()).nextBytes(key);
      String id = imported(key).getId();
      CryptographyClient client = session.cryptography(id);
      gcm(client, size, new AesCiphers(key));
      cbc(client, size, new AesCiphers(key));
      keyWrap(client, size, new AesCiphers(key));
      hmac(client, new AesCiphers(key));
      made(size);
    }
    refusals();
  }

  private KeyVaultKey imported(byte[] key) {
    JsonWebKey jwk = JsonWebKey.fromAes(new SecretKeySpec(key, "AES"), OPERATIONS);
    KeyVaultKey imported =
        keys.importKey(
            new ImportKeyOptions("oct-" + 8 * key.length, jwk).setHardwareProtected(true));
    assertThat(imported.getKeyType()).isEqualTo(KeyType.OCT_HSM);
    assertThat(imported.getKey().getK()).isNull();
    assertThat(imported.getKeyOperations()).containsExactlyInAnyOrderElementsOf(OPERATIONS);
    return imported;
  }

  private void gcm(CryptographyClient client, AesSize size, AesCiphers other) throws Exception {
    EncryptResult sealed = client.encrypt(size.encrypting().gcm().of(TEXT, AAD), Context.NONE);
    assertThat(sealed.getIv()).hasSize(12);
    assertThat(
            other.gcmDecrypt(
                sealed.getIv(), AAD, sealed.getCipherText(), sealed.getAuthenticationTag()))
        .isEqualTo(TEXT);

    byte[] iv = Arrays.copyOf(IV, 12);
    byte[] whole = other.gcmEncrypt(iv, AAD, TEXT);
    byte[] ciphertext = Arrays.copyOf(whole, TEXT.length);
    byte[] tag = Arrays.copyOfRange(whole, TEXT.length, whole.length);
    assertThat(
            client
                .decrypt(size.decrypting().gcm().of(ciphertext, iv, tag, AAD), Context.NONE)
                .getPlainText())
        .isEqualTo(TEXT);
    tag[0] ^= 1;
    Refusals.refused(
        400,
        "BadParameter",
        () -> client.decrypt(size.decrypting().gcm().of(ciphertext, iv, tag, AAD), Context.NONE));
  }

  /** Without padding the HSM fills the last block with zeros and gives them back. */
  private void cbc(CryptographyClient client, AesSize size, AesCiphers other) throws Exception {
    byte[] filled = Arrays.copyOf(TEXT, 32);
    EncryptResult plain = client.encrypt(size.encrypting().cbc().of(TEXT, IV), Context.NONE);
    assertThat(plain.getIv()).isEqualTo(IV);
    assertThat(plain.getCipherText()).isEqualTo(other.cbc(IV, filled));
    assertThat(
            client
                .decrypt(size.decrypting().cbc().of(plain.getCipherText(), IV), Context.NONE)
                .getPlainText())
        .isEqualTo(filled);

    EncryptResult padded = client.encrypt(size.encrypting().cbcPad().of(TEXT, IV), Context.NONE);
    assertThat(padded.getCipherText()).isEqualTo(other.cbcPad(IV, TEXT));
    assertThat(
            client
                .decrypt(size.decrypting().cbcPad().of(padded.getCipherText(), IV), Context.NONE)
                .getPlainText())
        .isEqualTo(TEXT);
  }

  private void keyWrap(CryptographyClient client, AesSize size, AesCiphers other) {
    byte[] target = Arrays.copyOf(AAD, 32);
    for (KeyWrapAlgorithm algorithm : List.of(size.wrap(), KeyWrapAlgorithm.CKM_AES_KEY_WRAP)) {
      byte[] wrapped = client.wrapKey(algorithm, target).getEncryptedKey();
      assertThat(wrapped).as(algorithm.toString()).isEqualTo(other.wrap(target));
      assertThat(client.unwrapKey(algorithm, wrapped).getKey()).isEqualTo(target);
    }
    KeyWrapAlgorithm pad = KeyWrapAlgorithm.CKM_AES_KEY_WRAP_PAD;
    byte[] wrapped = client.wrapKey(pad, TEXT).getEncryptedKey();
    assertThat(wrapped).isEqualTo(other.wrapPad(TEXT));
    assertThat(client.unwrapKey(pad, wrapped).getKey()).isEqualTo(TEXT);

    EncryptionAlgorithm encrypt = EncryptionAlgorithm.fromString(size.wrap().toString());
    assertThat(client.encrypt(encrypt, target).getCipherText()).isEqualTo(other.wrap(target));
  }

  private void hmac(CryptographyClient client, AesCiphers other) throws Exception {
    for (int bits : List.of(256, 384, 512)) {
      SignatureAlgorithm algorithm = SignatureAlgorithm.fromString("HS" + bits);
      byte[] digest = new byte[bits / 8];
      Arrays.fill(digest, (byte) bits);
      byte[] signature = client.sign(algorithm, digest).getSignature();
      assertThat(signature).isEqualTo(other.hmac(bits, digest));
      assertThat(client.verify(algorithm, digest, signature).isValid()).isTrue();
      signature[0] ^= 1;
      assertThat(client.verify(algorithm, digest, signature).isValid()).isFalse();
    }
  }

  /** A key that nobody knows: what it seals only it opens. */
  private void made(AesSize size) {
    KeyVaultKey key =
        keys.createOctKey(
            new CreateOctKeyOptions("made-" + size.bits())
                .setKeySize(size.bits())
                .setHardwareProtected(true));
    assertThat(key.getKeyType()).isEqualTo(KeyType.OCT_HSM);
    assertThat(key.getKey().getK()).isNull();
    assertThat(key.getKeyOperations())
        .containsAll(OPERATIONS)
        .contains(KeyOperation.fromString("deriveKey"));
    CryptographyClient client = session.cryptography(key.getId());
    EncryptResult sealed = client.encrypt(size.encrypting().gcm().of(TEXT, AAD), Context.NONE);
    assertThat(
            client
                .decrypt(
                    size.decrypting()
                        .gcm()
                        .of(
                            sealed.getCipherText(),
                            sealed.getIv(),
                            sealed.getAuthenticationTag(),
                            AAD),
                    Context.NONE)
                .getPlainText())
        .isEqualTo(TEXT);
    assertThat(client.encrypt(size.encrypting().gcm().of(TEXT, AAD), Context.NONE).getCipherText())
        .isNotEqualTo(sealed.getCipherText());
  }

  private void refusals() {
    Refusals.refused(
        400,
        "BadParameter",
        () -> keys.createOctKey(new CreateOctKeyOptions("odd-oct").setKeySize(64)));
    CryptographyClient client = session.cryptography(keys.getKey("made-256").getId());
    Refusals.refused(
        400,
        "BadParameter",
        () -> client.encrypt(AesSize.AES_128.encrypting().gcm().of(TEXT, AAD), Context.NONE));
    Refusals.refused(
        400, "BadParameter", () -> client.wrapKey(KeyWrapAlgorithm.RSA_OAEP, new byte[16]));
    Refusals.refused(
        400, "BadParameter", () -> client.unwrapKey(KeyWrapAlgorithm.A256KW, new byte[24]));
  }
}
