package localhsm.crypto;

import com.google.errorprone.annotations.Immutable;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import localhsm.secret.SecretBytes;

/** The padding of RSAES-OAEP (RFC 8017 7.1) with an empty label and one hash for both uses. */
@Immutable
record OaepPadding(Hash hash) implements RsaPadding {

  @Override
  public int overhead() {
    return 2 * hash.bytes() + 2;
  }

  @Override
  public byte[] pad(byte[] plaintext, int length, SecureRandom random) {
    byte[] seed = new byte[hash.bytes()];
    random.nextBytes(seed);
    byte[] db = new byte[length - seed.length - 1];
    System.arraycopy(hash.digest(), 0, db, 0, seed.length);
    db[db.length - plaintext.length - 1] = 1;
    System.arraycopy(plaintext, 0, db, db.length - plaintext.length, plaintext.length);
    hash.mask(db, seed);
    hash.mask(seed, db);
    byte[] block = new byte[length];
    System.arraycopy(seed, 0, block, 1, seed.length);
    System.arraycopy(db, 0, block, 1 + seed.length, db.length);
    return block;
  }

  @Override
  public Optional<SecretBytes> strip(byte[] block) {
    int split = 1 + hash.bytes();
    byte[] seed = Arrays.copyOfRange(block, 1, split);
    byte[] db = Arrays.copyOfRange(block, split, block.length);
    hash.mask(seed, db);
    hash.mask(db, seed);
    byte[] emptyLabel = hash.digest();
    int wrong = block[0];
    for (int i = 0; i < emptyLabel.length; i++) {
      wrong |= db[i] ^ emptyLabel[i];
    }
    int searching = -1;
    int end = 0;
    for (int i = emptyLabel.length; i < db.length; i++) {
      int one = RsaPadding.equalMask(db[i] & 0xff, 1);
      end |= searching & one & i;
      wrong |= searching & ~one & db[i];
      searching &= ~one;
    }
    wrong |= searching;
    Optional<SecretBytes> plaintext =
        wrong == 0
            ? Optional.of(SecretBytes.owning(Arrays.copyOfRange(db, end + 1, db.length)))
            : Optional.empty();
    Arrays.fill(db, (byte) 0);
    return plaintext;
  }
}
