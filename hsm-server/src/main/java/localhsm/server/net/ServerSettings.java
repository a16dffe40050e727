package localhsm.server.net;

import java.net.InetAddress;
import java.util.List;
import localhsm.server.http.ActivityIds;
import localhsm.server.http.HttpService;

/**
 * Everything an {@link HttpsServer} needs.
 *
 * @param addresses to listen on, all with the same port
 * @param port 0 for a free one
 * @param service answers the requests
 * @param activities an id for every request and every refusal
 */
public record ServerSettings(
    List<InetAddress> addresses,
    int port,
    TlsSettings tls,
    Limits limits,
    HttpService service,
    ActivityIds activities) {

  /** Keeps its own copy of the addresses. */
  public ServerSettings {
    addresses = List.copyOf(addresses);
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("an address is needed");
    }
  }
}
