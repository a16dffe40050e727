package localhsm.problem;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Optional;

/**
 * The one catalogue of codes and texts. Where the real service's words are known they stand here
 * literally; a factory marked {@link Unseen} carries a proposal that nobody has compared yet.
 */
public final class Problems {
  private static final String BAD_PARAMETER = "BadParameter";
  private static final String CONFLICT = "Conflict";
  private static final int LONGEST_KEY_TYPE = 32;

  private Problems() {}

  /** Marks a code or text that was never seen from the real service. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  public @interface Unseen {}

  /** 404 for a key; the client reads the URL of the addressed path, such as {@code /keys/a}. */
  public static ProblemException keyNotFound(String path) {
    return no(new Problem.NotFound("KeyNotFound", "Key not found: ", Optional.of(path)));
  }

  /** The role decision's refusal, naming data action and scope. */
  public static ProblemException accessDenied(String dataAction, String scope) {
    return no(
        new Problem.Forbidden(
            "AccessDenied", "Not authorized to access " + dataAction + " on " + scope));
  }

  /** No token, or one that is not accepted. */
  public static ProblemException unauthenticated(String challenge, String reason) {
    return no(new Problem.Unauthenticated(challenge, reason));
  }

  /** A key size that the type does not have. */
  public static ProblemException invalidKeySize(String asked) {
    return bad("Invalid key size: '" + asked + "'");
  }

  /** A key type that does not exist here; repeated as long as it could be one. */
  public static ProblemException invalidKeyType(String asked) {
    return bad("Invalid kty value: " + (asked.length() > LONGEST_KEY_TYPE ? "" : asked));
  }

  /** A key name or version that breaks its pattern. */
  public static ProblemException invalidKeyIdentifier() {
    return no(new Problem.BadParameter("Invalidkeyidentifier", "Invalid key identifier"));
  }

  /** A release policy that does not say by which grammar it is to be read. */
  public static ProblemException releasePolicyVersion() {
    return bad("Key Release Policy: missing 'version' property");
  }

  /** Any other malformed value; the sentence names the member and never repeats a value. */
  @Unseen
  public static ProblemException badParameter(String sentence) {
    return bad(sentence);
  }

  /** A missing or unknown {@code api-version}. */
  @Unseen
  public static ProblemException apiVersion(String sentence) {
    return bad(sentence);
  }

  /** One text for every failed decryption and unwrapping, whatever was wrong. */
  @Unseen
  public static ProblemException decryptionFailed() {
    return bad("The parameter is incorrect.");
  }

  /** The algorithm does not belong to this kind of key. */
  @Unseen
  public static ProblemException algorithmMismatch(String algorithm) {
    return bad("Key and algorithm do not match: " + algorithm);
  }

  /** A value to sign or verify that is not as long as the algorithm's digest. */
  @Unseen
  public static ProblemException digestLength(String algorithm, int expectedBytes) {
    return bad("Invalid value: " + algorithm + " takes a digest of " + expectedBytes + " bytes.");
  }

  /** A value longer than the algorithm takes with this key. */
  @Unseen
  public static ProblemException valueTooLong(String algorithm, int limitBytes) {
    return bad("Invalid value: " + algorithm + " takes at most " + limitBytes + " bytes here.");
  }

  /** The key's {@code key_ops} lack the operation. */
  public static ProblemException operationNotPermitted(String operation) {
    return key(
        "KeyOperationForbidden", "Operation " + operation + " is not permitted on this key.");
  }

  /** The key is switched off. */
  public static ProblemException keyDisabled(String operation) {
    return key("KeyDisabled", "Operation " + operation + " is not allowed on a disabled key.");
  }

  /** The key's time is over. */
  @Unseen
  public static ProblemException keyExpired(String operation) {
    return key("KeyExpired", "Operation " + operation + " is not allowed on an expired key.");
  }

  /** The key's time has not come. */
  @Unseen
  public static ProblemException keyNotYetValid(String operation) {
    return key(
        "KeyNotYetValid",
        "Operation " + operation + " is not allowed on a key that is not yet valid.");
  }

  /** A host of a served family that is not this server's. */
  @Unseen
  public static ProblemException foreignHost(String served) {
    return no(
        new Problem.NotFound(
            "NotFound", "No such host here; the HSM served is " + served + ".", Optional.empty()));
  }

  /** A path that no route serves. */
  @Unseen
  public static ProblemException noSuchPath() {
    return no(
        new Problem.NotFound(
            "NotFound", "The requested resource does not exist.", Optional.empty()));
  }

  /** A path that other verbs serve. */
  @Unseen
  public static ProblemException verbNotAllowed(List<String> allowed) {
    return no(
        new Problem.VerbNotAllowed(allowed, "The requested resource does not support this verb."));
  }

  /** A request that would change the lab, without the header that says it is meant. */
  public static ProblemException labHeaderMissing(String header) {
    return no(
        new Problem.Forbidden(
            "Forbidden", "Requests that change the lab need the header " + header + "."));
  }

  /** A body over its limit. */
  @Unseen
  public static ProblemException bodyTooLarge(int limitBytes) {
    return tooLarge(
        Problem.Kind.BODY_TOO_LARGE,
        "RequestBodyTooLarge",
        "The request body exceeds " + limitBytes + " bytes.");
  }

  /** A request target over its limit. */
  @Unseen
  public static ProblemException targetTooLong(int limitBytes) {
    return tooLarge(
        Problem.Kind.TARGET_TOO_LONG,
        "RequestUriTooLong",
        "The request target exceeds " + limitBytes + " bytes.");
  }

  /** A header block over its limit. */
  @Unseen
  public static ProblemException headersTooLarge(int limitBytes) {
    return tooLarge(
        Problem.Kind.HEADERS_TOO_LARGE,
        "RequestHeadersTooLarge",
        "The request headers exceed " + limitBytes + " bytes.");
  }

  /** A full queue: the client may come back. */
  @Unseen
  public static ProblemException busy() {
    return no(new Problem.Unavailable("The server is busy. Please try again later.", 1));
  }

  /** The HSM does not sign yet, or no more. */
  @Unseen
  public static ProblemException notReady() {
    return no(new Problem.Unavailable("The HSM is not ready.", 1));
  }

  /** The store does not take writes. */
  @Unseen
  public static ProblemException storeUnavailable() {
    return no(
        new Problem.Unavailable("The change could not be stored. Please try again later.", 5));
  }

  /** A key cannot have more versions. */
  @Unseen
  public static ProblemException tooManyVersions(int limit) {
    return bad("A key cannot have more than " + limit + " versions.");
  }

  /** The name of a deleted key is not free. */
  public static ProblemException deletedButRecoverable(String name) {
    return no(
        new Problem.Conflict(
            CONFLICT,
            "Key "
                + name
                + " is currently in a deleted but recoverable state, and its name cannot be"
                + " reused; in this state, the key can only be recovered or purged.",
            Optional.of("ObjectIsDeletedButRecoverable")));
  }

  /** A key is restored only where its name is free. */
  @Unseen
  public static ProblemException keyExists(String name) {
    return no(new Problem.Conflict(CONFLICT, "Key " + name + " already exists.", Optional.empty()));
  }

  /** A blob that no backup of this security domain made. */
  public static ProblemException malformedBackupBlob() {
    return no(
        new Problem.BadParameter(
            "MalformedBackupBlob",
            "Backup blob belongs to a different crypto domain and cannot be used with this"
                + " instance."));
  }

  /** Purge protection is on. */
  @Unseen
  public static ProblemException purgeProtected() {
    return forbidden("Purge is not allowed: purge protection is enabled.");
  }

  /** A key rotates on demand only when it has a policy. */
  @Unseen
  public static ProblemException rotationPolicyMissing() {
    return bad("The key has no rotation policy, which must be set before it is rotated.");
  }

  /** Conditions of a release for a key that is never released. */
  public static ProblemException releasePolicyNotAllowed() {
    return bad("AKV.SKR.1005: Non-exportable keys must not have release policy");
  }

  /** A release policy that was declared to stay. */
  @Unseen
  public static ProblemException releasePolicyImmutable() {
    return forbidden("The release policy of the key is immutable.");
  }

  /** The key may not leave, or not to whoever asks: one text for every reason. */
  @Unseen
  public static ProblemException releaseRefused() {
    return forbidden("The key cannot be released to the target of the request.");
  }

  /** A {@code target} that nobody could take for an attestation token. */
  @Unseen
  public static ProblemException noAttestationToken() {
    return bad("Property target must be an attestation token.");
  }

  private static ProblemException bad(String message) {
    return no(new Problem.BadParameter(BAD_PARAMETER, message));
  }

  private static ProblemException forbidden(String message) {
    return no(new Problem.Forbidden("Forbidden", message));
  }

  private static ProblemException key(String reason, String message) {
    return no(new Problem.NotPermittedForKey(reason, message));
  }

  private static ProblemException tooLarge(Problem.Kind kind, String code, String message) {
    return no(new Problem.TooLarge(kind, code, message));
  }

  private static ProblemException no(Problem problem) {
    return new ProblemException(problem);
  }
}
