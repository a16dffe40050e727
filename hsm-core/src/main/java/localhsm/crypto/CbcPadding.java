package localhsm.crypto;

import java.util.Arrays;
import java.util.Optional;
import localhsm.secret.SecretBytes;

/** How a plaintext is brought to whole blocks, and back. Results are the caller's to clear. */
enum CbcPadding {
  /** Zeros up to the block, which stay there: a decrypted value may be longer than it was. */
  ZEROS {
    @Override
    byte[] pad(byte[] plaintext) {
      return Arrays.copyOf(plaintext, blocks(plaintext.length + OctEngine.BLOCK_BYTES - 1));
    }

    @Override
    Optional<SecretBytes> strip(byte[] blocks) {
      return Optional.of(SecretBytes.owning(blocks.clone()));
    }
  },
  /** From 1 to 16 bytes, each telling their number (RFC 5652 6.3). */
  PKCS7 {
    @Override
    byte[] pad(byte[] plaintext) {
      byte[] padded = Arrays.copyOf(plaintext, blocks(plaintext.length + OctEngine.BLOCK_BYTES));
      int count = padded.length - plaintext.length;
      Arrays.fill(padded, plaintext.length, padded.length, (byte) count);
      return padded;
    }

    @Override
    Optional<SecretBytes> strip(byte[] blocks) {
      int count = blocks[blocks.length - 1] & 0xff;
      int wrong = ((count - 1) | (OctEngine.BLOCK_BYTES - count)) >> 31;
      for (int i = 0; i < OctEngine.BLOCK_BYTES; i++) {
        int inside = (i - count) >> 31;
        wrong |= inside & ((blocks[blocks.length - 1 - i] & 0xff) ^ count);
      }
      return wrong == 0
          ? Optional.of(SecretBytes.owning(Arrays.copyOf(blocks, blocks.length - count)))
          : Optional.empty();
    }
  };

  abstract byte[] pad(byte[] plaintext);

  /**
   * The plaintext inside one block or more, or nothing when the padding is wrong. Until that is
   * decided no branch and no address depends on the content.
   */
  abstract Optional<SecretBytes> strip(byte[] blocks);

  private static int blocks(int length) {
    return length - length % OctEngine.BLOCK_BYTES;
  }
}
