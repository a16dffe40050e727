package localhsm.server.keys;

import java.util.Optional;
import java.util.function.Function;
import localhsm.crypto.CipherAlgorithm;
import localhsm.crypto.KeyAlgorithm;
import localhsm.problem.Problems;
import localhsm.server.json.JsonBody;

/** Reads the {@code alg} of a request, and what goes into a cipher. */
final class AlgorithmJson {
  private AlgorithmJson() {}

  /** The algorithm of encrypting, decrypting, wrapping or unwrapping. */
  static CipherAlgorithm cipher(JsonBody body) {
    return read(body, alg -> CipherAlgorithm.fromWire(alg).filter(CipherAlgorithm::plainWrap));
  }

  static CipherAlgorithm.Input input(JsonBody body) {
    return new CipherAlgorithm.Input(
        body.bytes("value"),
        body.optionalBytes("iv"),
        body.optionalBytes("tag"),
        body.optionalBytes("aad"));
  }

  static <A extends KeyAlgorithm> A read(JsonBody body, Function<String, Optional<A>> fromWire) {
    return fromWire
        .apply(body.text("alg"))
        .orElseThrow(() -> Problems.badParameter("Property alg names no supported algorithm."));
  }
}
