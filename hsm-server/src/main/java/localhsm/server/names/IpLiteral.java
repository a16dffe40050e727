package localhsm.server.names;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** IP addresses written as text (RFC 3986 3.2.2); nothing is ever looked up. */
public final class IpLiteral {
  private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern V4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
  private static final Pattern V6 = Pattern.compile("\\[?[0-9A-Fa-f:.]{2,45}]?");

  private IpLiteral() {}

  /** The address, where the text is one; an IPv6 address with or without brackets. */
  public static Optional<InetAddress> parse(String text) {
    boolean v6 = text.indexOf(':') >= 0 && V6.matcher(text).matches();
    if (!v6 && !V4.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          InetAddress.getByName(v6 && !text.startsWith("[") ? "[" + text + "]" : text));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** One spelling for every address, without brackets; other text stays as it is. */
  public static String canonical(String text) {
    return parse(text).map(InetAddress::getHostAddress).orElse(text);
  }
}
