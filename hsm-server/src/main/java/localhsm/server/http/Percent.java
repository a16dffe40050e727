package localhsm.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import localhsm.problem.ProblemException;
import localhsm.problem.Problems;

/** Percent-decoding (RFC 3986 2.1) that refuses what it cannot read. */
final class Percent {
  private static final char LAST_ASCII = 0x7f;

  private Percent() {}

  /** Decodes a path segment. */
  static String decode(String text) {
    return text.indexOf('%') < 0 ? text : utf8(bytes(text, false));
  }

  /** Decodes a query name or value, where a plus is a blank. */
  static String decodeQuery(String text) {
    boolean plain = text.indexOf('%') < 0 && text.indexOf('+') < 0;
    return plain ? text : utf8(bytes(text, true));
  }

  private static ByteBuffer bytes(String text, boolean plusIsBlank) {
    ByteBuffer bytes = ByteBuffer.allocate(text.length());
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c > LAST_ASCII) {
        throw malformed();
      }
      if (c == '%') {
        bytes.put((byte) (digit(text, i + 1) << 4 | digit(text, i + 2)));
        i += 3;
      } else {
        bytes.put((byte) (c == '+' && plusIsBlank ? ' ' : c));
        i++;
      }
    }
    return bytes.flip();
  }

  private static int digit(String text, int index) {
    if (index >= text.length() || !HexFormat.isHexDigit(text.charAt(index))) {
      throw malformed();
    }
    return HexFormat.fromHexDigit(text.charAt(index));
  }

  private static String utf8(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(bytes)
          .toString();
    } catch (CharacterCodingException e) {
      throw malformed();
    }
  }

  private static ProblemException malformed() {
    return Problems.badParameter("The request target is not properly percent-encoded.");
  }
}
