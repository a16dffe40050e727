package localhsm.server.names;

/** What is served under a host name. */
public enum HostRole {
  /** The HSM's own name: the data plane. */
  HSM,
  /** {@code localhost} and addresses: data plane, and authority and management by path. */
  LOOPBACK,
  /** The token authority. */
  AUTHORITY,
  /** The resource manager. */
  MANAGEMENT,
  /** A name of a family that this server does not serve. */
  FOREIGN
}
