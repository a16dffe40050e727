package localhsm.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTypeTest {

  @ParameterizedTest
  @CsvSource({"RSA, RSA, RSA-HSM", "EC, EC, EC-HSM", "OCT, oct, oct-HSM"})
  void answersTheHsmNameForThePlainOne(KeyType type, String plain, String hsm) {
    assertThat(KeyType.fromWire(plain)).contains(type);
    assertThat(KeyType.fromWire(hsm)).contains(type);
    assertThat(type.wireName()).isEqualTo(hsm);
    assertThat(type.plainName()).isEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "rsa", "RSA-HSM-HSM", "OKP", "ec-hsm", "OCT", "oct-hsm"})
  void doesNotKnowOtherNames(String kty) {
    assertThat(KeyType.fromWire(kty)).isEmpty();
  }

  @Test
  void givesNewKeysTheOperationsOfTheService() {
    assertThat(wireNames(KeyType.RSA))
        .containsExactly("wrapKey", "unwrapKey", "encrypt", "decrypt", "sign", "verify");
    assertThat(wireNames(KeyType.EC)).containsExactly("sign", "verify");
    assertThat(wireNames(KeyType.OCT))
        .containsExactly(
            "encrypt", "decrypt", "wrapKey", "unwrapKey", "sign", "verify", "deriveKey");
  }

  private static List<String> wireNames(KeyType type) {
    return type.defaultOperations().stream().map(KeyOperation::wireName).toList();
  }

  @ParameterizedTest
  @EnumSource(KeyOperation.class)
  void findsEveryOperationByItsExactName(KeyOperation operation) {
    assertThat(KeyOperation.fromWire(operation.wireName())).contains(operation);
    assertThat(KeyOperation.fromWire(operation.name())).isEmpty();
  }
}
