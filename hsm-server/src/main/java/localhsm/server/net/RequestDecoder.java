package localhsm.server.net;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import localhsm.problem.ProblemException;
import localhsm.problem.Problems;

/**
 * Turns bytes into requests, one at a time, as strictly as RFC 9112 allows. Netty's own decoder is
 * more forgiving: it joins folded lines and takes any blanks in a request line.
 */
final class RequestDecoder {
  private static final byte SPACE = ' ';

  private enum Part {
    START,
    LINE,
    FIELDS,
    BODY,
    COMPLETE
  }

  private final Limits.Sizes limits;
  private final LineReader lines = new LineReader();
  private Part part = Part.START;
  private RequestLine line = RequestLine.NONE;
  private FieldLines fields;
  private Optional<RequestHead> head = Optional.empty();
  private BodyReader body = new FixedBody(0);
  private long taken;

  RequestDecoder(Limits.Sizes limits) {
    this.limits = limits;
    this.fields = new FieldLines(limits);
  }

  /**
   * Reads on; true when a request is complete. The rest of the buffer belongs to the next one.
   *
   * @throws ProblemException when the bytes are no request that this server takes; the decoder must
   *     not be used for this connection again
   */
  boolean decode(ByteBuf in) {
    int before = in.readableBytes();
    boolean progress = true;
    while (progress && part != Part.COMPLETE) {
      progress = step(in);
    }
    taken += before - in.readableBytes();
    return part == Part.COMPLETE;
  }

  /** Prepares for the next request. */
  void reset() {
    part = Part.START;
    line = RequestLine.NONE;
    fields = new FieldLines(limits);
    head = Optional.empty();
    body = new FixedBody(0);
    taken = 0;
  }

  /** How many bytes of the present request have been read. */
  long taken() {
    return taken;
  }

  /** The request line, as soon as it is read. */
  RequestLine line() {
    return line;
  }

  /** The head, as soon as it is read and found acceptable. */
  Optional<RequestHead> head() {
    return head;
  }

  /** The body of a complete request. */
  byte[] takeBody() {
    return body.take();
  }

  private boolean step(ByteBuf in) {
    return switch (part) {
      case START, LINE -> readLine(in);
      case FIELDS -> readFields(in);
      case BODY -> readBody(in);
      case COMPLETE -> false;
    };
  }

  private boolean readLine(ByteBuf in) {
    Optional<String> text =
        lines.next(in, RequestLine.limit(limits.target()), () -> lineTooLong(in));
    if (text.isEmpty()) {
      return false;
    }
    if (text.get().isEmpty() && part == Part.START) {
      // RFC 9112 2.2: one empty line before a request is to be ignored.
      part = Part.LINE;
      return true;
    }
    line = RequestLine.parse(text.get(), limits.target());
    part = Part.FIELDS;
    return true;
  }

  private ProblemException lineTooLong(ByteBuf in) {
    int start = in.readerIndex();
    boolean methodEnds = in.indexOf(start, start + RequestLine.METHOD_BYTES + 1, SPACE) >= 0;
    return methodEnds ? Problems.targetTooLong(limits.target()) : Grammar.malformed("method");
  }

  private boolean readFields(ByteBuf in) {
    if (!fields.read(in, lines)) {
      return false;
    }
    RequestHead read = RequestHead.of(line, fields.headers());
    body = body(read);
    head = Optional.of(read);
    part = Part.BODY;
    return true;
  }

  private BodyReader body(RequestHead read) {
    boolean small = !read.chunked() && read.length() <= limits.body();
    int limit = small ? limits.body() : new BodyLimit(limits).of(line.target());
    if (read.chunked()) {
      return new ChunkedBody(limit, lines, new FieldLines(limits));
    }
    if (read.length() > limit) {
      throw Problems.bodyTooLarge(limit);
    }
    return new FixedBody((int) read.length());
  }

  private boolean readBody(ByteBuf in) {
    if (!body.read(in)) {
      return false;
    }
    part = Part.COMPLETE;
    return true;
  }
}
