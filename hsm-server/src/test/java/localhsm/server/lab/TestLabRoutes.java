package localhsm.server.lab;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import localhsm.keys.DirectWorkers;
import localhsm.server.authority.KeptSecrets;
import localhsm.server.certificates.Certificates;
import localhsm.server.names.NameFamily;
import localhsm.server.names.ServedNames;
import localhsm.server.pipeline.Route;
import localhsm.server.release.SigningIdentity;

/** Every route of the lab. */
public final class TestLabRoutes {
  private TestLabRoutes() {}

  /**
   * All of them.
   *
   * @param folder for a certification authority
   */
  public static List<Route> all(Path folder) {
    Clock clock = Clock.systemUTC();
    SecureRandom random = new SecureRandom();
    ServedNames names = new ServedNames("hsm1", NameFamily.ALL, Set.of());
    SigningIdentity identity =
        new SigningIdentity(
            SigningIdentity.Purpose.MOCK_ATTESTATION,
            new Certificates(clock, random).open(folder, names).signing(),
            KeptSecrets.NONE,
            random,
            new DirectWorkers());
    return Stream.of(
            LabRoutes.health(() -> true),
            LabRoutes.controls(new LabClock(clock), new FakeLabSubject()),
            AttestationRoutes.of(identity, random, clock))
        .flatMap(List::stream)
        .toList();
  }
}
