package localhsm.server.certificates;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.ContentSigner;

/** Who signs a certificate: a name and its P-256 key, a key object of the JDK. */
record Issuer(X500Name name, PublicKey publicKey, PrivateKey key) {

  static Issuer of(X500Name name, KeyPair keys) {
    return new Issuer(name, keys.getPublic(), keys.getPrivate());
  }

  static Issuer of(CertificateAuthority ca) {
    X500Name name = X500Name.getInstance(ca.issuing().getSubjectX500Principal().getEncoded());
    return new Issuer(name, ca.issuing().getPublicKey(), ca.key());
  }

  ContentSigner signer(SecureRandom random) {
    return new EcdsaSigner(key, random);
  }

  /** Names the issuer, never the key. */
  @Override
  public String toString() {
    return "Issuer[" + name + "]";
  }

  /** The library's own signers load every algorithm it knows, which costs a start too much. */
  private static final class EcdsaSigner implements ContentSigner {
    private final PrivateKey key;
    private final SecureRandom random;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    EcdsaSigner(PrivateKey key, SecureRandom random) {
      this.key = key;
      this.random = random;
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
      return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    }

    @Override
    public OutputStream getOutputStream() {
      return content;
    }

    @Override
    public byte[] getSignature() {
      try {
        Signature signature = Signature.getInstance(KeyedCertificate.SIGNATURE);
        signature.initSign(key, random);
        signature.update(content.toByteArray());
        return signature.sign();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
