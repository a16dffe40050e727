package localhsm.server.release;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.X509CertUtils;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An RSA key and its certificate.
 *
 * @param chain the key's own certificate and the CA that issued it; clients hold the root
 */
public record CertifiedKey(RSAPublicKey key, PrivateKey privateKey, List<X509Certificate> chain) {

  /** Keeps its own copy of the chain. */
  public CertifiedKey {
    chain = List.copyOf(chain);
  }

  /** The id of the key: the SHA-256 thumbprint of its certificate in base64url (RFC 7515 4.1.8). */
  public String kid() {
    return thumbprint().toString();
  }

  /** A compact JWS over the payload whose header carries the certificates; RS256. */
  public String jws(byte[] payload) {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .keyID(kid())
            .x509CertChain(x5c())
            .x509CertSHA256Thumbprint(thumbprint())
            .build();
    return sign(header, new Payload(payload));
  }

  /** A compact JWT with exactly these claims; RS256. */
  public String jwt(Map<String, ?> claims) {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.RS256).type(JOSEObjectType.JWT).keyID(kid()).build();
    return sign(header, new Payload(ClaimsJson.write(claims)));
  }

  /** The signature alone: RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 8.2), 256 bytes. */
  public byte[] signature(byte[] content) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(privateKey);
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("RS256 with an RSA key works", e);
    }
  }

  /** The public key as a JWK with its certificates (RFC 7517 4). */
  public Map<String, Object> jwk() {
    return new RSAKey.Builder(key)
        .keyID(kid())
        .keyUse(KeyUse.SIGNATURE)
        .algorithm(JWSAlgorithm.RS256)
        .x509CertChain(x5c())
        .build()
        .toJSONObject();
  }

  /** The chain as text (RFC 7468), the key's own certificate first. */
  public byte[] pem() {
    StringBuilder pem = new StringBuilder();
    for (X509Certificate certificate : chain) {
      pem.append(X509CertUtils.toPEMString(certificate)).append('\n');
    }
    return pem.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private String sign(JWSHeader header, Payload payload) {
    JWSObject object = new JWSObject(header, payload);
    try {
      object.sign(new RSASSASigner(privateKey));
    } catch (JOSEException e) {
      throw new IllegalStateException("RS256 with an RSA key works", e);
    }
    return object.serialize();
  }

  private Base64URL thumbprint() {
    return X509CertUtils.computeSHA256Thumbprint(chain.get(0));
  }

  private List<Base64> x5c() {
    List<Base64> encoded = new ArrayList<>();
    for (X509Certificate certificate : chain) {
      try {
        encoded.add(Base64.encode(certificate.getEncoded()));
      } catch (CertificateEncodingException e) {
        throw new IllegalStateException(e);
      }
    }
    return encoded;
  }

  /** The key id alone. */
  @Override
  public String toString() {
    return "CertifiedKey[" + kid() + "]";
  }
}
