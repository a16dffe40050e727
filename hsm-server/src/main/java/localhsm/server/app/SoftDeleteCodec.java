package localhsm.server.app;

import localhsm.keys.lifecycle.SoftDelete;
import localhsm.secret.SecretBytes;

/** Writes how deleted keys are kept as three bytes: format version, days, protection. */
final class SoftDeleteCodec {
  private static final byte FORMAT = 1;
  private static final int SIZE = 3;

  private SoftDeleteCodec() {}

  static SecretBytes write(SoftDelete rules) {
    return SecretBytes.owning(
        new byte[] {
          FORMAT, (byte) rules.retentionDays(), (byte) (rules.purgeProtection() ? 1 : 0)
        });
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws StartRefused when another version of this program wrote it
   */
  static SoftDelete read(SecretBytes stored) {
    byte[] bytes = stored.expose();
    if (bytes.length != SIZE || bytes[0] != FORMAT) {
      throw StartRefused.dataFolder(
          "the data folder was written by another version of this program; use that version, or"
              + " choose another --data folder");
    }
    return new SoftDelete(bytes[1], bytes[2] == 1);
  }
}
