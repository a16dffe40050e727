package localhsm.server.authority;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import localhsm.server.http.Response;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Handler;

/** The client credentials grant (RFC 6749 4.4). */
final class TokenHandler implements Handler {
  private final Resources resources;
  private final ClientSecrets secrets;
  private final TokenMint mint;
  private final Function<MintedToken, Response> answer;

  TokenHandler(
      Resources resources,
      ClientSecrets secrets,
      TokenMint mint,
      Function<MintedToken, Response> answer) {
    this.resources = resources;
    this.secrets = secrets;
    this.mint = mint;
    this.answer = answer;
  }

  @Override
  public CompletionStage<Response> handle(Exchange exchange) {
    TokenForm form = TokenForm.of(exchange.request());
    if (!form.required("grant_type").equals("client_credentials")) {
      throw RefusedException.unsupportedGrant();
    }
    TokenForm.Credentials credentials = form.credentials(exchange.request());
    String resource = form.resource();
    Identity identity =
        secrets
            .authenticate(credentials.clientId(), credentials.secret())
            .orElseThrow(RefusedException::wrongCredentials);
    if (!resources.grants(resource)) {
      throw RefusedException.resource();
    }
    TokenOrder order =
        new TokenOrder(
            identity,
            resource,
            TokenOrder.DEFAULT_LIFETIME,
            TokenOrder.Way.CLIENT_SECRET,
            form.asksForContinuousAccess());
    return mint.mint(order).thenApply(answer);
  }
}
