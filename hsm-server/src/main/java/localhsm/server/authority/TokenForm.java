package localhsm.server.authority;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import localhsm.problem.ProblemException;
import localhsm.server.http.Query;
import localhsm.server.http.Request;

/** The form of a token request (RFC 6749 4.4.2), and who asks. */
final class TokenForm {
  private static final String TYPE = "application/x-www-form-urlencoded";
  private static final String BASIC = "Basic ";
  private static final String DEFAULT_SCOPE = "/.default";
  private static final Pattern WORDS = Pattern.compile(" +");
  private static final int MAX_PARAMETERS = 64;

  private final Query query;

  /** What a client proves itself with. */
  record Credentials(String clientId, String secret) {
    /** Never the secret. */
    @Override
    public String toString() {
      return "Credentials[" + clientId + "]";
    }
  }

  private TokenForm(Query query) {
    this.query = query;
  }

  static TokenForm of(Request request) {
    String type = request.headers().single("content-type").orElse("");
    int semicolon = type.indexOf(';');
    String bare = semicolon < 0 ? type : type.substring(0, semicolon);
    if (!bare.strip().equalsIgnoreCase(TYPE)) {
      throw RefusedException.malformed("The Content-Type must be " + TYPE + ".");
    }
    String body = new String(request.body(), StandardCharsets.ISO_8859_1);
    if (body.chars().filter(c -> c == '&').count() >= MAX_PARAMETERS) {
      throw RefusedException.malformed("The request has too many parameters.");
    }
    try {
      return new TokenForm(Query.parse(body));
    } catch (ProblemException e) {
      throw RefusedException.malformed("The request body is not properly encoded.");
    }
  }

  /** A parameter without a value counts as absent (RFC 6749 3.2). */
  Optional<String> value(String name) {
    try {
      return query.value(name).filter(value -> !value.isEmpty());
    } catch (ProblemException e) {
      throw RefusedException.malformed("A parameter is given more than once: '" + name + "'.");
    }
  }

  String required(String name) {
    return value(name).orElseThrow(() -> RefusedException.missing(name));
  }

  /**
   * The one word of the scope that names a resource, without its ending, or the {@code resource} of
   * older clients. The OpenID scopes that some clients add stand before or behind it: they keep
   * scopes in a hash set.
   */
  String resource() {
    Optional<String> scope = value("scope");
    if (scope.isEmpty()) {
      return value("resource").orElseThrow(() -> RefusedException.missing("scope"));
    }
    List<String> resources =
        WORDS
            .splitAsStream(scope.get())
            .filter(word -> word.endsWith(DEFAULT_SCOPE) && !word.equals(DEFAULT_SCOPE))
            .toList();
    if (resources.size() != 1) {
      throw RefusedException.scope();
    }
    String word = resources.get(0);
    return word.substring(0, word.length() - DEFAULT_SCOPE.length());
  }

  /** In the body, or by HTTP Basic, but not both (RFC 6749 2.3). */
  Credentials credentials(Request request) {
    List<String> headers = request.headers().all("authorization");
    boolean basic =
        headers.size() == 1 && headers.get(0).regionMatches(true, 0, BASIC, 0, BASIC.length());
    if (!basic) {
      String clientId = required("client_id");
      return new Credentials(
          clientId, value("client_secret").orElseThrow(RefusedException::noCredentials));
    }
    Credentials found = basic(headers.get(0).substring(BASIC.length()));
    boolean another = value("client_id").filter(id -> !id.equals(found.clientId)).isPresent();
    if (another || value("client_secret").isPresent()) {
      throw RefusedException.malformed("The client must authenticate in one way only.");
    }
    return found;
  }

  private static Credentials basic(String encoded) {
    try {
      String text = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      if (colon > 0) {
        return new Credentials(
            URLDecoder.decode(text.substring(0, colon), StandardCharsets.UTF_8),
            URLDecoder.decode(text.substring(colon + 1), StandardCharsets.UTF_8));
      }
    } catch (IllegalArgumentException e) {
      // Answered below, as every other wrong credential.
    }
    throw RefusedException.wrongCredentials();
  }

  /** Whether the client says that it understands claims challenges. */
  boolean asksForContinuousAccess() {
    return value("claims").filter(AuthorityJson::asksForContinuousAccess).isPresent();
  }
}
