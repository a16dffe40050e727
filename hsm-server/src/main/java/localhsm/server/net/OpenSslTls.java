package localhsm.server.net;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/** TLS by BoringSSL, which knows neither compression nor renegotiation. */
final class OpenSslTls implements Tls {
  private final SslContext context;

  private OpenSslTls(SslContext context) {
    this.context = context;
  }

  static OpenSslTls open(TlsSettings settings) throws SSLException {
    return new OpenSslTls(
        SslContextBuilder.forServer(settings.key(), settings.chain())
            .sslProvider(SslProvider.OPENSSL_REFCNT)
            .protocols(PROTOCOLS)
            .ciphers(Stream.concat(SUITES_13.stream(), SUITES_12.stream()).toList())
            .build());
  }

  @Override
  public SslHandler handler(ByteBufAllocator allocator) {
    return context.newHandler(allocator);
  }

  @Override
  public void forbidRenegotiation(SSLEngine engine) {
    // nothing to forbid: BoringSSL answers every attempt with an alert
  }

  @Override
  public void close() {
    ReferenceCountUtil.release(context);
  }
}
