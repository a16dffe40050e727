package localhsm.server.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import localhsm.server.app.ReadyState;
import localhsm.server.app.ReadyState.Identity;
import localhsm.server.cli.LocalClient.Answer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Asks the embedded authority for an access token and prints it, alone. */
final class TokenCommand implements Command {
  static final String DEFAULT_IDENTITY = "admin";

  @Override
  public void describe(CommandSpec spec) {
    ReadyFiles.addOptions(spec);
    spec.addOption(
        OptionSpec.builder("--identity")
            .type(String.class)
            .paramLabel("NAME")
            .description("Whose token (default: " + DEFAULT_IDENTITY + ")")
            .build());
    spec.addOption(
        OptionSpec.builder("--resource")
            .type(String.class)
            .paramLabel("URI")
            .description("For what (default: the HSM)")
            .build());
  }

  @Override
  public int run(ParseResult options, Caller caller) {
    ReadyState server = ReadyFiles.find(options, caller);
    String identity = options.matchedOptionValue("--identity", DEFAULT_IDENTITY);
    String resource = options.matchedOptionValue("--resource", server.resource());
    caller.out().println(token(server, identity, resource));
    return 0;
  }

  static String token(ReadyState server, String name, String resource) {
    Identity identity = server.identities().get(name);
    if (identity == null) {
      throw new CommandFailed(
          2, "no identity '" + name + "'; there are: " + String.join(", ", names(server)));
    }
    Answer answer =
        new LocalClient(server)
            .post(
                "/" + server.tenantId() + "/oauth2/v2.0/token",
                Map.of(
                    "grant_type",
                    "client_credentials",
                    "client_id",
                    identity.clientId(),
                    "client_secret",
                    ReadyFileCodec.text(identity.clientSecret()),
                    "scope",
                    resource + "/.default"));
    if (answer.status() != 200) {
      throw new CommandFailed(
          1,
          "the authority refused (status %d): %s"
              .formatted(
                  answer.status(), member(answer, "error_description").orElse("no reason given")));
    }
    return member(answer, "access_token")
        .orElseThrow(() -> new CommandFailed(1, "the authority's answer holds no token"));
  }

  private static Iterable<String> names(ReadyState server) {
    return server.identities().keySet();
  }

  private static Optional<String> member(Answer answer, String name) {
    try (JsonParser json = new JsonFactory().createParser(answer.body())) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = json.currentName().equals(name);
        if (json.nextToken() == JsonToken.VALUE_STRING && wanted) {
          return Optional.of(json.getText());
        }
        json.skipChildren();
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }
}
