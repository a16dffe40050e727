package localhsm.server.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import localhsm.work.WorkClass;
import localhsm.work.Workers;

/** The attestation services that the configuration names, as issuers whose tokens are believed. */
public final class ConfiguredIssuers {
  private ConfiguredIssuers() {}

  /**
   * Nothing is read or fetched before the first token.
   *
   * @param clock the real one, by which keys become old
   */
  public static List<AttestationIssuer> of(
      List<ConfiguredIssuer> configured, Workers workers, Clock clock) {
    Documents documents = HttpsDocuments.ofThisMachine();
    return configured.stream()
        .<AttestationIssuer>map(
            one -> new FetchedIssuer(one.issuer(), source(one, documents, workers), clock))
        .toList();
  }

  private static KeySource source(ConfiguredIssuer one, Documents documents, Workers workers) {
    return one.jwks()
        .<KeySource>map(file -> () -> workers.run(WorkClass.JOB, () -> read(file)))
        .orElseGet(() -> new DiscoveredKeys(URI.create(one.issuer()), documents));
  }

  private static PublicKeys read(Path file) {
    try {
      return PublicKeys.parse(Files.readAllBytes(file))
          .orElseThrow(() -> new IOException(file + " is no key set"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
