package localhsm.server.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import localhsm.id.TenantId;
import localhsm.secret.SecretBytes;
import localhsm.server.app.ReadyState;
import localhsm.server.app.ReadyState.Identity;

/** The ready file: {@link ReadyState} without its notices, as JSON. */
final class ReadyFileCodec {
  private static final JsonFactory JSON = new JsonFactory();

  private ReadyFileCodec() {}

  static byte[] encode(ReadyState state) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(2048);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("hsmUrl", state.hsmUrl());
      json.writeStringField("authorityUrl", state.authorityUrl());
      json.writeStringField("managementUrl", state.managementUrl());
      json.writeStringField("tenantId", state.tenantId().toString());
      json.writeStringField("resourceId", state.resourceId());
      json.writeStringField("resource", state.resource());
      json.writeNumberField("pid", state.pid());
      optional(json, "dataDir", state.dataDir());
      optional(json, "auditDir", state.auditDir());
      optional(json, "tunnelUrl", state.tunnelUrl());
      json.writeStringField("caPem", state.caPem().toString());
      json.writeStringField("trustStore", state.trustStore().toString());
      json.writeStringField("trustStorePassword", state.trustStorePassword());
      optional(json, "authorityKeyPem", state.authorityKeyPem());
      identities(json, state.identities());
      json.writeStringField("caBundle", state.caBundle().toString());
      json.writeStringField("identityEndpoint", state.identityEndpoint());
      json.writeStringField("identityHeader", text(state.identityHeader()));
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory", e);
    }
    return out.toByteArray();
  }

  /**
   * Reads a ready file.
   *
   * @throws IOException when it is none
   */
  static ReadyState decode(byte[] bytes) throws IOException {
    try (JsonParser json = JSON.createParser(bytes)) {
      return read(json);
    } catch (IllegalArgumentException e) {
      throw new IOException("not a ready file", e);
    }
  }

  private static ReadyState read(JsonParser json) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    Map<String, Identity> identities = new LinkedHashMap<>();
    expect(json, JsonToken.START_OBJECT);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      if (name.equals("identities")) {
        readIdentities(json, identities);
      } else if (json.currentToken() != JsonToken.VALUE_NULL) {
        texts.put(name, json.getText());
        json.skipChildren();
      }
    }
    return state(new Texts(texts), identities);
  }

  private static ReadyState state(Texts texts, Map<String, Identity> identities) {
    return new ReadyState(
        texts.required("hsmUrl"),
        texts.required("authorityUrl"),
        texts.required("managementUrl"),
        new TenantId(UUID.fromString(texts.required("tenantId"))),
        texts.required("resourceId"),
        texts.required("resource"),
        Long.parseLong(texts.required("pid")),
        texts.optional("dataDir").map(Path::of),
        texts.optional("auditDir").map(Path::of),
        texts.optional("tunnelUrl"),
        Path.of(texts.required("caPem")),
        Path.of(texts.required("trustStore")),
        texts.required("trustStorePassword"),
        Path.of(texts.required("caBundle")),
        texts.required("identityEndpoint"),
        secret(texts.required("identityHeader")),
        texts.optional("authorityKeyPem").map(Path::of),
        identities,
        List.of());
  }

  private static void identities(JsonGenerator json, Map<String, Identity> identities)
      throws IOException {
    json.writeObjectFieldStart("identities");
    for (Map.Entry<String, Identity> entry : identities.entrySet()) {
      json.writeObjectFieldStart(entry.getKey());
      json.writeStringField("clientId", entry.getValue().clientId());
      json.writeStringField("clientSecret", text(entry.getValue().clientSecret()));
      json.writeStringField("objectId", entry.getValue().objectId());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void readIdentities(JsonParser json, Map<String, Identity> into)
      throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      expect(json, JsonToken.START_OBJECT);
      Map<String, String> texts = new LinkedHashMap<>();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String member = json.currentName();
        json.nextToken();
        texts.put(member, json.getText());
      }
      Texts identity = new Texts(texts);
      into.put(
          name,
          new Identity(
              identity.required("clientId"),
              secret(identity.required("clientSecret")),
              identity.required("objectId")));
    }
  }

  private static void expect(JsonParser json, JsonToken token) throws IOException {
    if (json.nextToken() != token) {
      throw new IOException("not a ready file");
    }
  }

  private static void optional(JsonGenerator json, String name, Optional<?> value)
      throws IOException {
    if (value.isPresent()) {
      json.writeStringField(name, value.get().toString());
    } else {
      json.writeNullField(name);
    }
  }

  static String text(SecretBytes secret) {
    return new String(secret.expose(), StandardCharsets.UTF_8);
  }

  private static SecretBytes secret(String text) {
    return SecretBytes.owning(text.getBytes(StandardCharsets.UTF_8));
  }

  private record Texts(Map<String, String> byName) {
    String required(String name) {
      return optional(name).orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
    }

    Optional<String> optional(String name) {
      return Optional.ofNullable(byName.get(name));
    }

    @Override
    public String toString() {
      return byName.keySet().toString();
    }
  }
}
