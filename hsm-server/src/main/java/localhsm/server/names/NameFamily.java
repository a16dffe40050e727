package localhsm.server.names;

import java.util.List;

/**
 * Names that belong together: a client that knows one of them is told only others of the same
 * family.
 *
 * @param label for messages and logs
 * @param hsmDomain parent domain of HSM names, such as {@code managedhsm.azure.net}
 * @param authority host of the token authority
 * @param management host of the resource manager
 * @param blobDomain parent domain of storage account names
 */
public record NameFamily(
    String label, String hsmDomain, String authority, String management, String blobDomain) {

  /** The names of the public cloud, reached through a tunnel or a network alias. */
  public static final NameFamily AZURE =
      new NameFamily(
          "azure",
          "managedhsm.azure.net",
          "login.microsoftonline.com",
          "management.azure.com",
          "blob.core.windows.net");

  /** Names below {@code localhost}, which never leave the machine. */
  public static final NameFamily LOCALHOST =
      new NameFamily(
          "localhost",
          "managedhsm.localhost",
          "login.localhost",
          "management.localhost",
          "blob.localhost");

  /** Both, in the order in which the server announces them. */
  public static final List<NameFamily> ALL = List.of(LOCALHOST, AZURE);

  /** The full name of an HSM in this family. */
  public String hsm(String name) {
    return name + "." + hsmDomain;
  }

  /** Whether the host lies in a domain of this family, whoever serves it. */
  boolean covers(String host) {
    return host.endsWith("." + hsmDomain) || host.endsWith("." + blobDomain);
  }
}
