package localhsm.problem;

/**
 * Carries a {@link Problem} up to the one place that answers it. It is an answer and not a bug,
 * hence without a stack trace.
 */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /** Wraps the problem to be answered. */
  public ProblemException(Problem problem) {
    super(problem.message(), null, false, false);
    this.problem = problem;
  }

  /** What to answer. */
  public Problem problem() {
    return problem;
  }
}
