package localhsm.server.net;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import localhsm.problem.ProblemException;

/** Takes lines that end in CR LF out of a buffer; looks at every byte once, however they come. */
final class LineReader {
  private static final byte CR = '\r';
  private static final byte LF = '\n';

  private int searched;

  /**
   * The next line without its end; empty while it is incomplete.
   *
   * @param limit bytes a line may have
   * @param tooLong what to throw when it has more
   * @throws ProblemException also for a line that ends in a bare LF
   */
  Optional<String> next(ByteBuf in, int limit, Supplier<ProblemException> tooLong) {
    int start = in.readerIndex();
    int lf = in.indexOf(start + searched, in.writerIndex(), LF);
    int length = (lf < 0 ? in.writerIndex() : lf) - start;
    if (length > limit + 1) {
      throw tooLong.get();
    }
    if (lf < 0) {
      searched = length;
      return Optional.empty();
    }
    if (length == 0 || in.getByte(lf - 1) != CR) {
      throw Grammar.malformed("line end");
    }
    searched = 0;
    in.readerIndex(lf + 1);
    return Optional.of(in.toString(start, length - 1, StandardCharsets.ISO_8859_1));
  }
}
