package localhsm.server.keys;

import static localhsm.rbac.DataAction.KEYS_READ;
import static localhsm.rbac.DataAction.KEYS_RELEASE;
import static localhsm.rbac.DataAction.KEYS_UNWRAP;
import static localhsm.rbac.DataAction.KEYS_WRAP;
import static localhsm.server.http.Verb.GET;

import java.util.List;
import java.util.stream.Stream;
import localhsm.server.pipeline.Route;

/** The routes of what leaves the HSM, and of what it says about its keys. */
public final class ReleaseRoutes {
  private static final String KEY = "/keys/{key-name}";

  private ReleaseRoutes() {}

  /** All of them. */
  public static List<Route> of(KeyServices hsm, ReleaseServices services) {
    KeyJson json = new KeyJson(hsm.softDelete());
    AttestationHandler attestation = new AttestationHandler(hsm.keys(), json, services.identity());
    return Stream.of(
            new RouteTable(Feature.RELEASE)
                .withUse("release", KEYS_RELEASE, "KeyRelease", new ReleaseHandler(services, json)),
            new RouteTable(Feature.ATTESTATION)
                .with(GET, KEY + "/attestation", KEYS_READ, "KeyGetAttestation", attestation)
                .with(
                    GET,
                    KEY + "/{key-version}/attestation",
                    KEYS_READ,
                    "KeyGetAttestation",
                    attestation),
            new RouteTable(Feature.SECURE_WRAPPING)
                .withUse(
                    "securewrapkey",
                    KEYS_WRAP,
                    "KeySecureWrap",
                    new SecureWrapHandler(services.release()))
                .withUse(
                    "secureunwrapkey",
                    KEYS_UNWRAP,
                    "KeySecureUnwrap",
                    new SecureUnwrapHandler(services.release(), services.tokens())))
        .flatMap(RouteTable::stream)
        .toList();
  }
}
