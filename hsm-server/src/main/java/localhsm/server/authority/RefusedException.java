package localhsm.server.authority;

/**
 * The authority says no, in the words of OAuth 2.0 (RFC 6749 5.2) and with Entra's own number. No
 * value that came with the request is repeated.
 */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String error;
  private final int number;
  private final String sentence;

  private RefusedException(int status, String error, int number, String sentence) {
    super(sentence, null, false, false);
    this.status = status;
    this.error = error;
    this.number = number;
    this.sentence = sentence;
  }

  /** One answer for an unknown client and for a wrong secret. */
  static RefusedException wrongCredentials() {
    return new RefusedException(
        401, "invalid_client", 7000215, "Invalid client secret provided for the application.");
  }

  static RefusedException noCredentials() {
    return new RefusedException(
        401, "invalid_client", 7000218, "The request must contain the parameter 'client_secret'.");
  }

  static RefusedException unsupportedGrant() {
    return new RefusedException(
        400, "unsupported_grant_type", 70003, "Only the grant 'client_credentials' is supported.");
  }

  static RefusedException missing(String parameter) {
    return new RefusedException(
        400,
        "invalid_request",
        900144,
        "The request must contain the following parameter: '" + parameter + "'.");
  }

  static RefusedException malformed(String sentence) {
    return new RefusedException(400, "invalid_request", 900023, sentence);
  }

  static RefusedException scope() {
    return new RefusedException(
        400, "invalid_scope", 1002012, "The scope must be a resource followed by '/.default'.");
  }

  static RefusedException resource() {
    return new RefusedException(
        400,
        "invalid_resource",
        500011,
        "The resource principal was not found in the tenant. Tokens are issued for this HSM and"
            + " its resource manager.");
  }

  static RefusedException tenant() {
    return new RefusedException(
        400, "invalid_tenant", 90002, "Tenant not found. Check that you have the right tenant id.");
  }

  int status() {
    return status;
  }

  String error() {
    return error;
  }

  int number() {
    return number;
  }

  /** The number in Entra's spelling, and the sentence. */
  String description() {
    return "AADSTS" + number + ": " + sentence;
  }
}
