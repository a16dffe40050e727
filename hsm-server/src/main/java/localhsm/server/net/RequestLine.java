package localhsm.server.net;

import localhsm.problem.Problems;
import localhsm.server.http.Verb;

/**
 * The first line of a request (RFC 9112 3), with a target in origin form: this server is no proxy.
 *
 * @param method as the client wrote it
 * @param persistent whether the version is HTTP/1.1, whose connections outlive a request
 */
record RequestLine(String method, String target, boolean persistent) {
  /** Before anything is known. */
  static final RequestLine NONE = new RequestLine("", "", false);

  /** No method is longer; the longest registered one has 16. */
  static final int METHOD_BYTES = 32;

  private static final int VERSION_BYTES = 8;

  /** How long the line may be for a target of that length. */
  static int limit(int targetLimit) {
    return METHOD_BYTES + 1 + targetLimit + 1 + VERSION_BYTES;
  }

  /**
   * Reads the line.
   *
   * @throws localhsm.problem.ProblemException when it is malformed or its target too long
   */
  static RequestLine parse(String line, int targetLimit) {
    int first = line.indexOf(' ');
    int second = line.indexOf(' ', first + 1);
    if (first < 0 || second < 0) {
      throw Grammar.malformed("request line");
    }
    String method = line.substring(0, first);
    String target = line.substring(first + 1, second);
    String version = line.substring(second + 1);
    if (method.length() > METHOD_BYTES || !Grammar.token(method)) {
      throw Grammar.malformed("method");
    }
    if (!version.equals("HTTP/1.1") && !version.equals("HTTP/1.0")) {
      throw Grammar.malformed("HTTP version");
    }
    if (target.length() > targetLimit) {
      throw Problems.targetTooLong(targetLimit);
    }
    if (!Grammar.originForm(target)) {
      throw Grammar.malformed("request target");
    }
    return new RequestLine(method, target, version.equals("HTTP/1.1"));
  }

  Verb verb() {
    return Verb.of(method);
  }

  /** Whether an answer's body stays away (RFC 9110 9.3.2). */
  boolean head() {
    return method.equals("HEAD");
  }
}
