package localhsm.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import localhsm.server.http.Request;
import localhsm.server.http.Response;
import localhsm.server.http.Verb;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A connection")
@ParameterizedClass
@EnumSource(
    value = TlsEngine.class,
    names = {"OPENSSL", "JDK"})
class HttpConnectionTest {
  private static final String GET = "GET /keys?a=%20b HTTP/1.1\r\nHost: LocalHost:8443\r\n\r\n";
  private static final String POST = "POST /x HTTP/1.1\r\nHost: localhost\r\n";

  private final CompletableFuture<Response> held = new CompletableFuture<>();
  private final CountDownLatch called = new CountDownLatch(1);
  private final ExecutorService other = Executors.newSingleThreadExecutor();
  private final FakeService service = new FakeService(this::answer);
  private final TestServer server;
  private Function<Request, CompletionStage<Response>> behaviour =
      request -> CompletableFuture.completedFuture(FakeService.told(request));

  HttpConnectionTest(TlsEngine engine) {
    server = TestServer.start(engine, service);
  }

  @AfterEach
  void stop() {
    server.close();
    other.shutdown();
  }

  private CompletionStage<Response> answer(Request request) {
    return behaviour.apply(request);
  }

  private CompletionStage<Response> hold(Request request) {
    called.countDown();
    return held;
  }

  private CompletionStage<Response> elsewhere(Request request) {
    return CompletableFuture.supplyAsync(() -> FakeService.told(request), other);
  }

  private void respondWith(Response response) {
    behaviour = request -> CompletableFuture.completedFuture(response);
  }

  private void awaitCall() throws InterruptedException {
    assertThat(called.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Nested
  class ARequest {
    @Test
    void reachesTheServiceWithAllItsParts() {
      try (RawClient client = server.connect()) {
        client.send(
            "PUT /keys/a?x=%41 HTTP/1.1\r\nHoSt: LocalHost:8443\r\nX-Two: 1\r\nx-two: \t2 \r\n"
                + "X-Text: caf\u00e9\r\nContent-Length: 5\r\n\r\nhello");

        assertThat(client.read().body()).isEqualTo("PUT /keys/a?x=%41 hello");
      }
      Request request = service.requests.get(0);
      assertThat(request.verb()).isEqualTo(Verb.PUT);
      assertThat(request.host().host()).isEqualTo("localhost");
      assertThat(request.host().port()).isEqualTo(8443);
      assertThat(request.headers().all("x-two")).containsExactly("1", "2");
      assertThat(request.headers().single("x-text")).contains("caf\u00e9");
      assertThat(request.id().version()).isEqualTo(1);
      assertThat(request.client().getAddress().isLoopbackAddress()).isTrue();
      assertThat(System.nanoTime() - request.startedNanos()).isPositive();
    }

    @Test
    void mayComeByteByByte() {
      String chunked =
          POST + "Transfer-Encoding: Chunked\r\n\r\n2;a=b\r\nab\r\n1\r\nc\r\n0\r\nT: x\r\n\r\n";
      try (RawClient client = server.connect()) {
        for (byte b : (GET + chunked).getBytes(StandardCharsets.ISO_8859_1)) {
          client.send(new byte[] {b});
        }

        assertThat(client.read().body()).isEqualTo("GET /keys?a=%20b ");
        assertThat(client.read().body()).isEqualTo("POST /x abc");
      }
    }

    @Test
    void mayBeAsLargeAsTheLimits() {
      String target = "/" + "a".repeat(Limits.Sizes.DEFAULTS.target() - 1);
      String fields = "X: " + "a".repeat(64_000) + "\r\n";
      String body = "b".repeat(Limits.Sizes.DEFAULTS.body());
      try (RawClient client = server.connect()) {
        client.send("POST " + target + " HTTP/1.1\r\nHost: localhost\r\n" + fields);
        client.send("Content-Length: " + body.length() + "\r\n\r\n" + body);

        assertThat(client.read().body()).isEqualTo("POST " + target + " " + body);
        assertThat(client.send(GET).read().status()).isEqualTo(200);
      }
    }

    @Test
    void mayUploadMoreWhereBackupsAreRestored() {
      String body = "b".repeat(Limits.Sizes.DEFAULTS.upload());
      try (RawClient client = server.connect()) {
        client.send("POST //Keys/%72estore?x HTTP/1.1\r\nHost: localhost\r\n");
        client.send("Content-Length: " + body.length() + "\r\n\r\n" + body);

        assertThat(client.read().body()).endsWith("b".repeat(100));
      }
      assertThat(service.requests.get(0).body()).hasSize(body.length());
    }

    @Test
    void mayFollowOneEmptyLine() {
      try (RawClient client = server.connect()) {
        assertThat(client.send("\r\n" + GET + "\r\n" + GET).read().status()).isEqualTo(200);
        assertThat(client.read().status()).isEqualTo(200);
      }
    }

    @Test
    void mayTryToUpgradeInVain() {
      String upgrade =
          "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMA\r\n";
      try (RawClient client = server.connect()) {
        client.send("GET / HTTP/1.1\r\nHost: localhost\r\n" + upgrade + "\r\n");

        assertThat(client.read().status()).isEqualTo(200);
        assertThat(client.send(GET).read().status()).isEqualTo(200);
      }
    }
  }

  @Nested
  class AnExpectation {
    @Test
    void isMetBeforeTheBody() {
      try (RawClient client = server.connect()) {
        client.send(POST + "Expect: 100-Continue\r\nContent-Length: 2\r\n\r\n");

        assertThat(client.readHead()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
        assertThat(client.send("ok").read().body()).isEqualTo("POST /x ok");
        client.send(POST + "Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n");
        assertThat(client.readHead()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
        assertThat(client.send("0\r\n\r\n").read().body()).isEqualTo("POST /x ");
      }
    }

    @Test
    void isSuperfluousWhenTheBodyIsThere() {
      try (RawClient client = server.connect()) {
        client.send(POST + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\nok");

        assertThat(client.read().status()).isEqualTo(200);
      }
    }
  }

  @Nested
  class AnAnswer {
    @Test
    void hasLengthAndTypeAndItsOwnFieldsInOrder() {
      respondWith(Response.of(202, "{}").with("B", "1").with("A", "2"));
      try (RawClient client = server.connect()) {
        assertThat(client.send(GET).read().head())
            .isEqualTo(
                "HTTP/1.1 202 Accepted\r\nB: 1\r\nA: 2\r\n"
                    + "Content-Type: application/json; charset=utf-8\r\n"
                    + "Content-Length: 2\r\n\r\n");
      }
    }

    @Test
    void keepsAContentTypeOfItsOwn() {
      respondWith(Response.of(200, "").with("content-type", "text/plain"));
      try (RawClient client = server.connect()) {
        assertThat(client.send(GET).read().head())
            .isEqualTo("HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\nContent-Length: 0\r\n\r\n");
      }
    }

    @Test
    void hasNeitherLengthNorTypeWithoutContent() {
      respondWith(Response.of(204, ""));
      try (RawClient client = server.connect()) {
        assertThat(client.send(GET).read().head()).isEqualTo("HTTP/1.1 204 No Content\r\n\r\n");
        assertThat(client.send(GET).read().status()).isEqualTo(204);
      }
    }

    @Test
    void hasNoBodyForHead() {
      respondWith(Response.of(405, "not here"));
      try (RawClient client = server.connect()) {
        client.send("HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(client.readHead()).contains("\r\nContent-Length: 8\r\n");
        assertThat(client.closed()).isTrue();
      }
      assertThat(service.requests.get(0).verb()).isEqualTo(Verb.OTHER);
    }

    @Test
    void mayBeLarge() {
      respondWith(Response.of(200, "x".repeat(5_000_000)));
      try (RawClient client = server.connect()) {
        assertThat(client.send(GET).read().body()).hasSize(5_000_000);
        assertThat(client.send(GET).read().body()).hasSize(5_000_000);
      }
    }

    @Test
    void isTheLastWhenTheClientSaysSo() {
      try (RawClient client = server.connect()) {
        client.send("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: x, CLOSE\r\n\r\n" + GET);

        assertThat(client.read().has("Connection: close")).isTrue();
        assertThat(client.closed()).isTrue();
      }
      assertThat(service.requests).hasSize(1);
    }

    @Test
    void isTheLastInTheOldVersion() {
      try (RawClient client = server.connect()) {
        client.send("GET / HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n");

        RawClient.Answer answer = client.read();
        assertThat(answer.head()).startsWith("HTTP/1.1 200 ");
        assertThat(answer.has("Connection: close")).isTrue();
        assertThat(client.closed()).isTrue();
      }
    }

    @Test
    void thatWouldBreakTheProtocolIsNotSent() {
      respondWith(Response.ok(new byte[0]).with("X", "a\r\nSet-Cookie: b"));
      try (RawClient client = server.connect()) {
        assertThat(client.send(GET).closed()).isTrue();
      }
    }
  }

  @Nested
  class Pipelining {
    private void answersInOrder() {
      String all =
          IntStream.range(0, 100)
              .mapToObj(i -> "GET /" + i + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
              .reduce("", String::concat);
      try (RawClient client = server.connect()) {
        client.send(all);
        List<String> bodies = IntStream.range(0, 100).mapToObj(i -> client.read().body()).toList();

        assertThat(bodies)
            .isEqualTo(IntStream.range(0, 100).mapToObj(i -> "GET /" + i + " ").toList());
        assertThat(client.send(GET).read().status()).isEqualTo(200);
      }
    }

    @Test
    void keepsTheOrderOfAnswersMadeAtOnce() {
      answersInOrder();
    }

    @Test
    void keepsTheOrderOfAnswersMadeElsewhere() {
      behaviour = HttpConnectionTest.this::elsewhere;
      answersInOrder();
    }

    @Test
    void handlesOneRequestAtATime() throws InterruptedException {
      behaviour = HttpConnectionTest.this::hold;
      try (RawClient client = server.connect()) {
        client.send(GET);
        awaitCall();
        client.send(GET.repeat(1_000));
        try (RawClient second = server.connect()) {
          behaviour = request -> CompletableFuture.completedFuture(FakeService.told(request));
          second.send(GET).read();
        }
        assertThat(service.requests).hasSize(2);

        held.complete(Response.of(200, "first"));
        assertThat(client.read().body()).isEqualTo("first");
        for (int i = 0; i < 1_000; i++) {
          assertThat(client.read().status()).isEqualTo(200);
        }
      }
      assertThat(service.requests).hasSize(1_002);
    }
  }

  @Nested
  class AClientThatLeaves {
    @Test
    void getsItsAnswerWhenItOnlyStoppedSending() throws InterruptedException, IOException {
      behaviour = HttpConnectionTest.this::hold;
      try (RawClient client = server.connect()) {
        client.send(GET);
        awaitCall();
        client.tcp.shutdownOutput();
        try (RawClient second = server.connect()) {
          // one more round through both event loops
          second.send("bad\r\n").read();
        }
        held.complete(Response.of(200, "late"));

        assertThat(client.read().body()).isEqualTo("late");
        assertThat(client.closed()).isTrue();
      }
    }

    @Test
    void isForgottenAfterItsGoodbye() throws InterruptedException, IOException {
      behaviour = HttpConnectionTest.this::hold;
      try (RawClient client = server.connect()) {
        client.send(GET);
        awaitCall();
        client.tls.close();
        held.complete(Response.of(200, "too late"));

        assertThat(client.tls.isClosed()).isTrue();
      }
      stillServes();
    }

    @Test
    void isForgottenAfterAReset() throws InterruptedException {
      behaviour = HttpConnectionTest.this::hold;
      RawClient client = server.connect();
      client.send(GET + GET);
      awaitCall();
      client.reset();
      held.complete(Response.of(200, "too late"));
      stillServes();
    }

    @Test
    void leavesNothingBehindAfterAResetInTheBody() {
      RawClient client = server.connect();
      client.send(POST + "Content-Length: 400000\r\n\r\n" + "x".repeat(300_000));
      client.reset();
      stillServes();
    }

    @Test
    void leavesNothingBehindAfterAHalfRequest() throws IOException {
      try (RawClient client = server.connect()) {
        client.send(POST + "Content-Le");
        client.tcp.shutdownOutput();

        assertThat(client.closed()).isTrue();
      }
    }

    private void stillServes() {
      behaviour = request -> CompletableFuture.completedFuture(FakeService.told(request));
      try (RawClient client = server.connect()) {
        assertThat(client.send(GET).read().status()).isEqualTo(200);
      }
    }
  }

  @Nested
  class AServiceThatBreaksItsPromise {
    @Test
    void endsTheConnectionByFailing() {
      behaviour =
          request -> CompletableFuture.failedFuture(new IllegalStateException("on purpose"));
      try (RawClient client = server.connect()) {
        assertThat(client.send(GET).closed()).isTrue();
      }
    }

    @Test
    void endsTheConnectionByThrowing() {
      behaviour =
          request -> {
            throw new IllegalStateException("on purpose");
          };
      try (RawClient client = server.connect()) {
        assertThat(client.send(GET).closed()).isTrue();
      }
    }
  }

  @Test
  void takesALargeBodyBeforeItsRefusalIsRead() {
    try (RawClient client = server.connect()) {
      client.send(POST + "Content-Length: 3000000\r\n\r\n");
      client.sendIgnoringFailure(new byte[3_000_000]);

      assertThat(client.read().status()).isEqualTo(413);
      assertThat(client.closed()).isTrue();
    }
  }
}
