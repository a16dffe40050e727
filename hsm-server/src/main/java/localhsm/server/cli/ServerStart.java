package localhsm.server.cli;

import localhsm.server.app.HsmServer;
import localhsm.server.app.ReadyState;
import localhsm.server.config.ServerConfig;

/** How a server is started. */
interface ServerStart {
  /** The server of this program. */
  ServerStart REAL =
      config -> {
        HsmServer server = HsmServer.start(config);
        return new Running() {
          @Override
          public ReadyState ready() {
            return server.ready();
          }

          @Override
          public void close() {
            server.close();
          }
        };
      };

  /** Returns when the server is ready. */
  Running start(ServerConfig config);

  /** A server that is ready. */
  interface Running extends AutoCloseable {
    ReadyState ready();

    @Override
    void close();
  }
}
