package localhsm.server.names;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of a {@code Host} header (RFC 9110 7.2).
 *
 * @param host lower case, without the dot of the root zone; an IPv6 address keeps its brackets
 * @param port 443 when the header names none
 */
public record HostAndPort(String host, int port) {
  private static final int HTTPS = 443;
  private static final int LONGEST_HOST = 253;
  private static final int LONGEST = LONGEST_HOST + ".:65535".length();
  private static final String LABEL = "[0-9A-Za-z_](?:[0-9A-Za-z_-]{0,61}[0-9A-Za-z_])?";
  private static final Pattern PATTERN =
      Pattern.compile("(?:(" + LABEL + "(?:\\." + LABEL + ")*)\\.?|(\\[[^]]*]))(?::([0-9]{1,5}))?");

  /** Reads a header value; empty when it is malformed. */
  public static Optional<HostAndPort> parse(String header) {
    if (header.length() > LONGEST) {
      return Optional.empty();
    }
    Matcher matcher = PATTERN.matcher(header);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int port = matcher.group(3) == null ? HTTPS : Integer.parseInt(matcher.group(3));
    String address = matcher.group(2);
    String host = address == null ? matcher.group(1) : address;
    boolean malformed = address != null && IpLiteral.parse(address).isEmpty();
    if (malformed || host.length() > LONGEST_HOST || port < 1 || port > 65535) {
      return Optional.empty();
    }
    return Optional.of(new HostAndPort(host.toLowerCase(Locale.ROOT), port));
  }

  /** {@code https://host} with the port when it is not 443. */
  public String origin() {
    return originOf(host);
  }

  /** The origin of another host on the same port. */
  public String originOf(String other) {
    return "https://" + (port == HTTPS ? other : other + ":" + port);
  }
}
