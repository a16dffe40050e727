package localhsm.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.security.keyvault.keys.KeyClient;
import com.azure.security.keyvault.keys.cryptography.models.KeyWrapAlgorithm;
import com.azure.security.keyvault.keys.cryptography.models.SignatureAlgorithm;
import com.azure.security.keyvault.keys.models.CreateRsaKeyOptions;
import com.azure.security.keyvault.keys.models.JsonWebKey;
import com.azure.security.keyvault.keys.models.KeyCurveName;
import com.azure.security.keyvault.keys.models.KeyOperation;
import com.azure.security.keyvault.keys.models.KeyType;
import com.azure.security.keyvault.keys.models.KeyVaultKey;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Bring your own key: made elsewhere, encrypted for the HSM, never in the clear on the way. */
record Transfers(KeyVaultSession session, KeyClient keys) {
  private static final String MECHANISM = "CKM_RSA_AES_KEY_WRAP";

  Transfers(KeyVaultSession session) {
    this(session, session.keys());
  }

  void run() throws Exception {
    KeyVaultKey exchange =
        keys.createRsaKey(
            new CreateRsaKeyOptions("exchange")
                .setKeySize(3072)
                .setHardwareProtected(true)
                .setKeyOperations(KeyOperation.IMPORT));
    assertThat(exchange.getKeyOperations()).containsExactly(KeyOperation.IMPORT);
    rsa(exchange);
    elliptic(exchange);
    symmetric(exchange);
    blobsThatDoNotOpen(exchange);
  }

  private void rsa(KeyVaultKey exchange) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    KeyVaultKey key =
        keys.importKey(
            "byok-rsa",
            new JsonWebKey()
                .setKeyType(KeyType.RSA_HSM)
                .setT(transfer(exchange, pair.getPrivate().getEncoded())));
    assertThat(key.getKey().toRsa().getPublic()).isEqualTo(pair.getPublic());
    Signatures.signAndVerify(session, key, SignatureAlgorithm.PS256);
  }

  private void elliptic(KeyVaultKey exchange) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", new BouncyCastleProvider());
    generator.initialize(new ECGenParameterSpec("secp384r1"));
    KeyPair pair = generator.generateKeyPair();
    KeyVaultKey key =
        keys.importKey(
            "byok-ec",
            new JsonWebKey()
                .setKeyType(KeyType.EC_HSM)
                .setCurveName(KeyCurveName.P_384)
                .setT(transfer(exchange, pair.getPrivate().getEncoded())));
    JsonWebKey own = JsonWebKey.fromEc(pair, new BouncyCastleProvider());
    assertThat(key.getKey().toEc().getPublic()).isEqualTo(own.toEc().getPublic());
    Signatures.signAndVerify(session, key, SignatureAlgorithm.ES384);
  }

  private void symmetric(KeyVaultKey exchange) throws Exception {
    byte[] raw = random(32);
    KeyVaultKey key =
        keys.importKey(
            "byok-oct", new JsonWebKey().setKeyType(KeyType.OCT_HSM).setT(transfer(exchange, raw)));
    byte[] target = random(24);
    assertThat(
            session
                .cryptography(key.getId())
                .wrapKey(KeyWrapAlgorithm.A256KW, target)
                .getEncryptedKey())
        .isEqualTo(new AesCiphers(raw).wrap(target));
  }

  private void blobsThatDoNotOpen(KeyVaultKey exchange) throws Exception {
    byte[] damaged = ciphertext(exchange, random(32));
    damaged[damaged.length - 1] ^= 1;
    byte[] garbage = random(damaged.length);
    for (byte[] blob : new byte[][] {damaged, garbage, new byte[0]}) {
      JsonWebKey jwk = new JsonWebKey().setKeyType(KeyType.OCT_HSM).setT(file(exchange, blob));
      Refusals.refused(400, "BadParameter", () -> keys.importKey("byok-bad", jwk));
    }
    Refusals.refused(404, "KeyNotFound", () -> keys.getKey("byok-bad"));
  }

  private static byte[] transfer(KeyVaultKey exchange, byte[] target) throws Exception {
    return file(exchange, ciphertext(exchange, target));
  }

  /** The transfer file of the service's documentation. */
  private static byte[] file(KeyVaultKey exchange, byte[] ciphertext) throws Exception {
    ObjectMapper json = new ObjectMapper();
    ObjectNode file = json.createObjectNode().put("schema_version", "1.0.0");
    file.putObject("header").put("kid", exchange.getId()).put("alg", "dir").put("enc", MECHANISM);
    file.put("ciphertext", Base64.getUrlEncoder().withoutPadding().encodeToString(ciphertext));
    file.put("generator", "a test");
    return json.writeValueAsBytes(file);
  }

  /** PKCS #11's mechanism: a fresh AES key under RSA-OAEP, behind it the target under that key. */
  private static byte[] ciphertext(KeyVaultKey exchange, byte[] target) throws Exception {
    PublicKey key = exchange.getKey().toRsa().getPublic();
    byte[] aes = random(32);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(RsaCiphers.encrypt(key, "RSA-OAEP", aes));
    bytes.writeBytes(new AesCiphers(aes).wrapPad(target));
    Arrays.fill(aes, (byte) 0);
    return bytes.toByteArray();
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}
