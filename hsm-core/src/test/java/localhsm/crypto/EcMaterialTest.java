package localhsm.crypto;

import static localhsm.crypto.TestKeys.PROVIDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.stream.Stream;
import localhsm.secret.SecretBytes;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EcMaterialTest {

  static Stream<EcMaterial> keys() {
    return TestKeys.ec();
  }

  private static EcMaterial decode(byte[] pkcs8) {
    return (EcMaterial)
        KeyMaterial.decode(KeyType.EC, SecretBytes.owning(pkcs8.clone()), PROVIDERS);
  }

  private static byte[] encode(EcMaterial key, BigInteger d, byte[] point) {
    return Pkcs8.write(
            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, key.curve().identifier()),
            new ECPrivateKey(
                key.privateKey().getParameters().getN().bitLength(),
                d,
                point.length == 0 ? null : new DERBitString(point),
                null))
        .expose();
  }

  @ParameterizedTest
  @MethodSource("keys")
  void showsNothingButItsCurve(EcMaterial key) {
    assertThat(key.toString()).isEqualTo("EcMaterial[" + key.curve().wireName() + "]");
    assertThat(key.type()).isEqualTo(KeyType.EC);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void hasCoordinatesAsLongAsTheField(EcMaterial key) {
    for (int i = 0; i < 40; i++) {
      EcMaterial fresh = PROVIDERS.ec(key.curve()).generate(key.curve());
      assertThat(fresh.x()).hasSize(key.curve().fieldBytes());
      assertThat(fresh.y()).hasSize(key.curve().fieldBytes());
    }
  }

  @Nested
  class AnEncodedKey {

    @ParameterizedTest
    @MethodSource("localhsm.crypto.EcMaterialTest#keys")
    void comesBackWhole(EcMaterial key) {
      EcMaterial back = decode(key.encoded().expose());
      assertThat(back.encoded()).isEqualTo(key.encoded());
      assertThat(back.curve()).isEqualTo(key.curve());
      assertThat(back.x()).isEqualTo(key.x());
      assertThat(back.y()).isEqualTo(key.y());
    }

    @ParameterizedTest
    @MethodSource("localhsm.crypto.EcMaterialTest#keys")
    void isReadWithoutItsPublicPoint(EcMaterial key) {
      EcMaterial back = decode(encode(key, key.privateKey().getD(), new byte[0]));
      assertThat(back.encoded()).isEqualTo(key.encoded());
    }

    @ParameterizedTest
    @MethodSource("localhsm.crypto.EcMaterialTest#keys")
    void isReadWithACompressedPoint(EcMaterial key) {
      byte[] point = key.publicKey().getQ().getEncoded(true);
      EcMaterial back = decode(encode(key, key.privateKey().getD(), point));
      assertThat(back.encoded()).isEqualTo(key.encoded());
    }

    @ParameterizedTest
    @CsvSource({"secp256r1, P_256", "secp384r1, P_384", "secp521r1, P_521"})
    void ofTheJdkIsRead(String name, Curve curve) throws Exception {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", "SunEC");
      generator.initialize(new ECGenParameterSpec(name));
      KeyPair pair = generator.generateKeyPair();
      EcMaterial key = decode(pair.getPrivate().getEncoded());
      ECPublicKey jdk = (ECPublicKey) pair.getPublic();
      assertThat(key.curve()).isEqualTo(curve);
      assertThat(new BigInteger(1, key.x())).isEqualTo(jdk.getW().getAffineX());
      assertThat(new BigInteger(1, key.y())).isEqualTo(jdk.getW().getAffineY());
    }

    @ParameterizedTest
    @CsvSource({"prime256v1, P_256", "secp256k1, P_256K", "secp384r1, P_384", "secp521r1, P_521"})
    void ofOpensslIsReadAndWrittenAlike(String name, Curve curve, @TempDir Path folder)
        throws Exception {
      byte[] pkcs8 = new OpenSsl(folder).newKey("EC", "ec_paramgen_curve:" + name);
      EcMaterial key = decode(pkcs8);
      assertThat(key.curve()).isEqualTo(curve);
      assertThat(key.encoded().expose()).isEqualTo(pkcs8);
    }
  }

  @Nested
  class ADamagedEncoding {

    @ParameterizedTest
    @MethodSource("localhsm.crypto.EcMaterialTest#keys")
    void isRefusedOrMeansTheSameKey(EcMaterial key) {
      byte[] right = key.encoded().expose();
      for (int i = 0; i < right.length; i++) {
        for (int mask : new int[] {1, 0x20, 0x80, 0xff}) {
          byte[] wrong = right.clone();
          wrong[i] ^= (byte) mask;
          assertRefusedOrSame(wrong, right);
        }
      }
    }

    private void assertRefusedOrSame(byte[] wrong, byte[] right) {
      try {
        assertThat(decode(wrong).encoded().expose()).isEqualTo(right);
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessage("not a private key of the HSM").hasNoCause();
      }
    }

    @Test
    void isRefusedWhenItsLengthDiffers() {
      byte[] right = TestKeys.P_256.encoded().expose();
      for (int length = 0; length < right.length; length++) {
        byte[] wrong = Arrays.copyOf(right, length);
        assertThatIllegalArgumentException().isThrownBy(() -> decode(wrong));
      }
      byte[] longer = Arrays.copyOf(right, right.length + 1);
      assertThatIllegalArgumentException().isThrownBy(() -> decode(longer));
    }

    @ParameterizedTest
    @MethodSource("localhsm.crypto.EcMaterialTest#keys")
    void isRefusedWhenTheNumberIsOutOfRange(EcMaterial key) {
      BigInteger order = key.privateKey().getParameters().getN();
      for (BigInteger d : new BigInteger[] {BigInteger.ZERO, order, order.add(BigInteger.ONE)}) {
        byte[] encoded = encode(key, d, new byte[0]);
        assertThatIllegalArgumentException().isThrownBy(() -> decode(encoded));
      }
    }

    @ParameterizedTest
    @MethodSource("localhsm.crypto.EcMaterialTest#keys")
    void isRefusedWhenThePointIsAnotherOrOffTheCurve(EcMaterial key) {
      byte[] other =
          PROVIDERS.ec(key.curve()).generate(key.curve()).publicKey().getQ().getEncoded(false);
      byte[] off = key.publicKey().getQ().getEncoded(false);
      off[off.length - 1] ^= 1;
      byte[] infinity = {0};
      for (byte[] point : new byte[][] {other, off, infinity}) {
        byte[] encoded = encode(key, key.privateKey().getD(), point);
        assertThatIllegalArgumentException().isThrownBy(() -> decode(encoded));
      }
    }

    @Test
    void isRefusedOnACurveThatTheHsmDoesNotHave() {
      byte[] brainpool =
          Pkcs8.write(
                  new AlgorithmIdentifier(
                      X9ObjectIdentifiers.id_ecPublicKey,
                      org.bouncycastle.asn1.teletrust.TeleTrusTObjectIdentifiers.brainpoolP256r1),
                  new ECPrivateKey(256, BigInteger.TEN))
              .expose();
      byte[] rsa = TestKeys.RSA_2048.encoded().expose();
      assertThatIllegalArgumentException().isThrownBy(() -> decode(brainpool));
      assertThatIllegalArgumentException().isThrownBy(() -> decode(rsa));
    }
  }
}
