package localhsm.crypto;

import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;

/** The elliptic curves (RFC 7518 6.2.1.1; P-256K is secp256k1, RFC 8812). */
public enum Curve {
  P_256("P-256", "secp256r1", 32),
  P_256K("P-256K", "secp256k1", 32),
  P_384("P-384", "secp384r1", 48),
  P_521("P-521", "secp521r1", 66);

  private final String wireName;
  private final String standardName;
  private final int fieldBytes;

  Curve(String wireName, String standardName, int fieldBytes) {
    this.wireName = wireName;
    this.standardName = standardName;
    this.fieldBytes = fieldBytes;
  }

  /** The {@code crv} of a key. */
  public String wireName() {
    return wireName;
  }

  /** Length of a coordinate and of each half of a signature, in bytes. */
  public int fieldBytes() {
    return fieldBytes;
  }

  /** The curve's object identifier (RFC 5480 2.1.1.1, SEC 2). */
  ASN1ObjectIdentifier identifier() {
    return CustomNamedCurves.getOID(standardName);
  }

  /** The curve's parameters, with field arithmetic made for it; they share one base point. */
  ECDomainParameters domain() {
    return new ECNamedDomainParameters(identifier(), CustomNamedCurves.getByName(standardName));
  }

  /** Looks a curve up by its {@code crv}. */
  public static Optional<Curve> fromWire(String crv) {
    for (Curve curve : values()) {
      if (curve.wireName.equals(crv)) {
        return Optional.of(curve);
      }
    }
    return Optional.empty();
  }
}
