package localhsm.server.app;

import localhsm.secret.SecretBytes;

/** Writes what was provisioned as three bytes: format version, days, protection. */
final class ProvisionedCodec {
  private static final byte FORMAT = 1;
  private static final int SIZE = 3;

  private ProvisionedCodec() {}

  static SecretBytes write(Provisioned provisioned) {
    return SecretBytes.owning(
        new byte[] {
          FORMAT, (byte) provisioned.retentionDays(), (byte) (provisioned.purgeProtection() ? 1 : 0)
        });
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws StartRefused when another version of this program wrote it
   */
  static Provisioned read(SecretBytes stored) {
    byte[] bytes = stored.expose();
    if (bytes.length != SIZE || bytes[0] != FORMAT) {
      throw StartRefused.dataFolder(
          "the data folder was written by another version of this program; use that version, or"
              + " choose another --data folder");
    }
    return new Provisioned(bytes[1], bytes[2] == 1);
  }
}
