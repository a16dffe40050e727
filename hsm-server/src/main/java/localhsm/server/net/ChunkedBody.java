package localhsm.server.net;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.regex.Pattern;
import localhsm.problem.Problems;

/** A chunked body (RFC 9112 7.1). Extensions and trailers are checked, counted and dropped. */
final class ChunkedBody implements BodyReader {
  private static final String TOKEN = "[0-9A-Za-z!#$%&'*+.^_`|~-]+";

  /** RFC 9112 7.1.1; what they say is ignored. */
  private static final Pattern EXTENSIONS =
      Pattern.compile(
          "(?:[ \t]*;[ \t]*%1$s(?:[ \t]*=[ \t]*(?:%1$s|\"[^\"\\\\\\p{Cntrl}]*\"))?)*"
              .formatted(TOKEN));

  private static final int LINE_BYTES = 1024;
  private static final int MOST_DIGITS = 15;

  private enum Part {
    SIZE,
    DATA,
    DATA_END,
    TRAILERS
  }

  private final int limit;
  private final LineReader lines;
  private final FieldLines trailers;
  private final BodyBytes bytes = new BodyBytes();
  private Part part = Part.SIZE;
  private int missing;

  ChunkedBody(int limit, LineReader lines, FieldLines trailers) {
    this.limit = limit;
    this.lines = lines;
    this.trailers = trailers;
  }

  @Override
  public boolean read(ByteBuf in) {
    while (part != Part.TRAILERS) {
      if (!step(in)) {
        return false;
      }
    }
    return trailers.read(in, lines);
  }

  @Override
  public byte[] take() {
    return bytes.take();
  }

  private boolean step(ByteBuf in) {
    if (part == Part.DATA) {
      return data(in);
    }
    Optional<String> line = lines.next(in, LINE_BYTES, () -> Grammar.malformed("chunk"));
    if (line.isEmpty()) {
      return false;
    }
    if (part == Part.SIZE) {
      missing = size(line.get());
      part = missing == 0 ? Part.TRAILERS : Part.DATA;
    } else if (line.get().isEmpty()) {
      part = Part.SIZE;
    } else {
      throw Grammar.malformed("chunk");
    }
    return true;
  }

  private boolean data(ByteBuf in) {
    int count = Math.min(in.readableBytes(), missing);
    bytes.append(in, count, limit);
    missing -= count;
    if (missing > 0) {
      return false;
    }
    part = Part.DATA_END;
    return true;
  }

  private int size(String line) {
    int digits = 0;
    while (Grammar.hex(line, digits)) {
      digits++;
    }
    if (digits == 0 || digits > MOST_DIGITS || !extension(line.substring(digits))) {
      throw Grammar.malformed("chunk size");
    }
    trailers.charge(line.length() - digits);
    long size = Long.parseLong(line.substring(0, digits), 16);
    if (size > limit - bytes.size()) {
      throw Problems.bodyTooLarge(limit);
    }
    return (int) size;
  }

  private static boolean extension(String text) {
    return text.isEmpty() || EXTENSIONS.matcher(text).matches();
  }
}
