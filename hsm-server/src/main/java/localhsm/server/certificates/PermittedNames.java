package localhsm.server.certificates;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import localhsm.server.names.IpLiteral;
import localhsm.server.names.NameFamily;

/**
 * The names a CA may vouch for (RFC 5280 4.2.1.10), so that whoever steals its key gains nothing
 * beyond them.
 *
 * @param domains each with all names below it
 * @param ranges addresses with a prefix length
 */
record PermittedNames(List<String> domains, List<String> ranges) {

  /** The families every Local HSM serves, and loopback. */
  static final PermittedNames SHARED =
      new PermittedNames(
          outermost(
              Stream.concat(
                      Stream.of("localhost"), NameFamily.ALL.stream().flatMap(PermittedNames::of))
                  .toList()),
          List.of("127.0.0.0/8", "::1/128"));

  PermittedNames {
    domains = List.copyOf(domains);
    ranges = List.copyOf(ranges);
  }

  /** Those of the names that lie outside the families and loopback. */
  static List<String> beyondShared(List<String> names) {
    List<String> foreign =
        names.stream().filter(name -> !shared(name)).map(PermittedNames::bare).toList();
    return outermost(foreign);
  }

  /** These names and others, domains or single addresses. */
  PermittedNames and(List<String> others) {
    return new PermittedNames(
        Stream.concat(domains.stream(), others.stream().filter(n -> !address(n))).toList(),
        Stream.concat(
                ranges.stream(),
                others.stream().filter(PermittedNames::address).map(PermittedNames::single))
            .toList());
  }

  private static boolean shared(String name) {
    return IpLiteral.parse(name)
        .map(InetAddress::isLoopbackAddress)
        .orElseGet(() -> SHARED.domains.stream().anyMatch(domain -> within(bare(name), domain)));
  }

  private static Stream<String> of(NameFamily family) {
    return Stream.of(
        family.hsmDomain(), family.authority(), family.management(), family.blobDomain());
  }

  private static List<String> outermost(List<String> names) {
    return names.stream()
        .distinct()
        .filter(n -> names.stream().noneMatch(o -> !o.equals(n) && within(n, o)))
        .sorted()
        .toList();
  }

  private static boolean within(String name, String domain) {
    return name.equals(domain) || name.endsWith("." + domain);
  }

  private static String bare(String name) {
    return name.startsWith("*.") ? name.substring(2) : name;
  }

  private static boolean address(String name) {
    return IpLiteral.parse(name).isPresent();
  }

  private static String single(String address) {
    return address + (address.contains(":") ? "/128" : "/32");
  }
}
