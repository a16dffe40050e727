package localhsm.crypto;

import static localhsm.crypto.TestKeys.PROVIDERS;
import static localhsm.crypto.TestKeys.RSA_2048;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.spec.MGF1ParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import localhsm.problem.Problems;
import localhsm.secret.SecretBytes;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.RFC5649WrapEngine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TransferMechanismTest {

  private static byte[] wrap(TransferMechanism mechanism, RsaMaterial kek, byte[] target) {
    return mechanism.wrap(
        kek.modulus(), kek.publicExponent(), SecretBytes.owning(target.clone()), PROVIDERS);
  }

  private static byte[] unwrap(TransferMechanism mechanism, RsaMaterial kek, byte[] blob) {
    return mechanism.unwrap(kek, blob, PROVIDERS).expose();
  }

  private static String hash(TransferMechanism mechanism) {
    return switch (mechanism) {
      case CKM_RSA_AES_KEY_WRAP -> "SHA-1";
      case RSA_AES_KEY_WRAP_256 -> "SHA-256";
      case RSA_AES_KEY_WRAP_384 -> "SHA-384";
    };
  }

  private static Cipher oaep(TransferMechanism mechanism, int mode, java.security.Key key)
      throws Exception {
    Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding", "SunJCE");
    MGF1ParameterSpec mask = new MGF1ParameterSpec(hash(mechanism));
    cipher.init(
        mode,
        key,
        new OAEPParameterSpec(hash(mechanism), "MGF1", mask, PSource.PSpecified.DEFAULT));
    return cipher;
  }

  /** The blob of the JDK and BouncyCastle. */
  private static byte[] foreign(
      TransferMechanism mechanism, RsaMaterial kek, byte[] aesKey, byte[] target) throws Exception {
    byte[] first = oaep(mechanism, Cipher.ENCRYPT_MODE, TestKeys.jdkPublic(kek)).doFinal(aesKey);
    return TestKeys.joined(first, padded(aesKey, true).wrap(target, 0, target.length));
  }

  private static RFC5649WrapEngine padded(byte[] aesKey, boolean wrapping) {
    RFC5649WrapEngine engine = new RFC5649WrapEngine(new AESEngine());
    engine.init(wrapping, new KeyParameter(aesKey));
    return engine;
  }

  @ParameterizedTest
  @EnumSource
  void isFoundByItsExactWireName(TransferMechanism mechanism) {
    assertThat(mechanism.wireName()).isEqualTo(mechanism.name());
    assertThat(TransferMechanism.fromWire(mechanism.wireName())).contains(mechanism);
    assertThat(TransferMechanism.fromWire("RSA_AES_KEY_WRAP_512")).isEmpty();
  }

  @Nested
  class ATarget {

    @ParameterizedTest
    @EnumSource
    void isReadByOtherImplementations(TransferMechanism mechanism) throws Exception {
      for (RsaMaterial kek : TestKeys.rsa().toList()) {
        for (KeyMaterial target : TestKeys.all()) {
          byte[] plain = target.encoded().expose();
          byte[] blob = wrap(mechanism, kek, plain);
          byte[] aesKey =
              oaep(mechanism, Cipher.DECRYPT_MODE, TestKeys.jdkPrivate(kek))
                  .doFinal(blob, 0, kek.modulusBytes());
          assertThat(aesKey).hasSize(32);
          assertThat(read(aesKey, blob, kek.modulusBytes())).isEqualTo(plain);
        }
      }
    }

    private byte[] read(byte[] aesKey, byte[] blob, int split) throws InvalidCipherTextException {
      return padded(aesKey, false).unwrap(blob, split, blob.length - split);
    }

    @ParameterizedTest
    @EnumSource
    void isReadFromOtherImplementationsAndMeansTheSameKey(TransferMechanism mechanism)
        throws Exception {
      for (KeyMaterial target : TestKeys.all()) {
        byte[] plain = target.encoded().expose();
        for (int aesBytes : new int[] {16, 24, 32}) {
          byte[] blob = foreign(mechanism, RSA_2048, TestKeys.bytes(aesBytes), plain);
          assertThat(unwrap(mechanism, RSA_2048, blob)).isEqualTo(plain);
        }
      }
    }

    @ParameterizedTest
    @CsvSource({
      "CKM_RSA_AES_KEY_WRAP, sha1",
      "RSA_AES_KEY_WRAP_256, sha256",
      "RSA_AES_KEY_WRAP_384, sha384"
    })
    void isReadFromOpenssl(TransferMechanism mechanism, String digest, @TempDir Path folder)
        throws Exception {
      OpenSsl openssl = new OpenSsl(folder);
      Path kek = openssl.file("kek.der", RSA_2048.encoded().expose());
      byte[] aesKey = TestKeys.bytes(32);
      byte[] target = TestKeys.P_384.encoded().expose();
      byte[] first =
          openssl.run(
              "pkeyutl",
              "-encrypt",
              "-inkey",
              kek.toString(),
              "-keyform",
              "DER",
              "-in",
              openssl.file("aes", aesKey).toString(),
              "-pkeyopt",
              "rsa_padding_mode:oaep",
              "-pkeyopt",
              "rsa_oaep_md:" + digest,
              "-pkeyopt",
              "rsa_mgf1_md:" + digest);
      byte[] second =
          openssl.run(
              "enc",
              "-id-aes256-wrap-pad",
              "-K",
              java.util.HexFormat.of().formatHex(aesKey),
              "-iv",
              "A65959A6",
              "-in",
              openssl.file("target", target).toString());
      assertThat(unwrap(mechanism, RSA_2048, TestKeys.joined(first, second))).isEqualTo(target);
    }

    @Test
    void travelsUnderAFreshKeyEachTime() {
      byte[] target = TestKeys.bytes(32);
      byte[] one = wrap(TransferMechanism.RSA_AES_KEY_WRAP_256, RSA_2048, target);
      byte[] other = wrap(TransferMechanism.RSA_AES_KEY_WRAP_256, RSA_2048, target);
      assertThat(Arrays.copyOfRange(one, 256, one.length))
          .isNotEqualTo(Arrays.copyOfRange(other, 256, other.length));
    }
  }

  @Nested
  class AWrappingKey {

    @Test
    void isRefusedWhenItHasAnotherSize() {
      for (int bits : new int[] {512, 1024, 2047, 4097, 8192}) {
        BigInteger n = BigInteger.ONE.shiftLeft(bits - 1).add(BigInteger.ONE);
        assertThat(refused(n, BigInteger.valueOf(65537)))
            .isEqualTo(Problems.invalidKeySize(Integer.toString(bits)).problem());
      }
    }

    @Test
    void isRefusedWhenItIsNone() {
      BigInteger n = RSA_2048.modulus();
      BigInteger e = BigInteger.valueOf(65537);
      BigInteger large = BigInteger.ONE.shiftLeft(64).add(BigInteger.ONE);
      for (BigInteger wrong : List.of(BigInteger.ZERO, BigInteger.ONE, e.negate(), large)) {
        assertThat(refused(n, wrong).message()).contains("not an RSA public key");
      }
      assertThat(refused(n, e.add(BigInteger.ONE)).message()).contains("not an RSA public key");
      assertThat(refused(n.add(BigInteger.ONE), e).message()).contains("not an RSA public key");
      assertThat(refused(n.negate(), e).message()).contains("not an RSA public key");
    }

    private localhsm.problem.Problem refused(BigInteger n, BigInteger e) {
      SecretBytes target = SecretBytes.owning(new byte[16]);
      return TestKeys.refusal(
          () -> TransferMechanism.CKM_RSA_AES_KEY_WRAP.wrap(n, e, target, PROVIDERS));
    }
  }

  @Nested
  class AShortTarget {

    @Test
    void isReadByTheJdkWithoutAnAesKeyBetween() throws Exception {
      for (RsaMaterial kek : TestKeys.rsa().toList()) {
        byte[] target = TestKeys.bytes(kek.modulusBytes() - 66);
        Cipher jdk =
            oaep(
                TransferMechanism.RSA_AES_KEY_WRAP_256,
                Cipher.DECRYPT_MODE,
                TestKeys.jdkPrivate(kek));
        assertThat(jdk.doFinal(encrypted(kek, target))).isEqualTo(target);
      }
    }

    @Test
    void isRefusedWhenItIsTooLong() {
      assertThat(TestKeys.refusal(() -> encrypted(RSA_2048, new byte[191])))
          .isEqualTo(Problems.valueTooLong("RSA-OAEP-256", 190).problem());
    }

    private byte[] encrypted(RsaMaterial kek, byte[] target) {
      return TransferMechanism.encryptDirectly(
          kek.modulus(), kek.publicExponent(), SecretBytes.owning(target), PROVIDERS);
    }
  }

  @ParameterizedTest
  @EnumSource
  void failsAlwaysAlike(TransferMechanism mechanism) throws Exception {
    byte[] target = TestKeys.bytes(32);
    byte[] right = wrap(mechanism, RSA_2048, target);
    List<byte[]> wrong = new ArrayList<>();
    for (int length : new int[] {0, 1, 255, 256, 257, 264, 272, 288, 295, 297, 304}) {
      wrong.add(Arrays.copyOf(right, length));
    }
    for (int i = 0; i < right.length; i += 5) {
      byte[] flipped = right.clone();
      flipped[i] ^= 1;
      wrong.add(flipped);
    }
    for (int aesBytes : new int[] {0, 1, 15, 31, 33, 64}) {
      byte[] first =
          oaep(mechanism, Cipher.ENCRYPT_MODE, TestKeys.jdkPublic(RSA_2048))
              .doFinal(TestKeys.bytes(aesBytes));
      wrong.add(TestKeys.joined(first, Arrays.copyOfRange(right, 256, right.length)));
    }
    // What the stand-in would open must not pass for a target.
    wrong.add(
        TestKeys.joined(new byte[256], padded(new byte[32], true).wrap(target, 0, target.length)));
    for (TransferMechanism other : TransferMechanism.values()) {
      if (other != mechanism) {
        wrong.add(wrap(other, RSA_2048, target));
      }
    }
    for (byte[] blob : wrong) {
      assertThat(TestKeys.refusal(() -> unwrap(mechanism, RSA_2048, blob)))
          .isEqualTo(Problems.decryptionFailed().problem());
    }
  }
}
