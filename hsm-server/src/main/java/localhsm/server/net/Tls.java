package localhsm.server.net;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import javax.net.ssl.SSLEngine;

/**
 * Makes the TLS side of connections: versions 1.2 and 1.3, forward secret AEAD suites only (RFC
 * 9325 4.2), no renegotiation, no ALPN; the only protocol is HTTP/1.1.
 */
interface Tls {
  /** Newest first. */
  List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

  /** The suites of TLS 1.3. */
  List<String> SUITES_13 =
      List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

  /** The suites of TLS 1.2. */
  List<String> SUITES_12 =
      List.of(
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256");

  /** The handler of a new connection. */
  SslHandler handler(ByteBufAllocator allocator);

  /** Called when the first handshake of a connection is done: there must be no second. */
  void forbidRenegotiation(SSLEngine engine);

  /** Gives native memory back, after the last connection is gone. */
  void close();
}
