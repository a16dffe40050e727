package localhsm.server.authority;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import localhsm.server.names.HostAndPort;
import localhsm.server.names.NameFamily;
import localhsm.server.names.ServedNames;

/** For which resources the authority issues tokens: this HSM and its resource manager. */
final class Resources {
  private static final String SCHEME = "https://";

  private final Set<String> hosts = new HashSet<>();
  private final Set<String> exact;

  Resources(ServedNames names, Set<String> audiences) {
    exact = audiences;
    for (NameFamily family : names.families()) {
      hosts.add(family.hsmDomain());
      hosts.add(family.management());
    }
    if (hosts.contains(NameFamily.AZURE.management())) {
      // The older name of the same resource, which the command line client asks for.
      hosts.add("management.core.windows.net");
    }
    for (String name : names.extra()) {
      hosts.add(name.substring(name.indexOf('.') + 1));
    }
  }

  /** Whether the resource is one of them, on any port, with or without a slash at the end. */
  boolean grants(String resource) {
    String bare = resource.endsWith("/") ? resource.substring(0, resource.length() - 1) : resource;
    if (exact.contains(bare) || exact.contains(resource)) {
      return true;
    }
    if (!bare.startsWith(SCHEME)) {
      return false;
    }
    Optional<HostAndPort> address = HostAndPort.parse(bare.substring(SCHEME.length()));
    return address.filter(found -> hosts.contains(found.host())).isPresent();
  }
}
