package localhsm.server.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import localhsm.server.names.HostAndPort;
import localhsm.server.names.HostRole;
import localhsm.server.names.NameFamily;
import localhsm.server.names.Site;

/** Requests as the network would hand them over, from 127.0.0.1 unless said otherwise. */
public final class TestRequests {
  /** The host of every request here that names no other. */
  public static final String HOST = "hsm1.managedhsm.localhost:9443";

  /** Base of the ids in answers. */
  public static final String BASE = "https://" + HOST;

  /** Where such a request arrives. */
  public static final Site SITE = new Site(host(HOST), HostRole.HSM, NameFamily.LOCALHOST, "hsm1");

  /** The activity id of every request here. */
  public static final UUID ID = UUID.fromString("5d8b1f00-c3a1-11f1-8000-0123456789ab");

  private TestRequests() {}

  /** A GET. */
  public static Request get(String target) {
    return of(Verb.GET, target, "");
  }

  /** A POST with a body. */
  public static Request post(String target, String json) {
    return of(Verb.POST, target, json);
  }

  /** Any request. */
  public static Request of(Verb verb, String target, String json) {
    return of(verb, target, json.getBytes(StandardCharsets.UTF_8));
  }

  /** Any request with any bytes. */
  public static Request of(Verb verb, String target, byte[] body) {
    return new Request(
        ID, verb, host(HOST), target, Headers.NONE, body, address("127.0.0.1"), System.nanoTime());
  }

  /** The same request under another host. */
  public static Request under(String host, Request r) {
    return new Request(
        r.id(),
        r.verb(),
        host(host),
        r.target(),
        r.headers(),
        r.body(),
        r.client(),
        r.startedNanos());
  }

  /** The same request from another client. */
  public static Request from(String client, Request r) {
    return new Request(
        r.id(),
        r.verb(),
        r.host(),
        r.target(),
        r.headers(),
        r.body(),
        address(client),
        r.startedNanos());
  }

  /** The same request with header fields, their names in lower case. */
  public static Request with(Map<String, List<String>> fields, Request r) {
    return new Request(
        r.id(),
        r.verb(),
        r.host(),
        r.target(),
        new Headers(fields),
        r.body(),
        r.client(),
        r.startedNanos());
  }

  private static InetSocketAddress address(String client) {
    try {
      return new InetSocketAddress(InetAddress.getByName(client), 50000);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static HostAndPort host(String header) {
    return HostAndPort.parse(header).orElseThrow();
  }
}
