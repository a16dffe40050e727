package localhsm.server.net;

import io.netty.handler.ssl.OpenSsl;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLException;

/** Who does the TLS work. */
public enum TlsEngine {
  /** BoringSSL where its native library loads, else the JDK. */
  AUTO {
    @Override
    public TlsEngine resolved() {
      return OpenSsl.isAvailable() ? OPENSSL : JDK;
    }

    @Override
    Tls open(TlsSettings settings) throws GeneralSecurityException, SSLException {
      return resolved().open(settings);
    }
  },
  /** BoringSSL, through netty-tcnative. */
  OPENSSL {
    @Override
    Tls open(TlsSettings settings) throws SSLException {
      return OpenSslTls.open(settings);
    }
  },
  /** The JDK's own. */
  JDK {
    @Override
    Tls open(TlsSettings settings) throws GeneralSecurityException {
      return JdkTls.open(settings);
    }
  };

  /** The engine that is really used on this machine. */
  public TlsEngine resolved() {
    return this;
  }

  abstract Tls open(TlsSettings settings) throws GeneralSecurityException, SSLException;
}
