package localhsm.crypto;

import com.google.errorprone.annotations.Immutable;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import localhsm.secret.SecretBytes;

/** The padding of RSAES-PKCS1-v1_5 (RFC 8017 7.2): 00 02, eight or more non-zero bytes, 00. */
@Immutable
record Pkcs1Padding() implements RsaPadding {
  private static final int FIRST_END = 10;

  @Override
  public int overhead() {
    return FIRST_END + 1;
  }

  @Override
  public byte[] pad(byte[] plaintext, int length, SecureRandom random) {
    byte[] block = new byte[length];
    int end = length - plaintext.length - 1;
    random.nextBytes(block);
    byte[] again = new byte[1];
    for (int i = 2; i < end; i++) {
      while (block[i] == 0) {
        random.nextBytes(again);
        block[i] = again[0];
      }
    }
    block[0] = 0;
    block[1] = 2;
    block[end] = 0;
    System.arraycopy(plaintext, 0, block, end + 1, plaintext.length);
    return block;
  }

  @Override
  public Optional<SecretBytes> strip(byte[] block) {
    int wrong = block[0] | (block[1] ^ 2);
    int searching = -1;
    int end = 0;
    for (int i = 2; i < block.length; i++) {
      int found = searching & RsaPadding.equalMask(block[i] & 0xff, 0);
      end |= found & i;
      searching &= ~found;
    }
    int tooEarly = (end - FIRST_END) >> 31;
    wrong |= searching | tooEarly;
    return wrong == 0
        ? Optional.of(SecretBytes.owning(Arrays.copyOfRange(block, end + 1, block.length)))
        : Optional.empty();
  }
}
