package localhsm.server.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import localhsm.server.http.Response;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Handler;

/** Shows the description of the lab's endpoints (OpenAPI 3.0), which is a resource file. */
final class OpenApiHandler implements Handler {
  private static final String DOCUMENT = "openapi.json";

  @Override
  public CompletionStage<Response> handle(Exchange exchange) {
    try (InputStream in = OpenApiHandler.class.getResourceAsStream(DOCUMENT)) {
      byte[] document = Objects.requireNonNull(in, DOCUMENT).readAllBytes();
      return CompletableFuture.completedStage(Response.ok(document));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
