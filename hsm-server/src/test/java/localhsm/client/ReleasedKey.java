package localhsm.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;

/** The signed answer to a release, read and opened with the JDK and BouncyCastle alone. */
record ReleasedKey(JsonNode payload) {

  /** Checks the signature against the certificate that the header carries. */
  static ReleasedKey verified(String jws) throws Exception {
    String[] parts = jws.split("\\.", -1);
    assertThat(parts).hasSize(3);
    JsonNode header = json(parts[0]);
    assertThat(header.get("alg").asText()).isEqualTo("RS256");
    X509Certificate signer =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(
                    new ByteArrayInputStream(
                        Base64.getDecoder().decode(header.get("x5c").get(0).asText())));
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(signer.getPublicKey());
    signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    return new ReleasedKey(json(parts[1]));
  }

  /** The plain key: RSA-OAEP opens an AES key, RFC 5649 under that the rest. */
  byte[] open(JsonNode privateKey, String mechanism) throws Exception {
    JsonNode sealed = json(payload.at("/response/key/key/key_hsm").asText());
    assertThat(sealed.at("/header/enc").asText()).isEqualTo(mechanism);
    assertThat(sealed.at("/header/kid").asText()).isEqualTo(privateKey.path("kid").asText());
    byte[] ciphertext = bytes(sealed, "ciphertext");
    int modulus = bytes(privateKey, "n").length;
    String oaep =
        switch (mechanism) {
          case "RSA_AES_KEY_WRAP_256" -> "RSA-OAEP-256";
          case "RSA_AES_KEY_WRAP_384" -> "RSA-OAEP-384";
          default -> "RSA-OAEP";
        };
    byte[] aes = RsaCiphers.decrypt(rsa(privateKey), oaep, Arrays.copyOf(ciphertext, modulus));
    return new AesCiphers(aes)
        .unwrapPad(Arrays.copyOfRange(ciphertext, modulus, ciphertext.length));
  }

  /** The public part of an RSA key in PKCS #8. */
  static PublicKey publicPart(byte[] pkcs8) throws Exception {
    KeyFactory factory = KeyFactory.getInstance("RSA");
    RSAPrivateCrtKey key =
        (RSAPrivateCrtKey) factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    return factory.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
  }

  /** The secret number of an elliptic curve key in PKCS #8. */
  static BigInteger scalar(byte[] pkcs8) throws Exception {
    return ECPrivateKey.getInstance(PrivateKeyInfo.getInstance(pkcs8).parsePrivateKey()).getKey();
  }

  private static PrivateKey rsa(JsonNode jwk) throws Exception {
    return KeyFactory.getInstance("RSA")
        .generatePrivate(
            new RSAPrivateCrtKeySpec(
                number(jwk, "n"),
                number(jwk, "e"),
                number(jwk, "d"),
                number(jwk, "p"),
                number(jwk, "q"),
                number(jwk, "dp"),
                number(jwk, "dq"),
                number(jwk, "qi")));
  }

  private static BigInteger number(JsonNode object, String member) {
    return new BigInteger(1, bytes(object, member));
  }

  private static byte[] bytes(JsonNode object, String member) {
    return Base64.getUrlDecoder().decode(object.get(member).asText());
  }

  private static JsonNode json(String base64url) throws Exception {
    return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(base64url));
  }
}
