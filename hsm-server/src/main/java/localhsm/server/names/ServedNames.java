package localhsm.server.names;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All names of this server.
 *
 * @param hsmName name of the HSM, without domain
 * @param families the families, the first of which answers for hosts that belong to none
 * @param extra configured names and addresses beyond the families, in lower case
 */
public record ServedNames(String hsmName, List<NameFamily> families, Set<String> extra) {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /** Keeps its own copies. */
  public ServedNames {
    families = List.copyOf(families);
    extra = extra.stream().map(n -> n.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    if (families.isEmpty()) {
      throw new IllegalArgumentException("at least one family of names");
    }
  }

  /** What the host serves; empty for a host that is none of ours. */
  public Optional<Site> resolve(HostAndPort address) {
    String host = address.host();
    if (LOOPBACK.contains(host) || isLoopbackAddress(host)) {
      return Optional.of(site(address, HostRole.LOOPBACK, families.get(0)));
    }
    if (extra.contains(host)) {
      return Optional.of(site(address, HostRole.HSM, families.get(0)));
    }
    return families.stream().flatMap(family -> inFamily(address, family)).findFirst();
  }

  private Stream<Site> inFamily(HostAndPort address, NameFamily family) {
    String host = address.host();
    if (host.equals(family.hsm(hsmName).toLowerCase(Locale.ROOT))) {
      return Stream.of(site(address, HostRole.HSM, family));
    }
    if (host.equals(family.authority())) {
      return Stream.of(site(address, HostRole.AUTHORITY, family));
    }
    if (host.equals(family.management())) {
      return Stream.of(site(address, HostRole.MANAGEMENT, family));
    }
    boolean foreign =
        host.endsWith("." + family.hsmDomain()) || host.endsWith("." + family.blobDomain());
    return foreign ? Stream.of(site(address, HostRole.FOREIGN, family)) : Stream.empty();
  }

  private Site site(HostAndPort address, HostRole role, NameFamily family) {
    return new Site(address, role, family, hsmName);
  }

  private static boolean isLoopbackAddress(String host) {
    return host.startsWith("127.") && host.matches("127(\\.[0-9]{1,3}){3}");
  }
}
