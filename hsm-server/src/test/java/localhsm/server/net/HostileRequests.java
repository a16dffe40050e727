package localhsm.server.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Requests that must be refused, with the status of the refusal. */
final class HostileRequests {
  private static final String GET = "GET / HTTP/1.1\r\n";
  private static final String HOST = "Host: localhost\r\n";
  private static final String POST = "POST / HTTP/1.1\r\n" + HOST;
  private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";

  /** One of them. */
  record Case(String name, String bytes, int status) {
    @Override
    public String toString() {
      return name;
    }
  }

  private HostileRequests() {}

  static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    targets()
        .forEach(
            (name, target) ->
                cases.add(bad(name, "GET " + target + " HTTP/1.1\r\n" + HOST + "\r\n")));
    lines().forEach((name, line) -> cases.add(bad(name, line + "\r\n" + HOST + "\r\n")));
    fields().forEach((name, field) -> cases.add(bad(name, GET + HOST + field + "\r\n\r\n")));
    framings().forEach((name, rest) -> cases.add(bad(name, POST + rest)));
    chunks().forEach((name, rest) -> cases.add(bad(name, CHUNKED + rest)));
    cases.add(bad("no Host", GET + "\r\n"));
    cases.add(bad("no Host in HTTP/1.0", "GET / HTTP/1.0\r\n\r\n"));
    cases.add(bad("empty Host", GET + "Host:\r\n\r\n"));
    cases.add(bad("two Hosts", GET + HOST + HOST + "\r\n"));
    cases.add(bad("Host with a path", GET + "Host: localhost/x\r\n\r\n"));
    cases.add(bad("Host with user", GET + "Host: me@localhost\r\n\r\n"));
    cases.add(bad("Host with port 0", GET + "Host: localhost:0\r\n\r\n"));
    cases.add(bad("Host with port 65536", GET + "Host: localhost:65536\r\n\r\n"));
    cases.add(bad("two Hosts in one", GET + "Host: a, b\r\n\r\n"));
    cases.add(bad("bare LF after the request line", "GET / HTTP/1.1\n" + HOST + "\r\n"));
    cases.add(bad("bare LF after a field", GET + "Host: localhost\n\r\n"));
    cases.add(bad("bare LF as the end", GET + HOST + "\n"));
    cases.add(bad("two empty lines before", "\r\n\r\n" + GET + HOST + "\r\n"));
    cases.add(bad("a method without end", "A".repeat(9_000)));
    cases.add(bad("TLS inside TLS", "\u0016\u0003\u0001\u0001\u0000\r\n\r\n"));
    cases.add(bad("an HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
    sizes(cases);
    return cases;
  }

  private static Map<String, String> targets() {
    return Map.ofEntries(
        Map.entry("absolute form", "https://localhost/keys"),
        Map.entry("absolute form of another scheme", "http://localhost/keys"),
        Map.entry("authority form", "localhost:443"),
        Map.entry("asterisk form", "*"),
        Map.entry("no slash", "keys"),
        Map.entry("fragment", "/keys#x"),
        Map.entry("raw non-ASCII", "/k\u00e9y"),
        Map.entry("raw quote", "/\"x\""),
        Map.entry("raw angle", "/<x>"),
        Map.entry("raw backslash", "/a\\b"),
        Map.entry("raw brace", "/{x}"),
        Map.entry("raw bar", "/a|b"),
        Map.entry("raw caret", "/a^b"),
        Map.entry("raw bracket", "/a[b]"),
        Map.entry("NUL", "/a\u0000b"),
        Map.entry("DEL", "/a\u007fb"),
        Map.entry("tab", "/a\tb"),
        Map.entry("bare CR", "/a\rb"),
        Map.entry("broken escape", "/a%2"),
        Map.entry("false escape", "/a%2g"),
        Map.entry("space", "/a b"));
  }

  private static Map<String, String> lines() {
    return Map.ofEntries(
        Map.entry("no version", "GET /"),
        Map.entry("HTTP/0.9", "GET / HTTP/0.9"),
        Map.entry("HTTP/1.2", "GET / HTTP/1.2"),
        Map.entry("HTTP/2.0", "GET / HTTP/2.0"),
        Map.entry("HTTP/1.10", "GET / HTTP/1.10"),
        Map.entry("small letters in the version", "GET / http/1.1"),
        Map.entry("no slash in the version", "GET / HTTP1.1"),
        Map.entry("two blanks after the method", "GET  / HTTP/1.1"),
        Map.entry("two blanks before the version", "GET /  HTTP/1.1"),
        Map.entry("tab as separator", "GET\t/\tHTTP/1.1"),
        Map.entry("blank before the method", " GET / HTTP/1.1"),
        Map.entry("blank at the end", "GET / HTTP/1.1 "),
        Map.entry("CR CR LF", "GET / HTTP/1.1\r"),
        Map.entry("no method", " / HTTP/1.1"),
        Map.entry("bad character in the method", "G(T / HTTP/1.1"),
        Map.entry("NUL in the method", "G\u0000T / HTTP/1.1"),
        Map.entry("long method", "M".repeat(33) + " / HTTP/1.1"),
        Map.entry("CONNECT", "CONNECT localhost:443 HTTP/1.1"),
        Map.entry("OPTIONS *", "OPTIONS * HTTP/1.1"));
  }

  private static Map<String, String> fields() {
    return Map.ofEntries(
        Map.entry("folded line", "X-A: a\r\n b"),
        Map.entry("folded line with tab", "X-A: a\r\n\tb"),
        Map.entry("folded line with colon", "X-A: a\r\n b: c"),
        Map.entry("blank before the colon", "X-A : a"),
        Map.entry("tab before the colon", "X-A\t: a"),
        Map.entry("no colon", "X-A"),
        Map.entry("no name", ": a"),
        Map.entry("blank in the name", "X A: a"),
        Map.entry("bad character in the name", "X(A): a"),
        Map.entry("non-ASCII name", "X-\u00c4: a"),
        Map.entry("NUL in the name", "X-\u0000A: a"),
        Map.entry("NUL in the value", "X-A: a\u0000b"),
        Map.entry("NUL at the end of the value", "X-A: a\u0000"),
        Map.entry("bare CR in the value", "X-A: a\rb"),
        Map.entry("CR at the start of the value", "X-A: \rb"),
        Map.entry("CR CR LF", "X-A: a\r"),
        Map.entry("bare LF in the value", "X-A: a\nX-B: b"),
        Map.entry("escape in the value", "X-A: a\u001bb"),
        Map.entry("vertical tab in the value", "X-A: a\u000bb"),
        Map.entry("DEL in the value", "X-A: a\u007fb"),
        Map.entry("unknown expectation", "Expect: magic"),
        Map.entry("two expectations", "Expect: 100-continue\r\nExpect: 100-continue"));
  }

  private static Map<String, String> framings() {
    return Map.ofEntries(
        Map.entry(
            "both framings", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        Map.entry(
            "both framings, turned",
            "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"),
        Map.entry("two lengths", "Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef"),
        Map.entry("twice the same length", "Content-Length: 5\r\nContent-Length: 5\r\n\r\nabcde"),
        Map.entry("a list of lengths", "Content-Length: 5, 5\r\n\r\nabcde"),
        Map.entry("negative length", "Content-Length: -1\r\n\r\n"),
        Map.entry("signed length", "Content-Length: +5\r\n\r\nabcde"),
        Map.entry("hexadecimal length", "Content-Length: 0x5\r\n\r\nabcde"),
        Map.entry("empty length", "Content-Length:\r\n\r\n"),
        Map.entry("length with blank", "Content-Length: 5 5\r\n\r\n"),
        Map.entry("length with other digits", "Content-Length: \u00b2\r\n\r\n"),
        Map.entry("gzip", "Transfer-Encoding: gzip\r\n\r\n"),
        Map.entry("gzip, chunked", "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
        Map.entry("chunked twice", "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"),
        Map.entry(
            "two codings",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        Map.entry("identity", "Transfer-Encoding: identity\r\n\r\n"),
        Map.entry("quoted coding", "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n"),
        Map.entry("coding with VT", "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n"),
        Map.entry("empty coding", "Transfer-Encoding:\r\n\r\n"));
  }

  private static Map<String, String> chunks() {
    return Map.ofEntries(
        Map.entry("no chunk size", "\r\nabc\r\n0\r\n\r\n"),
        Map.entry("chunk size not hexadecimal", "g\r\nabc\r\n0\r\n\r\n"),
        Map.entry("negative chunk size", "-1\r\nabc\r\n0\r\n\r\n"),
        Map.entry("chunk size with prefix", "0x3\r\nabc\r\n0\r\n\r\n"),
        Map.entry("blank before the chunk size", " 3\r\nabc\r\n0\r\n\r\n"),
        Map.entry("blank after the chunk size", "3 \r\nabc\r\n0\r\n\r\n"),
        Map.entry("chunk size with an overflow", "10000000000000003\r\nabc\r\n0\r\n\r\n"),
        Map.entry("bare LF after the chunk size", "3\nabc\r\n0\r\n\r\n"),
        Map.entry("bare LF after the chunk", "3\r\nabc\n0\r\n\r\n"),
        Map.entry("no end of the chunk", "3\r\nabcd\r\n0\r\n\r\n"),
        Map.entry("bare CR in an extension", "3;a\rb\r\nabc\r\n0\r\n\r\n"),
        Map.entry("NUL in an extension", "3;a\u0000b\r\nabc\r\n0\r\n\r\n"),
        Map.entry("long extension", "3;" + "a".repeat(2_000) + "\r\nabc\r\n0\r\n\r\n"),
        Map.entry("folded trailer", "0\r\nX-A: a\r\n b\r\n\r\n"),
        Map.entry("trailer without colon", "0\r\nX-A\r\n\r\n"),
        Map.entry("NUL in a trailer", "0\r\nX-A: \u0000\r\n\r\n"));
  }

  private static void sizes(List<Case> cases) {
    int target = Limits.Sizes.DEFAULTS.target();
    int headers = Limits.Sizes.DEFAULTS.headers();
    int body = Limits.Sizes.DEFAULTS.body();
    int upload = Limits.Sizes.DEFAULTS.upload();
    String start = "GET /" + "a".repeat(target);
    cases.add(new Case("a target too long", start + " HTTP/1.1\r\n" + HOST + "\r\n", 414));
    cases.add(new Case("a target without end", start + "a".repeat(64), 414));
    cases.add(
        new Case("a field too long", GET + HOST + "X: " + "a".repeat(headers) + "\r\n\r\n", 431));
    cases.add(new Case("a field without end", GET + HOST + "X: " + "a".repeat(headers), 431));
    cases.add(
        new Case(
            "fields too long together",
            GET + HOST + ("X: " + "a".repeat(997) + "\r\n").repeat(66) + "\r\n",
            431));
    cases.add(new Case("too many fields", GET + HOST + "X:\r\n".repeat(200) + "\r\n", 431));
    cases.add(
        new Case(
            "trailers too long",
            CHUNKED + "0\r\n" + ("X: " + "a".repeat(997) + "\r\n").repeat(66) + "\r\n",
            431));
    cases.add(
        new Case(
            "extensions too long together",
            CHUNKED + ("1;" + "a".repeat(1_000) + "\r\nx\r\n").repeat(66),
            431));
    cases.add(
        new Case("a body too long", POST + "Content-Length: " + (body + 1) + "\r\n\r\n", 413));
    cases.add(
        new Case(
            "a body much too long", POST + "Content-Length: 99999999999999999999\r\n\r\n", 413));
    cases.add(new Case("a chunk too long", CHUNKED + Integer.toHexString(body + 1) + "\r\n", 413));
    cases.add(new Case("a chunk much too long", CHUNKED + "fffffffffffffff\r\n", 413));
    String half = Integer.toHexString(body / 2 + 1);
    cases.add(
        new Case(
            "chunks too long together",
            CHUNKED + half + "\r\n" + "a".repeat(body / 2 + 1) + "\r\n" + half + "\r\n",
            413));
    cases.add(
        new Case(
            "an upload too long",
            "POST /keys/restore HTTP/1.1\r\n"
                + HOST
                + "Content-Length: "
                + (upload + 1)
                + "\r\n\r\n",
            413));
    cases.add(
        new Case(
            "a large body on a path that only looks like an upload",
            "POST /keys/restore/x HTTP/1.1\r\n"
                + HOST
                + "Content-Length: "
                + (body + 1)
                + "\r\n\r\n",
            413));
    cases.add(
        new Case(
            "a large body that names the upload in its query",
            "POST /?x=/keys/restore HTTP/1.1\r\n"
                + HOST
                + "Content-Length: "
                + (body + 1)
                + "\r\n\r\n",
            413));
    cases.add(
        new Case(
            "a large body that is only announced",
            POST + "Expect: 100-continue\r\nContent-Length: " + (body + 1) + "\r\n\r\n",
            413));
  }

  private static Case bad(String name, String bytes) {
    return new Case(name, bytes, 400);
  }
}
