package localhsm.server.keys;

import java.util.Optional;
import localhsm.crypto.CipherAlgorithm;
import localhsm.crypto.KeyAlgorithm;
import localhsm.crypto.SignAlgorithm;
import localhsm.problem.Problems;
import localhsm.server.json.JsonBody;
import localhsm.server.pipeline.Exchange;

/** Reads the {@code alg} of a request, which must exist in its api-version. */
final class AlgorithmJson {
  private static final String MEMBER = "alg";

  private AlgorithmJson() {}

  /** Of signing and verifying. */
  static SignAlgorithm sign(Exchange exchange, JsonBody body) {
    return known(exchange, SignAlgorithm.fromWire(body.text(MEMBER)));
  }

  /** Of encrypting, decrypting, wrapping and unwrapping. */
  static CipherAlgorithm cipher(Exchange exchange, JsonBody body) {
    return known(
        exchange, CipherAlgorithm.fromWire(body.text(MEMBER)).filter(CipherAlgorithm::plainWrap));
  }

  /** Of secure wrapping and unwrapping. */
  static CipherAlgorithm secureWrap(Exchange exchange, JsonBody body) {
    return known(
        exchange, CipherAlgorithm.fromWire(body.text(MEMBER)).filter(CipherAlgorithm::secureWrap));
  }

  private static <A extends KeyAlgorithm> A known(Exchange exchange, Optional<A> algorithm) {
    return algorithm
        .filter(Feature.algorithmsOf(exchange))
        .orElseThrow(() -> Problems.badParameter("Property alg names no supported algorithm."));
  }
}
