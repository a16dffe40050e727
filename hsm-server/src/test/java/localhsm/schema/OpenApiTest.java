package localhsm.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The schemas")
class OpenApiTest {
  private static Optional<String> find(String version, String verb, String path) {
    List<String> segments = Stream.of(path.split("/", -1)).filter(part -> !part.isEmpty()).toList();
    return OpenApi.of(Optional.of(version)).find(verb, segments).map(Operation::id);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/keys/,GetKeys",
    "GET,/keys/versions,GetKey",
    "GET,/keys/k/versions,GetKeyVersions",
    "GET,/keys/k/rotationpolicy,GetKeyRotationPolicy",
    "GET,/keys/k/attestation,GetKeyAttestation",
    "GET,/keys/k/1/attestation,GetKeyAttestation",
    "PATCH,/keys/k,UpdateKey",
    "PUT,/keys/k,ImportKey",
    "DELETE,/keys/k,DeleteKey",
    "POST,/keys/restore,RestoreKey",
    "POST,/keys/k/CREATE,CreateKey",
    "POST,/keys/k//wrapkey,wrapKey",
    "POST,/keys/k/1/WrapKey,wrapKey",
    "DELETE,/DeletedKeys/k,PurgeDeletedKey",
    "POST,/rng,GetRandomBytes"
  })
  void knowWhichOperationARequestIsFor(String verb, String path, String id) {
    assertThat(find("7.6", verb, path)).contains(id);
  }

  @ParameterizedTest
  @CsvSource({"POST,/keys", "GET,/secrets", "GET,/keys/k/1/2", "GET,/rng"})
  void knowNoOtherOperations(String verb, String path) {
    assertThat(find("7.6", verb, path)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "7.0,false,false",
    "7.5,false,false",
    "7.6-preview.2,false,false",
    "7.6,true,false",
    "2025-07-01,true,false",
    "2026-03-01-preview,true,false",
    "2026-04-01,true,true",
    "2026-07-01-preview,true,true"
  })
  void areThoseOfTheNearestVersionThatIsNotNewer(
      String version, boolean attestation, boolean secureWrap) {
    assertThat(find(version, "GET", "/keys/k/1/attestation").isPresent()).isEqualTo(attestation);
    assertThat(find(version, "POST", "/keys/k/securewrapkey").isPresent()).isEqualTo(secureWrap);
  }

  @Test
  void nameTwentySevenOperations() {
    assertThat(AnswerCheck.allOperations()).hasSize(27);
  }
}
