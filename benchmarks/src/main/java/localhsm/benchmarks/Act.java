package localhsm.benchmarks;

import java.util.Locale;
import java.util.function.Supplier;
import localhsm.crypto.CipherAlgorithm;
import localhsm.crypto.CipherAlgorithm.Input;
import localhsm.crypto.KeyMaterial;
import localhsm.crypto.Providers;
import localhsm.crypto.SignAlgorithm;

/** What can be done with a key, and the primitive behind it: the call that ends in the engine. */
enum Act {
  SIGN {
    @Override
    Supplier<Object> bare(String alg, KeyMaterial key, byte[] value, Providers providers) {
      SignAlgorithm algorithm = SignAlgorithm.fromWire(alg).orElseThrow();
      return () -> algorithm.sign(key, value, providers);
    }
  },
  WRAPKEY {
    @Override
    Supplier<Object> bare(String alg, KeyMaterial key, byte[] value, Providers providers) {
      CipherAlgorithm algorithm = CipherAlgorithm.fromWire(alg).orElseThrow();
      return () -> algorithm.encrypt(key, Input.of(value), providers);
    }
  },
  UNWRAPKEY {
    @Override
    byte[] value(String alg, KeyMaterial key, Providers providers) {
      CipherAlgorithm algorithm = CipherAlgorithm.fromWire(alg).orElseThrow();
      return algorithm.encrypt(key, Input.of(new byte[VALUE_BYTES]), providers).value();
    }

    @Override
    Supplier<Object> bare(String alg, KeyMaterial key, byte[] value, Providers providers) {
      CipherAlgorithm algorithm = CipherAlgorithm.fromWire(alg).orElseThrow();
      return () -> algorithm.decrypt(key, Input.of(value), providers);
    }
  },
  ENCRYPT {
    @Override
    Supplier<Object> bare(String alg, KeyMaterial key, byte[] value, Providers providers) {
      return WRAPKEY.bare(alg, key, value, providers);
    }
  };

  private static final int VALUE_BYTES = 32;

  /** The last word of the path. */
  String verb() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What is to be signed, wrapped, unwrapped or encrypted. */
  byte[] value(String alg, KeyMaterial key, Providers providers) {
    return new byte[VALUE_BYTES];
  }

  /** The primitive alone. */
  abstract Supplier<Object> bare(String alg, KeyMaterial key, byte[] value, Providers providers);
}
