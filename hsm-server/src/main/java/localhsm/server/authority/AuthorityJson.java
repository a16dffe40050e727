package localhsm.server.authority;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import localhsm.server.http.Request;
import localhsm.server.http.Response;

/** The authority's answers. */
final class AuthorityJson {
  private static final ObjectWriter WRITER = JsonMapper.builder().build().writer();
  private static final ObjectReader READER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

  private AuthorityJson() {}

  /** An answer that nobody may keep (RFC 6749 5.1). */
  static Response answer(int status, Map<String, Object> members) {
    try {
      return new Response(status, List.of(), WRITER.writeValueAsBytes(members))
          .with("Cache-Control", "no-store")
          .with("Pragma", "no-cache");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps of texts, numbers and lists are JSON", e);
    }
  }

  /** Whether a claims request (OpenID Connect Core 5.5) asks for the capability CP1. */
  static boolean asksForContinuousAccess(String claims) {
    try {
      JsonNode request = READER.readTree(claims);
      if (request.isObject()) {
        JsonNode values = request.path("access_token").path("xms_cc").path("values");
        return values.isArray()
            && values.valueStream().anyMatch(value -> value.asText().equalsIgnoreCase("CP1"));
      }
    } catch (JsonProcessingException e) {
      // Answered below, as what is JSON but no object.
    }
    throw RefusedException.malformed("The parameter 'claims' is not a JSON object.");
  }

  static Response token(MintedToken token) {
    return answer(200, members(token));
  }

  /** With the members that the older endpoint has in addition, as strings. */
  static Response tokenVersion1(MintedToken token) {
    Map<String, Object> members = members(token);
    members.put("expires_on", Long.toString(token.expires()));
    members.put("not_before", Long.toString(token.notBefore()));
    members.put("resource", token.audience());
    return answer(200, members);
  }

  private static Map<String, Object> members(MintedToken token) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("token_type", "Bearer");
    members.put("expires_in", token.lifetime());
    members.put("ext_expires_in", token.lifetime());
    members.put("access_token", token.accessToken());
    return members;
  }

  /** The managed identity endpoints write their numbers as strings. */
  static Response managedIdentityToken(MintedToken token) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("access_token", token.accessToken());
    members.put("expires_in", Long.toString(token.lifetime()));
    members.put("expires_on", Long.toString(token.expires()));
    members.put("not_before", Long.toString(token.notBefore()));
    members.put("resource", token.audience());
    members.put("token_type", "Bearer");
    return answer(200, members);
  }

  static Response refusal(RefusedException refused, Request request, Clock clock) {
    String timestamp = TIMESTAMP.format(clock.instant());
    String trace = request.id().toString();
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("error", refused.error());
    members.put(
        "error_description",
        String.join(
            " ",
            refused.description(),
            "Trace ID: " + trace,
            "Correlation ID: " + trace,
            "Timestamp: " + timestamp));
    members.put("error_codes", List.of(refused.number()));
    members.put("timestamp", timestamp);
    members.put("trace_id", trace);
    members.put("correlation_id", trace);
    Response answer = answer(refused.status(), members);
    // RFC 6749 5.2 wants it of whoever refuses this scheme; other clients would not expect it.
    boolean basic = refused.status() == 401 && !request.headers().all("authorization").isEmpty();
    return basic ? answer.with("WWW-Authenticate", "Basic realm=\"authority\"") : answer;
  }
}
