package localhsm.crypto;

/** Which AES keys an algorithm takes. */
enum AesKeySize {
  A128,
  A192,
  A256,
  ANY {
    @Override
    boolean takes(OctMaterial key) {
      return true;
    }
  };

  boolean takes(OctMaterial key) {
    return name().equals("A" + key.bits());
  }
}
