package localhsm.server.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Fetches small documents over https: no redirects, ten seconds altogether, a limit on size. The
 * client is made when first needed.
 */
final class HttpsDocuments implements Documents {
  private static final int MAX_BYTES = 256 * 1024;
  private static final long SECONDS = 10;

  private final Supplier<HttpClient> factory;
  private Optional<HttpClient> client = Optional.empty();

  HttpsDocuments(Supplier<HttpClient> factory) {
    this.factory = factory;
  }

  /** Believes the certificates that this JVM believes. */
  static HttpsDocuments ofThisMachine() {
    return new HttpsDocuments(
        () ->
            HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(SECONDS))
                .build());
  }

  @Override
  public CompletionStage<byte[]> get(URI address) {
    if (!"https".equals(address.getScheme())) {
      return CompletableFuture.failedStage(new IOException("not an https address: " + address));
    }
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Accept", "application/json")
            .timeout(Duration.ofSeconds(SECONDS))
            .build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        client().sendAsync(request, info -> new LimitedBody(MAX_BYTES));
    return answer
        .copy()
        .orTimeout(SECONDS, TimeUnit.SECONDS)
        .whenComplete((response, failure) -> answer.cancel(true))
        .thenApply(response -> content(address, response));
  }

  private static byte[] content(URI address, HttpResponse<byte[]> response) {
    if (response.statusCode() != 200) {
      throw new UncheckedIOException(
          new IOException(address + " answered " + response.statusCode()));
    }
    return response.body();
  }

  private synchronized HttpClient client() {
    HttpClient present = client.orElseGet(factory);
    client = Optional.of(present);
    return present;
  }
}
