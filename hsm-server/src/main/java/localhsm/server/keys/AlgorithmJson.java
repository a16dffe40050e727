package localhsm.server.keys;

import java.util.Optional;
import java.util.function.Function;
import localhsm.crypto.KeyAlgorithm;
import localhsm.problem.Problems;
import localhsm.server.json.JsonBody;

/** Reads the {@code alg} of a request. */
final class AlgorithmJson {
  private AlgorithmJson() {}

  static <A extends KeyAlgorithm> A read(JsonBody body, Function<String, Optional<A>> fromWire) {
    return fromWire
        .apply(body.text("alg"))
        .orElseThrow(() -> Problems.badParameter("Property alg names no supported algorithm."));
  }
}
