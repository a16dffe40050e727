package localhsm.server.release;

import java.security.PublicKey;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletionStage;
import localhsm.problem.ProblemException;
import localhsm.problem.Problems;
import localhsm.release.Attested;
import localhsm.work.WorkClass;
import localhsm.work.Workers;

/**
 * Decides which attestation tokens are believed: signed by a key of an issuer that is trusted here,
 * now valid, and naming a key to encrypt to. What is wrong with a token is told to nobody.
 */
public final class AttestationTokens {
  private final List<AttestationIssuer> issuers;
  private final Workers workers;
  private final Clock clock;

  /**
   * Believes these issuers alone.
   *
   * @param clock the real one: issuers judge by theirs
   */
  public AttestationTokens(List<AttestationIssuer> issuers, Workers workers, Clock clock) {
    this.issuers = List.copyOf(issuers);
    this.workers = workers;
    this.clock = clock;
  }

  /**
   * Checks the {@code target} of a request.
   *
   * @return what it says; fails with {@link Problems#releaseRefused} when it is not believed
   * @throws ProblemException at once when it cannot be believed, or is no token at all
   */
  public CompletionStage<Attested> verify(String target) {
    TargetToken token = TargetToken.parse(target);
    String issuer = token.issuer();
    return issuers.stream()
        .filter(candidate -> candidate.goesBy(issuer))
        .findFirst()
        .orElseThrow(Problems::releaseRefused)
        .key(token.kid())
        .thenCompose(
            key ->
                workers.run(
                    WorkClass.CPU,
                    () -> attested(token, key.orElseThrow(Problems::releaseRefused))));
  }

  private Attested attested(TargetToken token, PublicKey key) {
    token.requireSignatureBy(key);
    token.requireTime(clock.instant());
    return new Attested(
        token.issuer(),
        token.claims(),
        RuntimeKeys.wrappingKey(token.claims()).orElseThrow(Problems::releaseRefused));
  }
}
