package localhsm.store;

import localhsm.secret.SecretBytes;

/** The bytes of a sealed value's row. */
final class ValueCodec implements RecordKind.Codec<SecretBytes> {
  private static final int FORMAT = 1;

  @Override
  public SecretBytes encode(SecretBytes value) {
    return CborCodec.write(
        FORMAT,
        out -> {
          out.secret("value", value);
          return out;
        });
  }

  @Override
  public SecretBytes decode(SecretBytes body) {
    return CborCodec.read(body, FORMAT, in -> in.secret("value"));
  }
}
