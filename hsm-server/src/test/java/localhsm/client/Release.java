package localhsm.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.security.keyvault.keys.KeyClient;
import com.azure.security.keyvault.keys.cryptography.models.SignatureAlgorithm;
import com.azure.security.keyvault.keys.models.CreateRsaKeyOptions;
import com.azure.security.keyvault.keys.models.ImportKeyOptions;
import com.azure.security.keyvault.keys.models.JsonWebKey;
import com.azure.security.keyvault.keys.models.KeyExportEncryptionAlgorithm;
import com.azure.security.keyvault.keys.models.KeyReleasePolicy;
import com.azure.security.keyvault.keys.models.KeyVaultKey;
import com.azure.security.keyvault.keys.models.ReleaseKeyOptions;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.Random;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Secure key release: what leaves the HSM is the imported key, for the attested one alone. */
record Release(KeyVaultSession session, KeyClient keys, Lab lab) {
  private static final String GOOD = "{\"sdk-test\":true,\"x-env\":{\"tier\":\"prod\"}}";
  private static final List<KeyExportEncryptionAlgorithm> MECHANISMS =
      List.of(
          KeyExportEncryptionAlgorithm.CKM_RSA_AES_KEY_WRAP,
          KeyExportEncryptionAlgorithm.RSA_AES_KEY_WRAP_256,
          KeyExportEncryptionAlgorithm.RSA_AES_KEY_WRAP_384);

  Release(KeyVaultSession session, Lab lab) {
    this(session, session.keys(), lab);
  }

  void run() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair rsa = generator.generateKeyPair();
    KeyVaultKey key = imported("release-rsa", JsonWebKey.fromRsa(rsa));
    for (KeyExportEncryptionAlgorithm mechanism : MECHANISMS) {
      assertThat(released(key, mechanism)).isEqualTo(rsa.getPrivate().getEncoded());
    }
    KeyPairGenerator curves = KeyPairGenerator.getInstance("EC", new BouncyCastleProvider());
    curves.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair ec = curves.generateKeyPair();
    JsonWebKey jwk = JsonWebKey.fromEc(ec, new BouncyCastleProvider());
    KeyVaultKey elliptic = imported("release-ec", jwk);
    assertThat(ReleasedKey.scalar(released(elliptic, MECHANISMS.get(1))))
        .isEqualTo(new BigInteger(1, jwk.getD()));

    byte[] raw = new byte[32];
    new Random(32).nextBytes(raw);
    KeyVaultKey oct =
        imported("release-oct", JsonWebKey.fromAes(new SecretKeySpec(raw, "AES"), List.of()));
    assertThat(released(oct, MECHANISMS.get(2))).isEqualTo(raw);

    aKeyMadeInTheHsmLeavesItToo();
    whatIsRefused(key);
  }

  private KeyVaultKey imported(String name, JsonWebKey jwk) throws Exception {
    ImportKeyOptions options = new ImportKeyOptions(name, jwk).setHardwareProtected(true);
    options.setExportable(true).setReleasePolicy(policy());
    KeyVaultKey key = keys.importKey(options);
    assertThat(key.getProperties().isExportable()).isTrue();
    assertThat(key.getProperties().getReleasePolicy().getEncodedPolicy().toString())
        .contains("\"anyOf\"", "\"sdk-test\"");
    return key;
  }

  private KeyReleasePolicy policy() throws Exception {
    String text =
        """
        {"version":"1.0.0","anyOf":[{"authority":"%s","allOf":[
          {"claim":"sdk-test","equals":true},{"claim":"x-env.tier","equals":"prod"}]}]}
        """;
    return new KeyReleasePolicy(BinaryData.fromString(text.formatted(lab.attestationIssuer())));
  }

  /** Releases a key and opens it as the attested environment does. */
  private byte[] released(KeyVaultKey key, KeyExportEncryptionAlgorithm mechanism)
      throws Exception {
    JsonNode attested = lab.attest(GOOD);
    String value =
        keys.releaseKeyWithResponse(
                key.getName(),
                key.getProperties().getVersion(),
                attested.get("token").asText(),
                new ReleaseKeyOptions().setAlgorithm(mechanism).setNonce("once"),
                Context.NONE)
            .getValue()
            .getValue();
    ReleasedKey released = ReleasedKey.verified(value);
    assertThat(released.payload().at("/request/nonce").asText()).isEqualTo("once");
    assertThat(released.payload().at("/request/kid").asText()).isEqualTo(key.getId());
    assertThat(released.payload().at("/response/key/key/kid").asText()).isEqualTo(key.getId());
    return released.open(attested.get("privateKey"), mechanism.toString());
  }

  private void aKeyMadeInTheHsmLeavesItToo() throws Exception {
    KeyVaultKey made =
        keys.createRsaKey(
            new CreateRsaKeyOptions("release-made")
                .setExportable(true)
                .setReleasePolicy(policy())
                .setHardwareProtected(true));
    byte[] encoded = released(made, MECHANISMS.get(0));
    assertThat(ReleasedKey.publicPart(encoded)).isEqualTo(made.getKey().toRsa().getPublic());
    Signatures.signAndVerify(session, made, SignatureAlgorithm.RS256);
  }

  private void whatIsRefused(KeyVaultKey key) throws Exception {
    String other = lab.attest("{\"sdk-test\":false}").get("token").asText();
    Refusals.refused(403, "Forbidden", () -> keys.releaseKey(key.getName(), other));
    String good = lab.attest(GOOD).get("token").asText();
    String changed = good.substring(0, good.length() - 8) + "AAAAAAAA";
    Refusals.refused(403, "Forbidden", () -> keys.releaseKey(key.getName(), changed));
    keys.createRsaKey(new CreateRsaKeyOptions("release-never"));
    Refusals.refused(403, "Forbidden", () -> keys.releaseKey("release-never", good));
    Refusals.refused(
        400,
        "BadParameter",
        () -> keys.createRsaKey(new CreateRsaKeyOptions("release-odd").setExportable(true)));
  }
}
