package localhsm.store;

/**
 * A row as it lies on the disk.
 *
 * @param revision counter of the commit that wrote it
 * @param sealed nonce, ciphertext and tag
 */
public record SealedRow(RowKey key, long revision, byte[] sealed) {}
