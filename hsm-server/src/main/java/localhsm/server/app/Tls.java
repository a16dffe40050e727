package localhsm.server.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import localhsm.server.certificates.Certificates;
import localhsm.server.certificates.ServerCertificate;
import localhsm.server.certificates.TlsFolderException;
import localhsm.server.config.ServerConfig;
import localhsm.server.names.ServedNames;
import localhsm.server.net.HttpsServer;
import localhsm.server.net.PortInUseException;
import localhsm.server.net.ServerSettings;
import localhsm.server.net.TlsEngine;
import localhsm.server.net.TlsSettings;

/** The certificate and the listening socket, from configuration. */
final class Tls {
  private Tls() {}

  /** Opens, or makes, the CA and the server's own certificate. */
  static ServerCertificate certificate(ServerConfig config, ServedNames names, Core core) {
    Certificates certificates = new Certificates(core.clock(), core.random());
    Optional<Path> kept = config.data().folder().map(folder -> folder.resolve("tls"));
    try {
      ServerCertificate certificate =
          kept.isPresent()
              ? certificates.open(kept.get(), names)
              : certificates.openWithoutServerKey(config.tls().folder(), names);
      if (!certificate.trust().current()) {
        certificate.trust().write();
      }
      return certificate;
    } catch (TlsFolderException e) {
      throw StartRefused.configuration(String.valueOf(e.getMessage()));
    }
  }

  static TlsSettings settings(ServerConfig config, ServerCertificate certificate) {
    TlsEngine engine =
        switch (config.tls().engine()) {
          case AUTO -> TlsEngine.AUTO;
          case OPENSSL -> TlsEngine.OPENSSL;
          case JDK -> TlsEngine.JDK;
        };
    return new TlsSettings(certificate.chain(), certificate.key(), engine);
  }

  static HttpsServer listen(ServerSettings settings) {
    try {
      return HttpsServer.start(settings);
    } catch (PortInUseException e) {
      throw StartRefused.portInUse(
          "port "
              + settings.port()
              + " is in use; stop what listens there or choose another with --port (0: any)");
    } catch (IOException e) {
      throw StartRefused.configuration("cannot listen: " + e.getMessage());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the server's own certificate cannot be used", e);
    }
  }

  /** The addresses that this machine has; IPv6 may be switched off. */
  static List<InetAddress> present(List<InetAddress> wanted) {
    List<InetAddress> present =
        wanted.stream().filter(a -> !a.isLoopbackAddress() || exists(a)).toList();
    return present.isEmpty() ? wanted : present;
  }

  private static boolean exists(InetAddress address) {
    try {
      return address.getAddress().length == 4 || NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return false;
    }
  }
}
