package localhsm.crypto;

import static localhsm.crypto.TestKeys.PROVIDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import localhsm.problem.ProblemException;
import localhsm.problem.Problems;
import localhsm.work.WorkClass;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SignAlgorithmTest {
  private static final byte[] MESSAGE = "a message".getBytes(StandardCharsets.UTF_8);

  private static final Map<SignAlgorithm, Curve> CURVES =
      Map.of(
          SignAlgorithm.ES256, Curve.P_256,
          SignAlgorithm.ES256K, Curve.P_256K,
          SignAlgorithm.ES384, Curve.P_384,
          SignAlgorithm.ES512, Curve.P_521);

  private static final Set<SignAlgorithm> TAKES_ALL =
      Set.of(SignAlgorithm.RSNULL, SignAlgorithm.HS256, SignAlgorithm.HS384, SignAlgorithm.HS512);

  /** Their tests are those of {@link HmacScheme}. */
  private static final Set<SignAlgorithm> HMAC =
      Set.of(SignAlgorithm.HS256, SignAlgorithm.HS384, SignAlgorithm.HS512);

  static Stream<Arguments> everyPair() {
    return Stream.of(SignAlgorithm.values())
        .flatMap(algorithm -> TestKeys.all().stream().map(key -> arguments(algorithm, key)));
  }

  static Stream<Arguments> fittingPairs() {
    return everyPair()
        .filter(p -> p.get()[1] instanceof RsaMaterial || p.get()[1] instanceof EcMaterial)
        .filter(p -> belongs((SignAlgorithm) p.get()[0], (KeyMaterial) p.get()[1]));
  }

  private static boolean belongs(SignAlgorithm algorithm, KeyMaterial key) {
    return switch (key.type()) {
      case EC -> ((EcMaterial) key).curve() == CURVES.get(algorithm);
      case RSA -> !CURVES.containsKey(algorithm) && !HMAC.contains(algorithm);
      case OCT -> HMAC.contains(algorithm);
    };
  }

  private static KeyMaterial keyOf(SignAlgorithm algorithm) {
    return TestKeys.all().stream().filter(key -> belongs(algorithm, key)).findFirst().orElseThrow();
  }

  private static int digestBytes(SignAlgorithm algorithm) {
    return switch (algorithm) {
      case RS256, PS256, ES256, ES256K, HS256, RSNULL -> 32;
      case RS384, PS384, ES384, HS384 -> 48;
      case RS512, PS512, ES512, HS512 -> 64;
    };
  }

  private static String hashName(SignAlgorithm algorithm) {
    return "SHA-" + 8 * digestBytes(algorithm);
  }

  private static byte[] digest(SignAlgorithm algorithm) throws GeneralSecurityException {
    return MessageDigest.getInstance(hashName(algorithm)).digest(MESSAGE);
  }

  private static void assertRefused(ThrowingCallable call, ProblemException expected) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem()).isEqualTo(expected.problem()));
  }

  @ParameterizedTest
  @EnumSource(SignAlgorithm.class)
  void isFoundByItsExactWireName(SignAlgorithm algorithm) {
    assertThat(algorithm.wireName()).isEqualTo(algorithm.name());
    assertThat(SignAlgorithm.fromWire(algorithm.wireName())).contains(algorithm);
    assertThat(SignAlgorithm.fromWire(algorithm.wireName().toLowerCase(java.util.Locale.ROOT)))
        .isEmpty();
  }

  @Test
  void doesNotKnowOtherNames() {
    assertThat(List.of("", "none", "HS1", "EdDSA", "ECDSA256", "RS1"))
        .allSatisfy(name -> assertThat(SignAlgorithm.fromWire(name)).isEmpty());
  }

  @ParameterizedTest
  @MethodSource("everyPair")
  void fitsItsKeysAndRefusesAllOthers(SignAlgorithm algorithm, KeyMaterial key) {
    byte[] digest = new byte[digestBytes(algorithm)];
    boolean fits = belongs(algorithm, key);
    assertThat(algorithm.fits(key)).isEqualTo(fits);
    if (!fits) {
      ProblemException mismatch = Problems.algorithmMismatch(algorithm.wireName());
      assertRefused(() -> algorithm.sign(key, digest, PROVIDERS), mismatch);
      assertRefused(() -> algorithm.verify(key, digest, new byte[64], PROVIDERS), mismatch);
      assertRefused(() -> algorithm.signWork(key), mismatch);
      assertRefused(() -> algorithm.verifyWork(key), mismatch);
    }
  }

  @ParameterizedTest
  @EnumSource(SignAlgorithm.class)
  void takesDigestsOfItsLengthOnly(SignAlgorithm algorithm) {
    KeyMaterial key = keyOf(algorithm);
    for (int length = 0; length <= 70; length++) {
      byte[] digest = TestKeys.bytes(length);
      if (TAKES_ALL.contains(algorithm) || length == digestBytes(algorithm)) {
        byte[] signature = algorithm.sign(key, digest, PROVIDERS);
        assertThat(algorithm.verify(key, digest, signature, PROVIDERS)).isTrue();
      } else {
        ProblemException wrong =
            Problems.digestLength(algorithm.wireName(), digestBytes(algorithm));
        assertRefused(() -> algorithm.sign(key, digest, PROVIDERS), wrong);
        assertRefused(() -> algorithm.verify(key, digest, new byte[64], PROVIDERS), wrong);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("fittingPairs")
  void runsOnTheEventLoopOnlyWhatIsQuick(SignAlgorithm algorithm, KeyMaterial key) {
    boolean quickCurve = algorithm == SignAlgorithm.ES256 || algorithm == SignAlgorithm.ES256K;
    assertThat(algorithm.signWork(key) == WorkClass.INLINE).isEqualTo(quickCurve);
    assertThat(algorithm.verifyWork(key) == WorkClass.INLINE)
        .isEqualTo(quickCurve || key instanceof RsaMaterial);
  }

  @Test
  void verifiesOffTheEventLoopWhenTheExponentIsLarge() {
    RsaMaterial slow =
        TestKeys.publicOnly(
            TestKeys.RSA_2048.modulus(), TestKeys.RSA_2048.modulus().subtract(BigInteger.TWO));
    assertThat(SignAlgorithm.RS256.verifyWork(slow)).isEqualTo(WorkClass.CPU);
  }

  @Nested
  class ASignature {

    @ParameterizedTest
    @MethodSource("localhsm.crypto.SignAlgorithmTest#fittingPairs")
    void isAcceptedByTheJdk(SignAlgorithm algorithm, KeyMaterial key) throws Exception {
      byte[] signature = algorithm.sign(key, digest(algorithm), PROVIDERS);
      assertThat(algorithm.verify(key, digest(algorithm), signature, PROVIDERS)).isTrue();
      if (algorithm == SignAlgorithm.RSNULL) {
        Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding", "SunJCE");
        cipher.init(Cipher.DECRYPT_MODE, TestKeys.jdkPublic(key));
        assertThat(cipher.doFinal(signature)).isEqualTo(digest(algorithm));
      } else if (algorithm != SignAlgorithm.ES256K) {
        Signature jdk = jdkSignature(algorithm);
        jdk.initVerify(TestKeys.jdkPublic(key));
        jdk.update(MESSAGE);
        assertThat(jdk.verify(signature)).isTrue();
      }
    }

    @ParameterizedTest
    @MethodSource("localhsm.crypto.SignAlgorithmTest#fittingPairs")
    void ofTheJdkIsAccepted(SignAlgorithm algorithm, KeyMaterial key) throws Exception {
      byte[] signature;
      if (algorithm == SignAlgorithm.RSNULL) {
        Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding", "SunJCE");
        cipher.init(Cipher.ENCRYPT_MODE, TestKeys.jdkPrivate(key));
        signature = cipher.doFinal(digest(algorithm));
      } else if (algorithm == SignAlgorithm.ES256K) {
        signature = algorithm.sign(key, digest(algorithm), PROVIDERS);
      } else {
        Signature jdk = jdkSignature(algorithm);
        jdk.initSign(TestKeys.jdkPrivate(key));
        jdk.update(MESSAGE);
        signature = jdk.sign();
      }
      assertThat(algorithm.verify(key, digest(algorithm), signature, PROVIDERS)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("localhsm.crypto.SignAlgorithmTest#fittingPairs")
    void hasAFixedLength(SignAlgorithm algorithm, KeyMaterial key) throws Exception {
      int expected =
          switch (algorithm) {
            case ES256, ES256K -> 64;
            case ES384 -> 96;
            case ES512 -> 132;
            default -> ((RsaMaterial) key).modulusBytes();
          };
      assertThat(algorithm.sign(key, digest(algorithm), PROVIDERS)).hasSize(expected);
    }

    @ParameterizedTest
    @EnumSource(SignAlgorithm.class)
    void isFalseWhenMalformed(SignAlgorithm algorithm) throws Exception {
      KeyMaterial key = keyOf(algorithm);
      byte[] right = algorithm.sign(key, digest(algorithm), PROVIDERS);
      for (byte[] wrong : malformed(right)) {
        assertThat(algorithm.verify(key, digest(algorithm), wrong, PROVIDERS)).isFalse();
      }
      for (int i = 0; i < right.length; i++) {
        byte[] flipped = right.clone();
        flipped[i] ^= 1;
        assertThat(algorithm.verify(key, digest(algorithm), flipped, PROVIDERS)).isFalse();
      }
    }

    @ParameterizedTest
    @EnumSource(SignAlgorithm.class)
    void isFalseForAnotherDigest(SignAlgorithm algorithm) throws Exception {
      KeyMaterial key = keyOf(algorithm);
      byte[] signature = algorithm.sign(key, digest(algorithm), PROVIDERS);
      byte[] other = TestKeys.bytes(digestBytes(algorithm));
      assertThat(algorithm.verify(key, other, signature, PROVIDERS)).isFalse();
    }
  }

  private static List<byte[]> malformed(byte[] right) {
    int length = right.length;
    byte[] ones = new byte[length];
    Arrays.fill(ones, (byte) 0xff);
    byte[] one = new byte[length];
    one[length - 1] = 1;
    byte[] noFirstHalf = right.clone();
    Arrays.fill(noFirstHalf, 0, length / 2, (byte) 0);
    byte[] noSecondHalf = right.clone();
    Arrays.fill(noSecondHalf, length / 2, length, (byte) 0);
    byte[] longer = new byte[length + 1];
    System.arraycopy(right, 0, longer, 1, length);
    List<byte[]> all =
        new ArrayList<>(
            List.of(
                new byte[0],
                new byte[length],
                ones,
                one,
                noFirstHalf,
                noSecondHalf,
                longer,
                Arrays.copyOf(right, length + 1),
                Arrays.copyOf(right, length - 1),
                Arrays.copyOfRange(right, 1, length)));
    for (int i = 0; i < 20; i++) {
      all.add(TestKeys.bytes(length));
    }
    return all;
  }

  @Nested
  class AnEcdsaSignature {

    @Test
    void isNotAcceptedInDer() throws Exception {
      byte[] raw = SignAlgorithm.ES256.sign(TestKeys.P_256, digest(SignAlgorithm.ES256), PROVIDERS);
      assertThat(
              SignAlgorithm.ES256.verify(
                  TestKeys.P_256, digest(SignAlgorithm.ES256), der(raw), PROVIDERS))
          .isFalse();
    }

    @Test
    void isFalseWithANumberBeyondTheOrder() throws Exception {
      byte[] digest = digest(SignAlgorithm.ES512);
      byte[] raw = SignAlgorithm.ES512.sign(TestKeys.P_521, digest, PROVIDERS);
      BigInteger order = TestKeys.P_521.privateKey().getParameters().getN();
      BigInteger r = new BigInteger(1, Arrays.copyOf(raw, 66)).add(order);
      BigInteger s = new BigInteger(1, Arrays.copyOfRange(raw, 66, 132)).add(order);
      byte[] largeR = raw.clone();
      byte[] largeS = raw.clone();
      put(r, largeR, 66);
      put(s, largeS, 132);
      assertThat(SignAlgorithm.ES512.verify(TestKeys.P_521, digest, largeR, PROVIDERS)).isFalse();
      assertThat(SignAlgorithm.ES512.verify(TestKeys.P_521, digest, largeS, PROVIDERS)).isFalse();
    }

    private void put(BigInteger number, byte[] target, int end) {
      byte[] bytes = number.toByteArray();
      assertThat(bytes.length).isLessThanOrEqualTo(66);
      Arrays.fill(target, end - 66, end, (byte) 0);
      System.arraycopy(bytes, 0, target, end - bytes.length, bytes.length);
    }

    @Test
    void differsEachTime() throws Exception {
      byte[] digest = digest(SignAlgorithm.ES256);
      byte[] first = SignAlgorithm.ES256.sign(TestKeys.P_256, digest, PROVIDERS);
      byte[] second = SignAlgorithm.ES256.sign(TestKeys.P_256, digest, PROVIDERS);
      assertThat(first).isNotEqualTo(second);
    }

    @Test
    void onSecp256k1AgreesWithOpenssl(@TempDir Path folder) throws Exception {
      OpenSsl openssl = new OpenSsl(folder);
      String key = openssl.file("key.der", TestKeys.P_256K.encoded().expose()).toString();
      String message = openssl.file("message", MESSAGE).toString();
      byte[] digest = digest(SignAlgorithm.ES256K);

      byte[] theirs = openssl.run("dgst", "-sha256", "-keyform", "DER", "-sign", key, message);
      assertThat(SignAlgorithm.ES256K.verify(TestKeys.P_256K, digest, raw(theirs), PROVIDERS))
          .isTrue();

      byte[] ours = SignAlgorithm.ES256K.sign(TestKeys.P_256K, digest, PROVIDERS);
      String signature = openssl.file("signature", der(ours)).toString();
      byte[] verdict =
          openssl.run(
              "dgst",
              "-sha256",
              "-keyform",
              "DER",
              "-prverify",
              key,
              "-signature",
              signature,
              message);
      assertThat(new String(verdict, StandardCharsets.UTF_8)).contains("Verified OK");
    }

    private byte[] der(byte[] raw) throws Exception {
      int half = raw.length / 2;
      return new DERSequence(
              new ASN1Integer[] {
                new ASN1Integer(new BigInteger(1, Arrays.copyOf(raw, half))),
                new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(raw, half, raw.length)))
              })
          .getEncoded();
    }

    private byte[] raw(byte[] der) {
      ASN1Sequence sequence = ASN1Sequence.getInstance(der);
      byte[] raw = new byte[64];
      for (int i = 0; i < 2; i++) {
        byte[] number =
            org.bouncycastle.util.BigIntegers.asUnsignedByteArray(
                32, ASN1Integer.getInstance(sequence.getObjectAt(i)).getValue());
        System.arraycopy(number, 0, raw, 32 * i, 32);
      }
      return raw;
    }
  }

  @Nested
  class AnRsaSignature {

    @Test
    void withoutDigestInfoTakesUpToElevenBytesLessThanTheModulus() {
      TestKeys.rsa()
          .forEach(
              key -> {
                int limit = key.modulusBytes() - 11;
                byte[] longest = TestKeys.bytes(limit);
                byte[] signature = SignAlgorithm.RSNULL.sign(key, longest, PROVIDERS);
                assertThat(SignAlgorithm.RSNULL.verify(key, longest, signature, PROVIDERS))
                    .isTrue();
                byte[] tooLong = new byte[limit + 1];
                ProblemException refusal = Problems.valueTooLong("RSNULL", limit);
                assertRefused(() -> SignAlgorithm.RSNULL.sign(key, tooLong, PROVIDERS), refusal);
                assertRefused(
                    () -> SignAlgorithm.RSNULL.verify(key, tooLong, signature, PROVIDERS), refusal);
              });
    }

    @Test
    void isFalseWhenTheModulusIsAdded() throws Exception {
      byte[] digest = digest(SignAlgorithm.RS256);
      RsaMaterial key = TestKeys.RSA_2048;
      byte[] tooLarge;
      do {
        // A random digest until signature + modulus still has the length of a signature.
        digest = TestKeys.bytes(32);
        BigInteger signature = new BigInteger(1, SignAlgorithm.RS256.sign(key, digest, PROVIDERS));
        tooLarge = signature.add(key.modulus()).toByteArray();
      } while (tooLarge.length == 257 && tooLarge[0] != 0);
      byte[] padded = Arrays.copyOfRange(tooLarge, tooLarge.length - 256, tooLarge.length);
      assertThat(SignAlgorithm.RS256.verify(key, digest, padded, PROVIDERS)).isFalse();
    }

    @Test
    void ofOneSchemeOrHashIsNoneOfAnother() throws Exception {
      for (SignAlgorithm signer : SignAlgorithm.values()) {
        if (!signer.fits(TestKeys.RSA_2048)) {
          continue;
        }
        byte[] signature = signer.sign(TestKeys.RSA_2048, digest(signer), PROVIDERS);
        for (SignAlgorithm verifier : SignAlgorithm.values()) {
          if (verifier.fits(TestKeys.RSA_2048)) {
            assertThat(verifier.verify(TestKeys.RSA_2048, digest(verifier), signature, PROVIDERS))
                .isEqualTo(signer == verifier);
          }
        }
      }
    }

    @Test
    void withAnotherSaltLengthIsFalse() throws Exception {
      Signature jdk = Signature.getInstance("RSASSA-PSS", "SunRsaSign");
      jdk.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 20, 1));
      jdk.initSign(TestKeys.jdkPrivate(TestKeys.RSA_2048));
      jdk.update(MESSAGE);
      assertThat(
              SignAlgorithm.PS256.verify(
                  TestKeys.RSA_2048, digest(SignAlgorithm.PS256), jdk.sign(), PROVIDERS))
          .isFalse();
    }
  }

  private static Signature jdkSignature(SignAlgorithm algorithm) throws GeneralSecurityException {
    String hash = hashName(algorithm);
    String plain = hash.replace("-", "");
    return switch (algorithm) {
      case RS256, RS384, RS512 -> Signature.getInstance(plain + "withRSA", "SunRsaSign");
      case PS256, PS384, PS512 -> {
        Signature signature = Signature.getInstance("RSASSA-PSS", "SunRsaSign");
        signature.setParameter(
            new PSSParameterSpec(
                hash, "MGF1", new MGF1ParameterSpec(hash), digestBytes(algorithm), 1));
        yield signature;
      }
      case ES256, ES384, ES512 -> Signature.getInstance(plain + "withECDSAinP1363Format", "SunEC");
      case ES256K, RSNULL, HS256, HS384, HS512 ->
          throw new IllegalArgumentException("the JDK has no " + algorithm);
    };
  }
}
