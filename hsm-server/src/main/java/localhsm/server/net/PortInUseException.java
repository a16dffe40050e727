package localhsm.server.net;

import java.io.IOException;
import java.net.InetAddress;

/** Another program listens there already. */
public final class PortInUseException extends IOException {
  private static final long serialVersionUID = 1L;

  PortInUseException(InetAddress address, int port, Throwable cause) {
    super("port " + port + " on " + address.getHostAddress() + " is in use", cause);
  }
}
