package localhsm.server.net;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import localhsm.server.http.Headers;
import localhsm.server.http.Request;
import localhsm.server.names.HostAndPort;

/**
 * A request's line and header section, and what they say about framing and connection (RFC 9112
 * 6.3, 9.3; RFC 9110 10.1.1). Whatever two readers could understand differently is refused.
 *
 * @param length of the body; meaningless when it is chunked
 * @param expectsContinue whether the client waits for a 100 before it sends the body
 * @param keepAlive whether the connection may serve another request
 */
record RequestHead(
    RequestLine line,
    HostAndPort host,
    Headers headers,
    boolean chunked,
    long length,
    boolean expectsContinue,
    boolean keepAlive) {
  /** A length written with more digits is over every limit. */
  private static final int MOST_DIGITS = 18;

  static RequestHead of(RequestLine line, Headers headers) {
    boolean chunked = chunked(line, headers);
    return new RequestHead(
        line,
        host(headers),
        headers,
        chunked,
        length(headers),
        expectsContinue(headers) && line.persistent(),
        line.persistent() && !saysClose(headers));
  }

  /** The complete request, now that its last byte has arrived. */
  Request request(UUID id, byte[] body, InetSocketAddress client) {
    long now = System.nanoTime();
    return new Request(id, line.verb(), host, line.target(), headers, body, client, now);
  }

  private static HostAndPort host(Headers headers) {
    return headers
        .single("host")
        .flatMap(HostAndPort::parse)
        .orElseThrow(() -> Grammar.malformed("Host"));
  }

  private static boolean chunked(RequestLine line, Headers headers) {
    List<String> codings = headers.all("transfer-encoding");
    if (codings.isEmpty()) {
      return false;
    }
    boolean plain = codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked");
    if (!plain || !line.persistent() || !headers.all("content-length").isEmpty()) {
      throw Grammar.malformed("Transfer-Encoding");
    }
    return true;
  }

  private static long length(Headers headers) {
    List<String> lengths = headers.all("content-length");
    if (lengths.isEmpty()) {
      return 0;
    }
    String text = lengths.get(0);
    boolean digits = text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (lengths.size() > 1 || text.isEmpty() || !digits) {
      throw Grammar.malformed("Content-Length");
    }
    return text.length() > MOST_DIGITS ? Long.MAX_VALUE : Long.parseLong(text);
  }

  private static boolean expectsContinue(Headers headers) {
    List<String> expectations = headers.all("expect");
    if (expectations.isEmpty()) {
      return false;
    }
    if (expectations.size() > 1 || !expectations.get(0).equalsIgnoreCase("100-continue")) {
      throw Grammar.malformed("Expect");
    }
    return true;
  }

  private static boolean saysClose(Headers headers) {
    return headers.all("connection").stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .anyMatch(option -> Grammar.trimmed(option).equalsIgnoreCase("close"));
  }
}
