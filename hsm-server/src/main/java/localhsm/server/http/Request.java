package localhsm.server.http;

import java.net.InetSocketAddress;
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
    long startedNanos) {}
