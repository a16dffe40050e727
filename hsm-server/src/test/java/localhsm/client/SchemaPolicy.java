package localhsm.client;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import localhsm.schema.AnswerCheck;
import localhsm.schema.SeenAnswer;
import reactor.core.publisher.Mono;

/** Holds every answer that a client gets against the schemas, on its way to the client. */
record SchemaPolicy(AnswerCheck check) implements HttpPipelinePolicy {

  @Override
  public Mono<HttpResponse> process(HttpPipelineCallContext call, HttpPipelineNextPolicy next) {
    return next.process().map(response -> checked(call.getHttpRequest(), response.buffer()));
  }

  @Override
  public HttpResponse processSync(HttpPipelineCallContext call, HttpPipelineNextSyncPolicy next) {
    return checked(call.getHttpRequest(), next.processSync().buffer());
  }

  private HttpResponse checked(HttpRequest request, HttpResponse response) {
    Map<String, List<String>> headers = new HashMap<>();
    response
        .getHeaders()
        .forEach(
            header ->
                headers.put(
                    header.getName().toLowerCase(Locale.ROOT),
                    List.copyOf(header.getValuesList())));
    check.check(
        new SeenAnswer(
            request.getHttpMethod().name(),
            request.getUrl().toString(),
            response.getStatusCode(),
            headers,
            response.getBodyAsBinaryData() == null
                ? ""
                : response.getBodyAsBinaryData().toString()));
    return response;
  }
}
