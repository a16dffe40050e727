package localhsm.server.names;

import java.net.InetAddress;
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
 * @param extra configured names and addresses beyond the families: lower case, addresses without
 *     brackets and in one spelling
 */
public record ServedNames(String hsmName, List<NameFamily> families, Set<String> extra) {
  private static final String LOCALHOST = "localhost";

  /** Keeps its own copies; refuses what cannot be a host name or an address. */
  public ServedNames {
    families = List.copyOf(families);
    extra = extra.stream().map(ServedNames::checked).collect(Collectors.toUnmodifiableSet());
    if (families.isEmpty()) {
      throw new IllegalArgumentException("at least one family of names");
    }
    if (!checked(hsmName).equals(hsmName.toLowerCase(Locale.ROOT)) || hsmName.contains(".")) {
      throw new IllegalArgumentException("not a host name without domain: " + hsmName);
    }
  }

  /** What the host serves; empty for a host that is none of ours. */
  public Optional<Site> resolve(HostAndPort address) {
    String host = IpLiteral.canonical(address.host());
    if (host.equals(LOCALHOST)
        || IpLiteral.parse(host).filter(InetAddress::isLoopbackAddress).isPresent()) {
      return Optional.of(site(address, HostRole.LOOPBACK, families.get(0)));
    }
    Optional<Site> known = families.stream().flatMap(f -> named(address, f)).findFirst();
    if (known.isPresent()) {
      return known;
    }
    Optional<NameFamily> family = families.stream().filter(f -> f.covers(host)).findFirst();
    return extra.contains(host)
        ? Optional.of(site(address, HostRole.HSM, family.orElse(families.get(0))))
        : family.map(f -> site(address, HostRole.FOREIGN, f));
  }

  private Stream<Site> named(HostAndPort address, NameFamily family) {
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
    return Stream.empty();
  }

  private Site site(HostAndPort address, HostRole role, NameFamily family) {
    return new Site(address, role, family, hsmName);
  }

  private static String checked(String name) {
    Optional<String> address = IpLiteral.parse(name).map(InetAddress::getHostAddress);
    return address
        .or(
            () ->
                name.contains(":")
                    ? Optional.empty()
                    : HostAndPort.parse(name).map(HostAndPort::host))
        .orElseThrow(() -> new IllegalArgumentException("not a host name or address: " + name));
  }
}
