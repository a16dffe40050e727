package localhsm.problem;

import java.util.List;
import java.util.Optional;

/**
 * A refusal, by its nature and not by the entity it concerns. What a client reads stands in {@link
 * Problems}; which HTTP status belongs to a {@link Kind} is known to the server alone.
 */
public sealed interface Problem {

  /** Stable code of the error envelope, such as {@code KeyNotFound}. */
  String code();

  /** Sentence for the client, without the Activity ID tail. */
  String message();

  /** The nature of the refusal. */
  Kind kind();

  /** The envelope's {@code innererror.code}, which refusals of a key's state carry. */
  default Optional<String> innerCode() {
    return Optional.empty();
  }

  /** The natures of refusal. A switch over them has no default: a new one must be thought about. */
  enum Kind {
    BAD_PARAMETER,
    UNAUTHENTICATED,
    FORBIDDEN,
    NOT_PERMITTED_FOR_KEY,
    NOT_FOUND,
    VERB_NOT_ALLOWED,
    CONFLICT,
    BODY_TOO_LARGE,
    TARGET_TOO_LONG,
    HEADERS_TOO_LARGE,
    UNAVAILABLE
  }

  /** The request itself is wrong. */
  record BadParameter(String code, String message) implements Problem {
    @Override
    public Kind kind() {
      return Kind.BAD_PARAMETER;
    }
  }

  /**
   * No token, or none that is accepted. The reason stays here, for the log: a client learns only
   * where to get a better one.
   *
   * @param challenge value of the {@code WWW-Authenticate} header
   */
  record Unauthenticated(String challenge, String message) implements Problem {
    @Override
    public String code() {
      return "Unauthorized";
    }

    @Override
    public Kind kind() {
      return Kind.UNAUTHENTICATED;
    }
  }

  /** The caller is known and may not do this. */
  record Forbidden(String code, String message) implements Problem {
    @Override
    public Kind kind() {
      return Kind.FORBIDDEN;
    }
  }

  /** The state or the operations of the key forbid what was asked, whoever asks. */
  record NotPermittedForKey(String reason, String message) implements Problem {
    @Override
    public String code() {
      return "Forbidden";
    }

    @Override
    public Optional<String> innerCode() {
      return Optional.of(reason);
    }

    @Override
    public Kind kind() {
      return Kind.NOT_PERMITTED_FOR_KEY;
    }
  }

  /**
   * The addressed thing does not exist.
   *
   * @param path its path; the server puts the URL that the client used behind the message
   */
  record NotFound(String code, String message, Optional<String> path) implements Problem {
    @Override
    public Kind kind() {
      return Kind.NOT_FOUND;
    }
  }

  /** The path exists, for other verbs. */
  record VerbNotAllowed(List<String> allowed, String message) implements Problem {
    /** Keeps its own copy of the verbs. */
    public VerbNotAllowed {
      allowed = List.copyOf(allowed);
    }

    @Override
    public String code() {
      return "MethodNotAllowed";
    }

    @Override
    public Kind kind() {
      return Kind.VERB_NOT_ALLOWED;
    }
  }

  /** What exists stands in the way. */
  record Conflict(String code, String message, Optional<String> innerCode) implements Problem {
    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }
  }

  /** A part of the request is larger than the server takes. */
  record TooLarge(Kind kind, String code, String message) implements Problem {}

  /** The server cannot do it now and the client may try again. */
  record Unavailable(String message, int retryAfterSeconds) implements Problem {
    @Override
    public String code() {
      return "ServiceUnavailable";
    }

    @Override
    public Kind kind() {
      return Kind.UNAVAILABLE;
    }
  }
}
