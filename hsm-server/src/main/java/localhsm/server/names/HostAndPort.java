package localhsm.server.names;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of a {@code Host} header (RFC 9110 7.2).
 *
 * @param host lower case; an IPv6 address keeps its brackets
 * @param port 443 when the header names none
 */
public record HostAndPort(String host, int port) {
  private static final int HTTPS = 443;
  private static final Pattern PATTERN =
      Pattern.compile("([0-9A-Za-z._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::([0-9]{1,5}))?");

  /** Reads a header value; empty when it is malformed. */
  public static Optional<HostAndPort> parse(String header) {
    Matcher matcher = PATTERN.matcher(header);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int port = matcher.group(2) == null ? HTTPS : Integer.parseInt(matcher.group(2));
    if (port < 1 || port > 65535) {
      return Optional.empty();
    }
    return Optional.of(new HostAndPort(matcher.group(1).toLowerCase(Locale.ROOT), port));
  }

  /** {@code https://host} with the port when it is not 443. */
  public String origin() {
    return "https://" + withPort(host);
  }

  /** The origin of another host on the same port. */
  public String originOf(String other) {
    return "https://" + withPort(other);
  }

  private String withPort(String name) {
    return port == HTTPS ? name : name + ":" + port;
  }
}
