package localhsm.server.random;

import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import localhsm.problem.Problems;
import localhsm.server.http.Response;
import localhsm.server.json.JsonBody;
import localhsm.server.json.JsonObject;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Handler;

/** Gives 1 to 128 random bytes. */
final class RandomBytesHandler implements Handler {
  private static final int MAX_BYTES = 128;

  private final SecureRandom random;

  RandomBytesHandler(SecureRandom random) {
    this.random = random;
  }

  @Override
  public CompletionStage<Response> handle(Exchange exchange) {
    byte[] bytes = new byte[count(JsonBody.of(exchange.request()))];
    random.nextBytes(bytes);
    return CompletableFuture.completedStage(
        Response.ok(new JsonObject().putBytes("value", bytes).bytes()));
  }

  private static int count(JsonBody body) {
    int count =
        body.integer("count")
            .orElseThrow(() -> Problems.badParameter("Property count is required."));
    if (count < 1 || count > MAX_BYTES) {
      throw Problems.badParameter("Property count must be 1 to " + MAX_BYTES + ".");
    }
    return count;
  }
}
