package localhsm.server.authority;

import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import localhsm.id.TenantId;
import localhsm.server.auth.TrustedIssuer;
import localhsm.server.names.NameFamily;
import localhsm.server.names.Site;

/** The embedded authority as one whose tokens the HSM believes. */
public final class EmbeddedIssuer implements TrustedIssuer {
  private final TenantId tenant;
  private final List<NameFamily> families;
  private final SigningKey key;

  /** Goes by the names of the families, whichever of them the token's receiver is asked by. */
  public EmbeddedIssuer(TenantId tenant, List<NameFamily> families, SigningKey key) {
    this.tenant = tenant;
    this.families = List.copyOf(families);
    this.key = key;
  }

  /** The {@code iss} of version 1 tokens. */
  static String version1(TenantId tenant) {
    return "https://sts.windows.net/" + tenant + "/";
  }

  @Override
  public boolean goesBy(String iss, Site site) {
    return iss.equals(version1(tenant))
        || families.stream().anyMatch(family -> iss.equals(version2(family, site)));
  }

  private String version2(NameFamily family, Site site) {
    return site.address().originOf(family.authority()) + "/" + tenant + "/v2.0";
  }

  @Override
  public CompletionStage<Optional<RSAPublicKey>> key(String kid) {
    return key.publicKey(kid);
  }
}
