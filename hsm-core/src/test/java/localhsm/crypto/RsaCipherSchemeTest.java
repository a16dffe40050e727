package localhsm.crypto;

import static localhsm.crypto.TestKeys.PROVIDERS;
import static localhsm.crypto.TestKeys.RANDOM;
import static localhsm.crypto.TestKeys.RSA_2048;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import localhsm.problem.ProblemException;
import localhsm.problem.Problems;
import localhsm.work.WorkClass;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RsaCipherSchemeTest {
  private static final List<CipherAlgorithm> ALGORITHMS =
      List.of(CipherAlgorithm.RSA_OAEP_256, CipherAlgorithm.RSA_OAEP, CipherAlgorithm.RSA1_5);

  static Stream<Arguments> everyRsaPair() {
    return ALGORITHMS.stream()
        .flatMap(algorithm -> TestKeys.rsa().map(key -> arguments(algorithm, key)));
  }

  private static int overhead(CipherAlgorithm algorithm) {
    return switch (algorithm) {
      case RSA_OAEP_256 -> 66;
      case RSA_OAEP -> 42;
      case RSA1_5 -> 11;
      default -> throw new AssertionError(algorithm);
    };
  }

  private static byte[] encrypt(CipherAlgorithm algorithm, RsaMaterial key, byte[] plaintext) {
    return algorithm.encrypt(key, CipherAlgorithm.Input.of(plaintext), PROVIDERS).value();
  }

  private static byte[] decrypt(CipherAlgorithm algorithm, RsaMaterial key, byte[] ciphertext) {
    return algorithm.decrypt(key, CipherAlgorithm.Input.of(ciphertext), PROVIDERS).value();
  }

  @ParameterizedTest
  @MethodSource("everyRsaPair")
  void fitsEveryRsaKeyAndDecryptsOffTheEventLoop(CipherAlgorithm algorithm, RsaMaterial key) {
    assertThat(algorithm.fits(key)).isTrue();
    assertThat(algorithm.encryptWork(key)).isEqualTo(WorkClass.INLINE);
    assertThat(algorithm.decryptWork(key)).isEqualTo(WorkClass.CPU);
  }

  @Nested
  class APlaintext {

    @ParameterizedTest
    @MethodSource("localhsm.crypto.RsaCipherSchemeTest#everyRsaPair")
    void comesBackWhateverItsLength(CipherAlgorithm algorithm, RsaMaterial key) {
      int limit = key.modulusBytes() - overhead(algorithm);
      for (int length : new int[] {0, 1, 16, 32, limit - 1, limit}) {
        byte[] plaintext = TestKeys.bytes(length);
        byte[] ciphertext = encrypt(algorithm, key, plaintext);
        assertThat(ciphertext).hasSize(key.modulusBytes());
        assertThat(decrypt(algorithm, key, ciphertext)).isEqualTo(plaintext);
      }
    }

    @ParameterizedTest
    @MethodSource("localhsm.crypto.RsaCipherSchemeTest#everyRsaPair")
    void isRefusedWhenTooLong(CipherAlgorithm algorithm, RsaMaterial key) {
      int limit = key.modulusBytes() - overhead(algorithm);
      for (int length : new int[] {limit + 1, key.modulusBytes(), 5000}) {
        assertThatThrownBy(() -> encrypt(algorithm, key, new byte[length]))
            .isInstanceOfSatisfying(
                ProblemException.class,
                e ->
                    assertThat(e.problem())
                        .isEqualTo(Problems.valueTooLong(algorithm.wireName(), limit).problem()));
      }
    }

    @ParameterizedTest
    @MethodSource("localhsm.crypto.RsaCipherSchemeTest#everyRsaPair")
    void isReadByTheJdk(CipherAlgorithm algorithm, RsaMaterial key) throws Exception {
      byte[] plaintext = TestKeys.bytes(32);
      Cipher cipher = jdk(algorithm);
      init(cipher, Cipher.DECRYPT_MODE, TestKeys.jdkPrivate(key), algorithm);
      assertThat(cipher.doFinal(encrypt(algorithm, key, plaintext))).isEqualTo(plaintext);
    }

    @ParameterizedTest
    @MethodSource("localhsm.crypto.RsaCipherSchemeTest#everyRsaPair")
    void isReadFromTheJdk(CipherAlgorithm algorithm, RsaMaterial key) throws Exception {
      for (int length : new int[] {0, 1, 32, key.modulusBytes() - overhead(algorithm)}) {
        byte[] plaintext = TestKeys.bytes(length);
        Cipher cipher = jdk(algorithm);
        init(cipher, Cipher.ENCRYPT_MODE, TestKeys.jdkPublic(key), algorithm);
        assertThat(decrypt(algorithm, key, cipher.doFinal(plaintext))).isEqualTo(plaintext);
      }
    }
  }

  @Nested
  class AFailedDecryption {

    @ParameterizedTest
    @EnumSource(names = {"RSA_OAEP_256", "RSA_OAEP", "RSA1_5"})
    void isAlwaysTheSameProblemAfterTheSameWork(CipherAlgorithm algorithm) {
      CountingRsa engine = new CountingRsa();
      Providers counted =
          new Providers(engine, new BouncyCastleEc(RANDOM), PROVIDERS.oct(), RANDOM);
      for (byte[] wrong : wrongCiphertexts(algorithm)) {
        int before = engine.privateOperations;
        ProblemException refusal =
            catchThrowableOfType(
                ProblemException.class,
                () -> algorithm.decrypt(RSA_2048, CipherAlgorithm.Input.of(wrong), counted));
        assertThat(refusal.problem()).isEqualTo(Problems.decryptionFailed().problem());
        assertThat(engine.privateOperations).isEqualTo(before + 1);
      }
    }

    private List<byte[]> wrongCiphertexts(CipherAlgorithm algorithm) {
      byte[] right = encrypt(algorithm, RSA_2048, TestKeys.bytes(32));
      BigInteger n = RSA_2048.modulus();
      byte[] ones = new byte[256];
      Arrays.fill(ones, (byte) 0xff);
      List<byte[]> all =
          new ArrayList<>(
              List.of(
                  new byte[0],
                  new byte[1],
                  new byte[255],
                  new byte[256],
                  new byte[257],
                  new byte[512],
                  ones,
                  number(BigInteger.ONE),
                  number(n.subtract(BigInteger.ONE)),
                  number(n),
                  Arrays.copyOf(right, 255),
                  Arrays.copyOfRange(right, 1, 256),
                  Arrays.copyOf(right, 257)));
      for (CipherAlgorithm other : ALGORITHMS) {
        if (other != algorithm) {
          all.add(encrypt(other, RSA_2048, TestKeys.bytes(32)));
        }
      }
      if (algorithm != CipherAlgorithm.RSA1_5) {
        // A random block has an acceptable PKCS#1 v1.5 padding once in some ten thousand times.
        for (int i = 0; i < 256; i++) {
          byte[] flipped = right.clone();
          flipped[i] ^= 1;
          all.add(flipped);
        }
      }
      for (byte[] block : wrongBlocks(algorithm)) {
        all.add(PROVIDERS.rsa().publicOperation(RSA_2048.publicKey(), block));
      }
      return all;
    }

    /** Padded blocks, each broken in one place. */
    private List<byte[]> wrongBlocks(CipherAlgorithm algorithm) {
      List<byte[]> blocks = new ArrayList<>();
      if (algorithm == CipherAlgorithm.RSA1_5) {
        for (int zero = 2; zero < 10; zero++) {
          byte[] early = pkcs1();
          early[zero] = 0;
          blocks.add(early);
        }
        blocks.add(with(pkcs1(), 0, 1));
        blocks.add(with(pkcs1(), 1, 1));
        blocks.add(with(pkcs1(), 1, 3));
        byte[] endless = pkcs1();
        Arrays.fill(endless, 2, 256, (byte) 7);
        blocks.add(endless);
      } else {
        Hash hash = algorithm == CipherAlgorithm.RSA_OAEP ? Hash.SHA_1 : Hash.SHA_256;
        blocks.add(with(oaep(hash, new byte[0], 1), 0, 1));
        blocks.add(oaep(hash, new byte[] {1}, 1));
        blocks.add(oaep(hash, new byte[0], 0));
        blocks.add(oaep(hash, new byte[0], 2));
        blocks.add(oaep(hash, new byte[0], 0x81));
      }
      return blocks;
    }

    private byte[] with(byte[] block, int index, int value) {
      block[index] = (byte) value;
      return block;
    }

    private byte[] pkcs1() {
      byte[] block = new byte[256];
      Arrays.fill(block, 2, 200, (byte) 7);
      block[1] = 2;
      return block;
    }

    private byte[] oaep(Hash hash, byte[] label, int separator) {
      byte[] seed = TestKeys.bytes(hash.bytes());
      byte[] db = new byte[255 - hash.bytes()];
      System.arraycopy(hash.digest(label), 0, db, 0, hash.bytes());
      db[db.length - 20] = (byte) separator;
      hash.mask(db, seed);
      hash.mask(seed, db);
      byte[] block = new byte[256];
      System.arraycopy(seed, 0, block, 1, seed.length);
      System.arraycopy(db, 0, block, 1 + seed.length, db.length);
      return block;
    }

    private byte[] number(BigInteger value) {
      return BigIntegers.asUnsignedByteArray(256, value);
    }
  }

  private static final class CountingRsa implements RsaEngine {
    private final RsaEngine engine = new BouncyCastleRsa(RANDOM);
    private int privateOperations;

    @Override
    public RsaMaterial generate(int modulusBits, int publicExponent) {
      return engine.generate(modulusBits, publicExponent);
    }

    @Override
    public byte[] publicOperation(RSAKeyParameters key, byte[] block) {
      return engine.publicOperation(key, block);
    }

    @Override
    public byte[] privateOperation(RsaMaterial key, byte[] block) {
      privateOperations++;
      return engine.privateOperation(key, block);
    }
  }

  private static Cipher jdk(CipherAlgorithm algorithm) throws GeneralSecurityException {
    return Cipher.getInstance(
        algorithm == CipherAlgorithm.RSA1_5 ? "RSA/ECB/PKCS1Padding" : "RSA/ECB/OAEPPadding",
        "SunJCE");
  }

  private static void init(
      Cipher cipher, int mode, java.security.Key key, CipherAlgorithm algorithm)
      throws GeneralSecurityException {
    switch (algorithm) {
      case RSA1_5 -> cipher.init(mode, key);
      case RSA_OAEP -> cipher.init(mode, key, oaep("SHA-1"));
      case RSA_OAEP_256 -> cipher.init(mode, key, oaep("SHA-256"));
      default -> throw new AssertionError(algorithm);
    }
  }

  private static AlgorithmParameterSpec oaep(String hash) {
    return new OAEPParameterSpec(
        hash, "MGF1", new MGF1ParameterSpec(hash), PSource.PSpecified.DEFAULT);
  }
}
