package localhsm.server.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One answer. Its content type is JSON unless a header says otherwise; length and connection
 * headers belong to the transport.
 *
 * @param headers further header fields, in order
 * @param body not to be changed after it was handed over
 */
public record Response(int status, List<Field> headers, byte[] body) {

  /** A header field. */
  public record Field(String name, String value) {}

  /** Keeps its own copy of the headers. */
  public Response {
    headers = List.copyOf(headers);
  }

  /** A 200 with JSON. */
  public static Response ok(byte[] json) {
    return new Response(200, List.of(), json);
  }

  /** An answer of a status with text, for instance none. */
  public static Response of(int status, String body) {
    return new Response(status, List.of(), body.getBytes(StandardCharsets.UTF_8));
  }

  /** The same answer with further header fields. */
  public Response with(List<Field> added) {
    List<Field> all = new ArrayList<>(headers);
    all.addAll(added);
    return new Response(status, all, body);
  }

  /** The same answer with one more header field. */
  public Response with(String name, String value) {
    return with(List.of(new Field(name, value)));
  }
}
