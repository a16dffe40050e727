package localhsm.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import localhsm.server.app.ReadyState;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadyFileCodecTest {
  private final ReadyState state = ReadyStates.memory(9443, Path.of("/tls/ca.pem"));

  @Nested
  class AReadyFile {

    @Test
    void hasTheseMembersInThisOrder() throws IOException {
      JsonNode json = new ObjectMapper().readTree(ReadyFileCodec.encode(state));

      assertThat(json.fieldNames())
          .toIterable()
          .containsExactly(
              "hsmUrl",
              "authorityUrl",
              "managementUrl",
              "tenantId",
              "resourceId",
              "resource",
              "pid",
              "dataDir",
              "auditDir",
              "tunnelUrl",
              "caPem",
              "trustStore",
              "trustStorePassword",
              "authorityKeyPem",
              "identities",
              "caBundle",
              "identityEndpoint",
              "identityHeader");
      assertThat(json.get("pid").isNumber()).isTrue();
      assertThat(json.get("tunnelUrl").isNull()).isTrue();
      assertThat(json.get("dataDir").isNull()).isTrue();
      assertThat(json.get("identities").get("admin").toString())
          .isEqualTo(
              "{\"clientId\":\"admin-client\",\"clientSecret\":\"s3cret'of $admin\","
                  + "\"objectId\":\"admin-object\"}");
    }

    @Test
    void readsBackAsItWasExceptForTheNotices() throws IOException {
      ReadyState read = ReadyFileCodec.decode(ReadyFileCodec.encode(state));

      assertThat(read)
          .usingRecursiveComparison()
          .ignoringFields("notices")
          .withStrictTypeChecking()
          .isEqualTo(state);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "[]",
          "{}",
          "{\"pid\":",
          "{\"hsmUrl\":\"x\"}",
          "{\"identities\":[]}",
          "{\"identities\":{\"admin\":{}}}"
        })
    void mustBeWhole(String text) {
      assertThatThrownBy(() -> ReadyFileCodec.decode(text.getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(IOException.class);
    }
  }

  @Nested
  class AReadyState {

    @Test
    void printsNoSecret() {
      assertThat(state.toString())
          .doesNotContain(ReadyStates.SECRET, "header-secret")
          .contains("admin-client");
    }
  }
}
