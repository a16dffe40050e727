package localhsm.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import localhsm.server.http.Response;

/** Writes answers (RFC 9112 4): head and body in one buffer, so that small ones are one record. */
final class ResponseBytes {
  private static final int NO_CONTENT = 204;
  private static final int HEAD_BYTES = 768;
  private static final String CONTENT_TYPE = "Content-Type";

  /** The interim answer to a client that waits before it sends its body. */
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private static final Map<Integer, String> REASONS =
      Map.ofEntries(
          Map.entry(200, "OK"),
          Map.entry(201, "Created"),
          Map.entry(202, "Accepted"),
          Map.entry(NO_CONTENT, "No Content"),
          Map.entry(302, "Found"),
          Map.entry(400, "Bad Request"),
          Map.entry(401, "Unauthorized"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "Not Found"),
          Map.entry(405, "Method Not Allowed"),
          Map.entry(409, "Conflict"),
          Map.entry(412, "Precondition Failed"),
          Map.entry(413, "Content Too Large"),
          Map.entry(414, "URI Too Long"),
          Map.entry(429, "Too Many Requests"),
          Map.entry(431, "Request Header Fields Too Large"),
          Map.entry(500, "Internal Server Error"),
          Map.entry(503, "Service Unavailable"));

  private final ByteBufAllocator allocator;

  ResponseBytes(ByteBufAllocator allocator) {
    this.allocator = allocator;
  }

  ByteBuf proceed() {
    return allocator.buffer(CONTINUE.length).writeBytes(CONTINUE);
  }

  /**
   * A whole answer.
   *
   * @param bodiless whether the request's method forbids the body, but not its length
   * @param close whether it is the connection's last
   */
  ByteBuf encode(Response response, boolean bodiless, boolean close) {
    String head = head(response, close);
    byte[] body = response.body();
    boolean withBody = !bodiless && response.status() != NO_CONTENT;
    int size = head.length() + (withBody ? body.length : 0);
    ByteBuf out = allocator.buffer(size, size);
    out.writeCharSequence(head, StandardCharsets.ISO_8859_1);
    return withBody ? out.writeBytes(body) : out;
  }

  private static String head(Response response, boolean close) {
    int status = response.status();
    StringBuilder head = new StringBuilder(HEAD_BYTES);
    head.append("HTTP/1.1 ").append(status).append(' ');
    head.append(REASONS.getOrDefault(status, "")).append("\r\n");
    boolean typed = status == NO_CONTENT;
    for (Response.Field field : response.headers()) {
      typed |= field.name().equalsIgnoreCase(CONTENT_TYPE);
      append(head, field.name(), field.value());
    }
    if (!typed) {
      append(head, CONTENT_TYPE, "application/json; charset=utf-8");
    }
    if (status != NO_CONTENT) {
      append(head, "Content-Length", Integer.toString(response.body().length));
    }
    if (close) {
      append(head, "Connection", "close");
    }
    return head.append("\r\n").toString();
  }

  private static void append(StringBuilder head, String name, String value) {
    if (!Grammar.token(name) || !Grammar.fieldValue(value)) {
      throw new IllegalStateException("a header field that would break the answer: " + name);
    }
    head.append(name).append(": ").append(value).append("\r\n");
  }
}
