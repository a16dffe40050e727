package localhsm.server.keys;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import localhsm.crypto.KeyMaterial;
import localhsm.crypto.KeyOperation;
import localhsm.crypto.KeyType;
import localhsm.keys.FoundKey;
import localhsm.server.json.JsonObject;
import localhsm.server.pipeline.Exchange;
import localhsm.server.release.CertifiedKey;

/**
 * The {@code attestation} of a key: statements in JSON, each followed by the 256 bytes of its
 * signature. The format is our own and described in {@code docs/attestation.md}; a program cannot
 * give the proof that the hardware of the service gives.
 */
final class AttestationJson {
  /** The format, which says that this is no vendor's hardware. */
  private static final String VERSION = "LOCALHSM-1";

  private AttestationJson() {}

  /** The certificates, a statement about the private key, and one about the public, if any. */
  static JsonObject write(Exchange exchange, FoundKey key, CertifiedKey signer) {
    JsonObject attestation =
        new JsonObject()
            .putBytes("certificatePemFile", signer.pem())
            .putBytes("privateKeyAttestation", signed(privateKey(exchange, key), signer))
            .put("version", VERSION);
    return key.version().source().type() == KeyType.OCT
        ? attestation
        : attestation.putBytes("publicKeyAttestation", signed(publicKey(exchange, key), signer));
  }

  private static JsonObject privateKey(Exchange exchange, FoundKey key) {
    KeyMaterial material = key.version().material();
    JsonObject statement =
        statement("private-key", exchange, key)
            .put("created", key.version().attributes().created().getEpochSecond())
            .put("exportable", key.version().attributes().exportable())
            .putTexts(
                "key_ops", key.version().operations().stream().map(KeyOperation::wireName).toList())
            .put("key_size", material.bits())
            .put("kty", material.type().wireName());
    return material.type() == KeyType.OCT
        ? statement
        : statement.putBytes("public_key_sha256", sha256(jwk(material).bytes()));
  }

  private static JsonObject publicKey(Exchange exchange, FoundKey key) {
    return statement("public-key", exchange, key).put("key", jwk(key.version().material()));
  }

  private static JsonObject statement(String subject, Exchange exchange, FoundKey key) {
    return new JsonObject()
        .put("kid", KeyJson.url(exchange, key.id()))
        .put("statement", subject)
        .put("version", VERSION);
  }

  /** Exactly the members that the thumbprint of RFC 7638 is made of. */
  private static JsonObject jwk(KeyMaterial material) {
    JsonObject jwk = new JsonObject().put("kty", material.type().plainName());
    FamilyJson.of(material.type()).put(material, jwk);
    return jwk;
  }

  private static byte[] signed(JsonObject statement, CertifiedKey signer) {
    byte[] text = statement.bytes();
    byte[] signature = signer.signature(text);
    byte[] blob = Arrays.copyOf(text, text.length + signature.length);
    System.arraycopy(signature, 0, blob, text.length, signature.length);
    return blob;
  }

  private static byte[] sha256(byte[] data) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(data);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
