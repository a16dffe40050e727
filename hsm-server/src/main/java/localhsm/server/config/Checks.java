package localhsm.server.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import localhsm.secret.SecretBytes;

/** What each value must look like. The exception's message completes "KEY ...". */
final class Checks {
  private static final Pattern HSM_NAME = Pattern.compile("(?=.{3,24}$)[0-9a-zA-Z-]*");
  private static final Pattern REGION = Pattern.compile("[a-z0-9]{1,40}");
  private static final Pattern RESOURCE_GROUP = Pattern.compile("[\\w.()-]{0,89}[\\w()-]");
  private static final Pattern GUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(%\\w+)?");
  private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
  private static final Pattern HOST =
      Pattern.compile("(?=.{1,253}$)" + LABEL + "(\\." + LABEL + ")*");
  private static final Pattern ISSUER = Pattern.compile("https://[!-~&&[^,?#]]{1,500}");
  private static final int SHORTEST_RETENTION = 7;
  private static final int LONGEST_RETENTION = 90;
  private static final Pattern AUDIENCE = Pattern.compile("[!-~]{1,500}");

  private Checks() {}

  static String hsmName(String text) {
    if (!HSM_NAME.matcher(text).matches() || text.contains("--")) {
      throw new IllegalArgumentException(
          "must be 3 to 24 of the characters 0-9, a-z, A-Z and '-', with no two '-' in a row");
    }
    return text;
  }

  static String region(String text) {
    return matching(REGION, text, "must be a region's short name such as westeurope");
  }

  static String resourceGroup(String text) {
    return matching(RESOURCE_GROUP, text, "must be a resource group's name (up to 90 characters)");
  }

  static UUID guid(String text) {
    return UUID.fromString(matching(GUID, text, "must be a GUID"));
  }

  static int retentionDays(String text) {
    return retentionDays(NUMBER.matcher(text).matches() ? Integer.parseInt(text) : -1);
  }

  static int retentionDays(int days) {
    if (days < SHORTEST_RETENTION || days > LONGEST_RETENTION) {
      throw new IllegalArgumentException(
          "must be a whole number from " + SHORTEST_RETENTION + " to " + LONGEST_RETENTION);
    }
    return days;
  }

  static int port(String text) {
    return NUMBER.matcher(text).matches() ? port(Integer.parseInt(text)) : port(-1);
  }

  static int port(int port) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("must be a whole number from 0 to 65535");
    }
    return port;
  }

  static boolean truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be true or false");
    };
  }

  /** An address, never a name: reading the configuration looks nothing up. */
  static InetAddress address(String text) {
    boolean literal = IPV4.matcher(text).matches() || IPV6.matcher(text).matches();
    try {
      return InetAddress.getByName(matching(literal, text, "must be an IPv4 or IPv6 address"));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("must be an IPv4 or IPv6 address of this machine", e);
    }
  }

  /** A host name or address, in lower case. */
  static String servedName(String text) {
    String name = text.toLowerCase(Locale.ROOT);
    if (name.indexOf(':') >= 0) {
      address(name);
      return name;
    }
    return matching(HOST, name, "must be a host name or an address, without scheme and port");
  }

  static String audience(String text) {
    return matching(AUDIENCE, text, "must be a URI or an id without spaces");
  }

  static String issuer(String text) {
    return matching(ISSUER, text, "must name issuers by https URLs without query");
  }

  static Path path(String text, Path home) {
    matching(!text.isBlank(), text, "must name a file or folder");
    Path path = text.startsWith("~/") ? home.resolve(text.substring(2)) : Path.of(text);
    return path.toAbsolutePath().normalize();
  }

  static SecretBytes secret(String text) {
    if (text.length() < 8) {
      throw new IllegalArgumentException("must have at least 8 characters");
    }
    return SecretBytes.owning(text.getBytes(StandardCharsets.UTF_8));
  }

  static <E extends Enum<E>> E choice(Class<E> type, String text) {
    StringBuilder names = new StringBuilder();
    for (E constant : type.getEnumConstants()) {
      String name = constant.name().toLowerCase(Locale.ROOT);
      if (name.equals(text)) {
        return constant;
      }
      names.append(names.isEmpty() ? "" : ", ").append(name);
    }
    throw new IllegalArgumentException("must be one of " + names);
  }

  private static String matching(Pattern pattern, String text, String demand) {
    return matching(pattern.matcher(text).matches(), text, demand);
  }

  private static String matching(boolean holds, String text, String demand) {
    if (!holds) {
      throw new IllegalArgumentException(demand);
    }
    return text;
  }
}
