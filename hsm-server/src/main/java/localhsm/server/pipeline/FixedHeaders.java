package localhsm.server.pipeline;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import localhsm.server.http.Request;
import localhsm.server.http.Response;
import localhsm.server.http.Response.Field;
import localhsm.server.http.Verb;

/**
 * The headers that the real service puts on every answer.
 *
 * @param region value of {@code x-ms-keyvault-region}
 * @param build value of {@code x-ms-build-version}
 */
record FixedHeaders(String region, String build) {
  private static final List<Field> ALWAYS =
      List.of(
          new Field("Cache-Control", "no-cache"),
          new Field("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),
          new Field("X-Content-Type-Options", "nosniff"),
          new Field("X-Frame-Options", "SAMEORIGIN"),
          new Field("Content-Security-Policy", "default-src 'self'"));
  private static final Pattern ECHOED = Pattern.compile("[\\x21-\\x7e]{1,128}");

  /** Completes the answer to a request. */
  Response on(Response response, Request request, boolean authenticated) {
    List<Field> fields = new ArrayList<>(12);
    identify(fields, request.verb(), request.id());
    fields.add(new Field("x-ms-server-latency", Long.toString(latencyMillis(request))));
    if (authenticated && response.status() / 100 == 2) {
      fields.add(new Field("x-ms-keyvault-region", region));
      fields.add(
          new Field("x-ms-keyvault-network-info", networkInfo(request.client().getAddress())));
    }
    echo(request).ifPresent(fields::add);
    fields.addAll(ALWAYS);
    return response.with(fields);
  }

  /** Completes the answer to bytes that never became a request. */
  Response on(Response response, Verb verb, UUID activity) {
    List<Field> fields = new ArrayList<>(9);
    identify(fields, verb, activity);
    fields.add(new Field("x-ms-server-latency", "0"));
    fields.addAll(ALWAYS);
    return response.with(fields);
  }

  private void identify(List<Field> fields, Verb verb, UUID activity) {
    fields.add(new Field("x-ms-request-id", activity.toString()));
    if (verb == Verb.GET) {
      fields.add(new Field("x-ms-build-version", build));
    }
  }

  private static long latencyMillis(Request request) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - request.startedNanos());
  }

  private static String networkInfo(InetAddress client) {
    String family = client instanceof Inet4Address ? "Ipv4" : "Ipv6";
    return "conn_type="
        + family
        + ";addr="
        + client.getHostAddress()
        + ";act_addr_fam="
        + family
        + ";";
  }

  /** Clients that ask for it get their own request id back. */
  private static Optional<Field> echo(Request request) {
    return request
        .headers()
        .single("x-ms-return-client-request-id")
        .filter("true"::equalsIgnoreCase)
        .flatMap(wanted -> request.headers().single("x-ms-client-request-id"))
        .filter(id -> ECHOED.matcher(id).matches())
        .map(id -> new Field("x-ms-client-request-id", id));
  }
}
