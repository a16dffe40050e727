package localhsm.server.names;

/**
 * Where a request arrived: what its host serves, and the names its answer may use.
 *
 * @param address host and port as the client wrote them
 * @param family the family the host belongs to
 * @param hsmName name of the HSM served, without domain
 */
public record Site(HostAndPort address, HostRole role, NameFamily family, String hsmName) {

  /** Base of key ids and links: the host and port the client used. */
  public String base() {
    return address.origin();
  }

  /**
   * The {@code resource} of the challenge: the parent domain of the HSM's host, with the port when
   * it is not 443. Clients demand that their host ends with it. Addresses, {@code localhost} and
   * names without a parent of two labels announce the family's domain.
   */
  public String resource() {
    return address.originOf(parentDomain());
  }

  /** Origin of the authority in the same family. */
  public String authority() {
    return address.originOf(family.authority());
  }

  private String parentDomain() {
    String host = address.host();
    String parent = host.substring(host.indexOf('.') + 1);
    boolean announced =
        role == HostRole.HSM && parent.contains(".") && IpLiteral.parse(host).isEmpty();
    return announced ? parent : family.hsmDomain();
  }
}
