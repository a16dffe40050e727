package localhsm.server.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import localhsm.server.app.ReadyState;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * Prints the environment in which clients use the running server, for {@code eval "$(localhsm
 * env)"}. A managed identity, not a client secret: clients look for the variables of secrets first,
 * and those may be the user's own.
 */
final class EnvCommand implements Command {
  private static final String JAVA_OPTIONS = "JAVA_TOOL_OPTIONS";

  @Override
  public void describe(CommandSpec spec) {
    ReadyFiles.addOptions(spec);
  }

  @Override
  public int run(ParseResult options, Caller caller) {
    ReadyState server = ReadyFiles.find(options, caller);
    variables(server, caller.variable(JAVA_OPTIONS))
        .forEach((name, value) -> caller.out().println("export " + name + "=" + quoted(value)));
    return 0;
  }

  static Map<String, String> variables(ReadyState server, String javaOptions) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("LOCALHSM_URL", server.hsmUrl());
    variables.put("IDENTITY_ENDPOINT", server.identityEndpoint());
    variables.put("IDENTITY_HEADER", ReadyFileCodec.text(server.identityHeader()));
    variables.put("NODE_EXTRA_CA_CERTS", server.caPem().toString());
    variables.put("REQUESTS_CA_BUNDLE", server.caBundle().toString());
    variables.put("SSL_CERT_FILE", server.caBundle().toString());
    variables.put("CURL_CA_BUNDLE", server.caBundle().toString());
    variables.put(JAVA_OPTIONS, javaOptions(server, javaOptions));
    return variables;
  }

  /** The caller's options stay in front; ours, when there already, are not added again. */
  private static String javaOptions(ReadyState server, String callers) {
    String ours =
        javaOption("javax.net.ssl.trustStore", server.trustStore().toString())
            + " "
            + javaOption("javax.net.ssl.trustStorePassword", server.trustStorePassword());
    if ((" " + callers + " ").contains(" " + ours + " ")) {
      return callers;
    }
    return callers.isBlank() ? ours : callers.stripTrailing() + " " + ours;
  }

  /** The JVM splits the variable at white space outside of quotes. */
  private static String javaOption(String property, String value) {
    char quote = value.indexOf('"') < 0 ? '"' : '\'';
    boolean plain =
        value.chars().noneMatch(c -> Character.isWhitespace(c) || c == '"' || c == '\'');
    return "-D" + property + "=" + (plain ? value : quote + value + quote);
  }

  /** Within single quotes a POSIX shell takes everything as it is, except the quote. */
  private static String quoted(String value) {
    return "'" + value.replace("'", "'\\''") + "'";
  }
}
