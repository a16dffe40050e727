package localhsm.crypto;

/** The two ways of AES to wrap keys, without initialization vectors. */
enum KeyWrap {
  /** Multiples of 8 bytes from 16 on (RFC 3394). */
  PLAIN("a multiple of 8 bytes, at least 16") {
    @Override
    boolean takes(int length) {
      return length >= 16 && length % 8 == 0;
    }
  },
  /** Anything but nothing (RFC 5649). */
  PADDED("at least 1 byte") {
    @Override
    boolean takes(int length) {
      return length > 0;
    }
  };

  private final String taken;

  KeyWrap(String taken) {
    this.taken = taken;
  }

  abstract boolean takes(int length);

  /** What is taken, for people to read. */
  String taken() {
    return taken;
  }
}
