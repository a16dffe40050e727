package localhsm.crypto;

import static localhsm.crypto.TestKeys.PROVIDERS;
import static localhsm.crypto.TestKeys.RSA_2048;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Arrays;
import java.util.stream.Stream;
import localhsm.secret.SecretBytes;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RsaMaterialTest {

  static Stream<RsaMaterial> keys() {
    return TestKeys.rsa();
  }

  private static RsaMaterial decode(byte[] pkcs8) {
    return (RsaMaterial)
        KeyMaterial.decode(KeyType.RSA, SecretBytes.owning(pkcs8.clone()), PROVIDERS);
  }

  @Test
  void showsNothingButItsSize() {
    assertThat(RSA_2048.toString()).isEqualTo("RsaMaterial[2048]");
    assertThat(RSA_2048.type()).isEqualTo(KeyType.RSA);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void hasTheParametersThatItWasMadeWith(RsaMaterial key) {
    assertThat(key.bits()).isEqualTo(key.modulus().bitLength());
    assertThat(key.parameters())
        .isEqualTo(new KeyParameters.Rsa(key.bits(), key.publicExponent().intValueExact()));
  }

  @Nested
  class AnEncodedKey {

    @ParameterizedTest
    @MethodSource("localhsm.crypto.RsaMaterialTest#keys")
    void comesBackWhole(RsaMaterial key) {
      RsaMaterial back = decode(key.encoded().expose());
      assertThat(back.encoded()).isEqualTo(key.encoded());
      assertThat(back.modulus()).isEqualTo(key.modulus());
      assertThat(back.publicExponent()).isEqualTo(key.publicExponent());
      byte[] digest = new byte[32];
      byte[] signature = SignAlgorithm.RS256.sign(back, digest, PROVIDERS);
      assertThat(SignAlgorithm.RS256.verify(key, digest, signature, PROVIDERS)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("localhsm.crypto.RsaMaterialTest#keys")
    void isReadByTheJdk(RsaMaterial key) throws Exception {
      RSAPrivateCrtKey jdk = (RSAPrivateCrtKey) TestKeys.jdkPrivate(key);
      assertThat(jdk.getModulus()).isEqualTo(key.modulus());
      assertThat(jdk.getPublicExponent()).isEqualTo(key.publicExponent());
      assertThat(jdk.getPrimeP()).isEqualTo(key.privateKey().getP());
    }

    @Test
    void ofTheJdkIsRead() throws Exception {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", "SunRsaSign");
      generator.initialize(3072);
      RSAPrivateCrtKey jdk = (RSAPrivateCrtKey) generator.generateKeyPair().getPrivate();
      RsaMaterial key = decode(jdk.getEncoded());
      assertThat(key.modulus()).isEqualTo(jdk.getModulus());
      assertThat(key.modulusBytes()).isEqualTo(384);
    }

    @Test
    void ofOpensslIsRead(@TempDir Path folder) throws Exception {
      byte[] pkcs8 = new OpenSsl(folder).newKey("RSA", "rsa_keygen_pubexp:3");
      RsaMaterial key = decode(pkcs8);
      assertThat(key.publicExponent()).isEqualTo(3);
      assertThat(key.encoded().expose()).isEqualTo(pkcs8);
    }
  }

  @Nested
  class ADamagedEncoding {

    @Test
    void isRefusedOrMeansTheSameKey() {
      byte[] right = RSA_2048.encoded().expose();
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
      byte[] right = RSA_2048.encoded().expose();
      for (int length = 0; length < right.length; length++) {
        byte[] wrong = Arrays.copyOf(right, length);
        assertThatIllegalArgumentException().isThrownBy(() -> decode(wrong));
      }
      byte[] longer = Arrays.copyOf(right, right.length + 1);
      assertThatIllegalArgumentException().isThrownBy(() -> decode(longer));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void isRefusedWhenOneNumberDiffers(int which) {
      BigInteger[] parts = {
        RSA_2048.modulus(),
        RSA_2048.publicExponent(),
        RSA_2048.privateKey().getExponent(),
        RSA_2048.privateKey().getP(),
        RSA_2048.privateKey().getQ(),
        RSA_2048.privateKey().getDP(),
        RSA_2048.privateKey().getDQ(),
        RSA_2048.privateKey().getQInv()
      };
      BigInteger right = parts[which];
      for (BigInteger wrong :
          new BigInteger[] {
            right.add(BigInteger.TWO),
            right.subtract(BigInteger.TWO),
            BigInteger.ZERO,
            BigInteger.ONE,
            right.negate()
          }) {
        parts[which] = wrong;
        byte[] encoded = encode(parts);
        assertThatIllegalArgumentException().isThrownBy(() -> decode(encoded));
      }
    }

    private byte[] encode(BigInteger[] parts) {
      return Pkcs8.write(
              new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
              new RSAPrivateKey(
                  parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], parts[6], parts[7]))
          .expose();
    }

    @Test
    void isRefusedWhenItIsAKeyOfAnotherKindOrSize() throws Exception {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", "SunRsaSign");
      generator.initialize(1024);
      byte[] small = generator.generateKeyPair().getPrivate().getEncoded();
      byte[] ec = TestKeys.P_256.encoded().expose();
      assertThatIllegalArgumentException().isThrownBy(() -> decode(small));
      assertThatIllegalArgumentException().isThrownBy(() -> decode(ec));
    }
  }
}
