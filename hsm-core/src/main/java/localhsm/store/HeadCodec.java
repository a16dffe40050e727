package localhsm.store;

import java.math.BigInteger;
import localhsm.secret.SecretBytes;

/** The head's bytes. */
final class HeadCodec implements RecordKind.Codec<Head> {
  private static final int FORMAT = 1;

  @Override
  public SecretBytes encode(Head head) {
    return CborCodec.write(
        FORMAT,
        out -> {
          out.number("counter", head.counter());
          out.number("generation", head.generation());
          out.number("sequence", head.sequence());
          out.bytes("sum", head.sum().toByteArray());
          return out;
        });
  }

  @Override
  public Head decode(SecretBytes body) {
    return CborCodec.read(
        body,
        FORMAT,
        in ->
            new Head(
                in.number("counter"),
                in.number("generation"),
                in.number("sequence"),
                new BigInteger(1, in.bytes("sum"))));
  }
}
