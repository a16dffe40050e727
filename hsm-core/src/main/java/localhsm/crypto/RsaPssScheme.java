package localhsm.crypto;

import com.google.errorprone.annotations.Immutable;
import java.security.MessageDigest;
import java.util.Arrays;
import localhsm.problem.Problems;

/** RSASSA-PSS (RFC 8017 8.1): one hash for all, a salt as long as the digest (RFC 7518 3.5). */
@Immutable
record RsaPssScheme(Hash hash) implements RsaSignScheme {
  private static final byte TRAILER = (byte) 0xbc;

  @Override
  public void requireDigest(String algorithm, KeyMaterial material, byte[] digest) {
    if (digest.length != hash.bytes()) {
      throw Problems.digestLength(algorithm, hash.bytes());
    }
  }

  @Override
  public byte[] sign(KeyMaterial material, byte[] digest, Providers providers) {
    RsaMaterial key = (RsaMaterial) material;
    byte[] salt = new byte[hash.bytes()];
    providers.random().nextBytes(salt);
    byte[] digestOfAll = salted(digest, salt);
    byte[] block = new byte[key.modulusBytes()];
    byte[] db = new byte[block.length - hash.bytes() - 1];
    db[db.length - salt.length - 1] = 1;
    System.arraycopy(salt, 0, db, db.length - salt.length, salt.length);
    hash.mask(db, digestOfAll);
    db[0] &= 0x7f;
    System.arraycopy(db, 0, block, 0, db.length);
    System.arraycopy(digestOfAll, 0, block, db.length, digestOfAll.length);
    block[block.length - 1] = TRAILER;
    return providers.rsa().privateOperation(key, block);
  }

  @Override
  public boolean verify(
      KeyMaterial material, byte[] digest, byte[] signature, Providers providers) {
    RsaMaterial key = (RsaMaterial) material;
    if (!key.takes(signature)) {
      return false;
    }
    byte[] block = providers.rsa().publicOperation(key.publicKey(), signature);
    int split = block.length - hash.bytes() - 1;
    byte[] db = Arrays.copyOf(block, split);
    byte[] digestOfAll = Arrays.copyOfRange(block, split, block.length - 1);
    if (block[block.length - 1] != TRAILER || db[0] < 0) {
      return false;
    }
    hash.mask(db, digestOfAll);
    db[0] &= 0x7f;
    int saltStart = db.length - hash.bytes();
    byte[] padding = new byte[saltStart];
    padding[saltStart - 1] = 1;
    byte[] salt = Arrays.copyOfRange(db, saltStart, db.length);
    return Arrays.equals(padding, Arrays.copyOf(db, saltStart))
        && MessageDigest.isEqual(salted(digest, salt), digestOfAll);
  }

  private byte[] salted(byte[] digest, byte[] salt) {
    return hash.digest(new byte[8], digest, salt);
  }
}
