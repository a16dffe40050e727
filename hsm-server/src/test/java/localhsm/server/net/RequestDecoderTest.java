package localhsm.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import localhsm.problem.ProblemException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The request decoder")
class RequestDecoderTest {
  private static final List<String> SEEDS =
      List.of(
          "GET /keys/a?api-version=7.5&x=%20 HTTP/1.1\r\nHost: localhost:9443\r\nA: b, c\r\nA: d\r\n\r\n",
          "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello",
          "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nT: v\r\n\r\n",
          "GET / HTTP/1.0\r\nHost: h\r\nConnection: close\r\n\r\n",
          "PATCH /a HTTP/1.1\r\nContent-Length: 0\r\nHost: [::1]:1\r\n\r\nGET /b HTTP/1.1\r\nHost: h\r\n\r\n");
  private static final String SPICE =
      "\r\n\t :;,/%?*#0159afGHT\u0000\u007f\u0085\u00ff\"-+_chunked";
  private static final int MUTATIONS = 200_000;

  /** Netty's aggregator rewrites these; the bodies compared show what they meant. */
  private static final Set<String> FRAMING = Set.of("content-length", "transfer-encoding");

  /** What a decoder made of the bytes, one line a request; what it did then does not matter. */
  private static List<String> ours(byte[] bytes, int step) {
    RequestDecoder decoder = new RequestDecoder(Limits.Sizes.DEFAULTS);
    List<String> requests = new ArrayList<>();
    ByteBuf in = Unpooled.buffer();
    try {
      for (int from = 0; from < bytes.length; from += step) {
        in.writeBytes(bytes, from, Math.min(step, bytes.length - from));
        while (decoder.decode(in)) {
          requests.add(seen(decoder));
          decoder.reset();
        }
      }
    } catch (ProblemException e) {
      requests.add("refused: " + e.getMessage());
    }
    return requests;
  }

  private static String seen(RequestDecoder decoder) {
    RequestHead head = decoder.head().orElseThrow();
    TreeMap<String, List<String>> fields = new TreeMap<>(head.headers().fields());
    fields.keySet().removeAll(FRAMING);
    return head.line().method()
        + " "
        + head.line().target()
        + " "
        + fields
        + " "
        + new String(decoder.takeBody(), StandardCharsets.ISO_8859_1);
  }

  private static List<String> nettys(byte[] bytes) {
    EmbeddedChannel channel =
        new EmbeddedChannel(
            new HttpRequestDecoder(
                new HttpDecoderConfig().setMaxInitialLineLength(9_000).setMaxHeaderSize(70_000)),
            new HttpObjectAggregator(1 << 20));
    channel.writeInbound(Unpooled.wrappedBuffer(bytes));
    List<String> requests = new ArrayList<>();
    for (Object next = channel.readInbound(); next != null; next = channel.readInbound()) {
      if (next instanceof FullHttpRequest request && request.decoderResult().isSuccess()) {
        requests.add(seen(request));
      }
      ReferenceCountUtil.release(next);
    }
    try {
      channel.finishAndReleaseAll();
    } catch (PrematureChannelClosureException e) {
      // The last request was not whole: neither decoder takes it.
    }
    return requests;
  }

  private static String seen(FullHttpRequest request) {
    TreeMap<String, List<String>> fields = new TreeMap<>();
    for (String name : request.headers().names()) {
      fields.put(name.toLowerCase(Locale.ROOT), request.headers().getAll(name));
    }
    fields.keySet().removeAll(FRAMING);
    return request.method()
        + " "
        + request.uri()
        + " "
        + fields
        + " "
        + request.content().toString(StandardCharsets.ISO_8859_1);
  }

  private static byte[] mutated(Random random) {
    StringBuilder text = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
    int changes = random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(text.length());
      char spice = SPICE.charAt(random.nextInt(SPICE.length()));
      switch (random.nextInt(3)) {
        case 0 -> text.setCharAt(at, spice);
        case 1 -> text.insert(at, spice);
        default -> text.deleteCharAt(at);
      }
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void understandsWhatItTakesAsNettyDoes() {
    Random random = new Random(20260101);
    int taken = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] bytes = mutated(random);
      List<String> requests =
          ours(bytes, bytes.length).stream().filter(r -> !r.startsWith("refused")).toList();
      List<String> others = nettys(bytes);

      assertThat(others)
          .as("%s", new String(bytes, StandardCharsets.ISO_8859_1))
          .hasSizeGreaterThanOrEqualTo(requests.size());
      assertThat(others.subList(0, requests.size())).isEqualTo(requests);
      taken += requests.size();
    }
    assertThat(taken).as("the comparison compares something").isGreaterThan(MUTATIONS / 10);
  }

  @Test
  void understandsTheSameHoweverTheBytesCome() {
    Random random = new Random(20260102);
    for (int i = 0; i < MUTATIONS / 10; i++) {
      byte[] bytes = mutated(random);

      assertThat(ours(bytes, 1 + random.nextInt(7)))
          .as("%s", new String(bytes, StandardCharsets.ISO_8859_1))
          .isEqualTo(ours(bytes, bytes.length));
    }
  }

  @Test
  void refusesTheSameHostileRequestsByteByByte() {
    for (HostileRequests.Case hostile : HostileRequests.all()) {
      byte[] bytes = hostile.bytes().getBytes(StandardCharsets.ISO_8859_1);

      assertThat(ours(bytes, 1))
          .as(hostile.name())
          .singleElement()
          .asString()
          .startsWith("refused");
    }
  }
}
