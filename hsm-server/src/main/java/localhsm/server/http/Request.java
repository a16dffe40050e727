package localhsm.server.http;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import localhsm.server.names.HostAndPort;

/**
 * One request, complete and immutable.
 *
 * @param id the activity id, a version 1 UUID
 * @param host the {@code Host} header
 * @param target path and query as they came, still percent-encoded, starting with a slash
 * @param headers the header fields
 * @param body the whole body, not to be changed; empty when there is none
 * @param client the peer's address
 * @param startedNanos {@link System#nanoTime} when its last byte arrived
 */
public record Request(
    UUID id,
    Verb verb,
    HostAndPort host,
    String target,
    Headers headers,
    byte[] body,
    InetSocketAddress client,
    long startedNanos) {

  /**
   * The segments of the path, decoded; empty ones are dropped, as clients really send them.
   *
   * @throws localhsm.problem.ProblemException when an escape is malformed
   */
  public List<String> path() {
    int end = question() < 0 ? target.length() : question();
    List<String> segments = new ArrayList<>(6);
    int start = 0;
    while (start < end) {
      int slash = target.indexOf('/', start);
      int next = slash < 0 || slash > end ? end : slash;
      if (next > start) {
        segments.add(Percent.decode(target.substring(start, next)));
      }
      start = next + 1;
    }
    return segments;
  }

  /**
   * The decoded query.
   *
   * @throws localhsm.problem.ProblemException when an escape is malformed
   */
  public Query query() {
    return Query.parse(question() < 0 ? "" : target.substring(question() + 1));
  }

  private int question() {
    return target.indexOf('?');
  }
}
