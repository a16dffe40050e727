package localhsm.server.net;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import localhsm.problem.ProblemException;
import localhsm.problem.Problems;

/** Character classes of HTTP messages; texts hold one byte per character. */
final class Grammar {
  private static final String ALPHANUMERIC =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  /** {@code tchar} of RFC 9110 5.6.2. */
  private static final BitSet TOKEN = of(ALPHANUMERIC + "!#$%&'*+-.^_`|~");

  /** What a path and query may hold (RFC 3986 3.3, 3.4), the percent sign aside. */
  private static final BitSet TARGET = of(ALPHANUMERIC + "-._~!$&'()*+,;=:@/?");

  private static final char DELETE = 0x7F;

  private Grammar() {}

  static boolean token(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!TOKEN.get(text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** {@code field-content} of RFC 9110 5.5: no control character but the tab. */
  static boolean fieldValue(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\t') || c == DELETE) {
        return false;
      }
    }
    return true;
  }

  /** {@code origin-form} of RFC 9112 3.2.1. */
  static boolean originForm(String text) {
    if (!text.startsWith("/")) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean allowed = c == '%' ? hex(text, i + 1) && hex(text, i + 2) : TARGET.get(c);
      if (!allowed) {
        return false;
      }
    }
    return true;
  }

  /** Whether there is a hexadecimal digit at that place. */
  static boolean hex(String text, int index) {
    return index < text.length() && Character.digit(text.charAt(index), 16) >= 0;
  }

  /** Takes blanks and tabs off both ends (RFC 9110 5.6.3), and nothing else. */
  static String trimmed(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && blank(text.charAt(start))) {
      start++;
    }
    while (end > start && blank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  static boolean blank(char c) {
    return c == ' ' || c == '\t';
  }

  static ProblemException malformed(String what) {
    return Problems.badParameter("The request is malformed: " + what + ".");
  }

  private static BitSet of(String characters) {
    BitSet set = new BitSet(128);
    for (byte b : characters.getBytes(StandardCharsets.US_ASCII)) {
      set.set(b);
    }
    return set;
  }
}
