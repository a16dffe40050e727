package localhsm.crypto;

/** The two ways of AES to wrap keys, without initialization vectors. */
enum KeyWrap {
  /** Multiples of 8 bytes from 16 on (RFC 3394). */
  PLAIN("a multiple of 8 bytes, at least 16") {
    @Override
    boolean takes(int length) {
      return length >= 16 && length % 8 == 0;
    }

    @Override
    boolean gives(int length) {
      return takes(length - 8);
    }
  },
  /** Anything but nothing (RFC 5649). */
  PADDED("at least 1 byte") {
    @Override
    boolean takes(int length) {
      return length > 0;
    }

    @Override
    boolean gives(int length) {
      return length >= 16 && length % 8 == 0;
    }
  };

  private final String taken;

  KeyWrap(String taken) {
    this.taken = taken;
  }

  /** Whether a value of that many bytes can be wrapped. */
  abstract boolean takes(int length);

  /** Whether a wrapped value can have that many bytes. */
  abstract boolean gives(int length);

  /** What is taken, for people to read. */
  String taken() {
    return taken;
  }
}
