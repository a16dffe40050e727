package localhsm.server.keys;

import java.util.function.Predicate;
import localhsm.crypto.KeyAlgorithm;
import localhsm.server.pipeline.ApiVersion;
import localhsm.server.pipeline.Exchange;

/** What came to the keys API, with the api-version that brought it: the one table of that. */
enum Feature {
  KEYS(ApiVersion.V7_0),
  RECOVERABLE_DAYS(ApiVersion.V7_1),
  SYMMETRIC_KEYS(ApiVersion.V7_2),
  ROTATION(ApiVersion.V7_3),
  RELEASE(ApiVersion.V7_3),
  ATTESTATION(ApiVersion.V7_6),
  HMAC(ApiVersion.V7_6),
  CKM_WRAPPING(ApiVersion.V7_6),
  SECURE_WRAPPING(ApiVersion.V2026_04_01),
  KEY_SIZE(ApiVersion.V2026_04_01);

  private final ApiVersion since;

  Feature(ApiVersion since) {
    this.since = since;
  }

  /** The api-version that brought it. */
  ApiVersion since() {
    return since;
  }

  /** Whether the api-version of a routed request has it. */
  boolean in(Exchange exchange) {
    return exchange.routed().version().orElseThrow().atLeast(since);
  }

  /** Passes the algorithms that the api-version of a routed request has. */
  static Predicate<KeyAlgorithm> algorithmsOf(Exchange exchange) {
    return algorithm -> of(algorithm.wireName()).in(exchange);
  }

  private static Feature of(String alg) {
    if (alg.startsWith("HS")) {
      return HMAC;
    }
    if (alg.startsWith("CKM_")) {
      return CKM_WRAPPING;
    }
    return alg.startsWith("A") ? SYMMETRIC_KEYS : KEYS;
  }
}
