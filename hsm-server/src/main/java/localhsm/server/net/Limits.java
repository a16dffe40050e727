package localhsm.server.net;

import java.time.Duration;

/**
 * What a client may take: time, bytes and connections.
 *
 * @param connections open at once; one more is accepted and closed
 */
public record Limits(Times times, Sizes sizes, int connections) {
  /** What the server uses unless told otherwise. */
  public static final Limits DEFAULTS = new Limits(Times.DEFAULTS, Sizes.DEFAULTS, 12_000);

  /**
   * How long things may take.
   *
   * @param handshake from the connection to the end of the TLS handshake
   * @param request from the first to the last byte of a request
   * @param idle between requests, also before the first
   * @param answer until the client has taken an answer
   * @param linger after the last answer, for the client to close first
   * @param stop for requests in flight when the server stops
   */
  public record Times(
      Duration handshake,
      Duration request,
      Duration idle,
      Duration answer,
      Duration linger,
      Duration stop) {
    /** What the server uses unless told otherwise. */
    public static final Times DEFAULTS =
        new Times(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(120),
            Duration.ofSeconds(30),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10));
  }

  /**
   * How much there may be, in bytes except for {@code fields}.
   *
   * @param target of the request target
   * @param headers of all header fields; trailers and chunk extensions have as much again
   * @param fields number of header fields
   * @param body of a body
   * @param upload of a body that carries a backup or a security domain
   * @param unfinished of all requests together that are not answered yet, beyond the first few
   *     thousand bytes of each
   */
  public record Sizes(int target, int headers, int fields, int body, int upload, long unfinished) {
    /** What the server uses unless told otherwise. */
    public static final Sizes DEFAULTS =
        new Sizes(8 << 10, 64 << 10, 200, 512 << 10, 4 << 20, 96L << 20);
  }
}
