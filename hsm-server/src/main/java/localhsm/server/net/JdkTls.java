package localhsm.server.net;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import java.security.GeneralSecurityException;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** TLS by the JDK. A ready {@link SSLContext}, because Netty's own takes half a second to build. */
final class JdkTls implements Tls {
  /** Sessions kept for resumption; the JDK's own default is 20,480 for a day. */
  private static final int SESSIONS = 1_000;

  private static final int SESSION_SECONDS = 300;

  private final SSLContext context;
  private final String[] suites;

  private JdkTls(SSLContext context) {
    this.context = context;
    this.suites = Stream.concat(SUITES_13.stream(), SUITES_12.stream()).toArray(String[]::new);
  }

  static JdkTls open(TlsSettings settings) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    KeyManager[] managers = {new PresentedKey(settings.chain(), settings.key())};
    context.init(managers, null, null);
    context.getServerSessionContext().setSessionCacheSize(SESSIONS);
    context.getServerSessionContext().setSessionTimeout(SESSION_SECONDS);
    return new JdkTls(context);
  }

  @Override
  public SslHandler handler(ByteBufAllocator allocator) {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    engine.setEnabledProtocols(PROTOCOLS.toArray(String[]::new));
    engine.setEnabledCipherSuites(suites);
    return new SslHandler(engine);
  }

  /**
   * A handshake that finds no protocol enabled fails with an alert. TLS 1.3 has no renegotiation,
   * and its engine must stay as it is.
   */
  @Override
  public void forbidRenegotiation(SSLEngine engine) {
    if (engine.getSession().getProtocol().equals("TLSv1.2")) {
      engine.setEnabledProtocols(new String[0]);
    }
  }

  @Override
  public void close() {
    // holds no native memory
  }
}
