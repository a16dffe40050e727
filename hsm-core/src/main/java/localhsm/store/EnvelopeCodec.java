package localhsm.store;

import localhsm.secret.SecretBytes;

/** What is sealed in a row: the record's body with its kind and name. */
final class EnvelopeCodec {
  private static final int FORMAT = 1;

  private EnvelopeCodec() {}

  /** The opened row. The body is the reader's to close. */
  record Envelope(String kind, String name, SecretBytes body) {}

  static SecretBytes encode(String kind, String name, SecretBytes body) {
    return CborCodec.write(
        FORMAT,
        out -> {
          out.text("kind", kind);
          out.text("name", name);
          out.secret("body", body);
          return out;
        });
  }

  static Envelope decode(SecretBytes plain) {
    return CborCodec.read(
        plain, FORMAT, in -> new Envelope(in.text("kind"), in.text("name"), in.secret("body")));
  }
}
