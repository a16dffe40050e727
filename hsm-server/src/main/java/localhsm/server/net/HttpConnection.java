package localhsm.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import localhsm.problem.Problem;
import localhsm.problem.ProblemException;
import localhsm.problem.Problems;
import localhsm.server.http.Request;
import localhsm.server.http.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection behind TLS: reads a request, has it answered, writes the answer, one after the
 * other. What a client sends ahead waits unread. Lives on its event loop; an answer that was made
 * elsewhere comes back as an event.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);

  private enum Phase {
    HANDSHAKE,
    READING,
    HANDLING,
    WRITING,
    LINGERING,
    CLOSED
  }

  /** A service has finished, on whatever thread. */
  private record Answered(CompletableFuture<Response> answer) {}

  private final SocketChannel channel;
  private final SslHandler ssl;
  private final Shared shared;
  private final BooleanSupplier stopping;
  private final InetSocketAddress client;
  private final UnreadBytes input;
  private final RequestDecoder decoder;
  private final ResponseBytes responses;
  private final MemoryBudget.Share memory;
  private final Deadline deadline;
  private Phase phase = Phase.HANDSHAKE;
  private boolean processing;
  private boolean receiving;
  private boolean proceeded;
  private boolean inputClosed;
  private boolean last;

  HttpConnection(SocketChannel channel, SslHandler ssl, Shared shared, BooleanSupplier stopping) {
    this.channel = channel;
    this.ssl = ssl;
    this.shared = shared;
    this.stopping = stopping;
    this.client = channel.remoteAddress();
    this.input = new UnreadBytes(channel.alloc());
    this.decoder = new RequestDecoder(shared.limits().sizes());
    this.responses = new ResponseBytes(channel.alloc());
    this.memory = shared.memory().new Share();
    this.deadline = new Deadline(channel.eventLoop(), this::close);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    deadline.in(times().handshake());
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    phase = Phase.CLOSED;
    deadline.cancel();
    input.drop();
    memory.clear();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException || cause instanceof DecoderException) {
      LOG.debug("connection from {} closed: {}", client, cause.toString());
    } else {
      LOG.error("connection closed", cause);
    }
    close();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    if (phase != Phase.READING && (last || phase == Phase.CLOSED)) {
      bytes.release();
      return;
    }
    input.add(bytes);
    if (phase == Phase.READING) {
      process();
    } else {
      channel.config().setAutoRead(false);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof Answered answered) {
      answered(answered.answer());
      process();
    } else if (event instanceof SslHandshakeCompletionEvent handshake) {
      handshaken(handshake);
    } else if (event == Stop.NOW) {
      stop();
    } else if (event instanceof ChannelInputShutdownEvent) {
      inputClosed();
    } else if (event instanceof SslCloseCompletionEvent && phase != Phase.LINGERING) {
      // while lingering it tells of our own goodbye, and closing then would reset the connection
      inputClosed();
    }
  }

  private void handshaken(SslHandshakeCompletionEvent handshake) {
    if (!handshake.isSuccess()) {
      LOG.debug("no TLS with {}: {}", client, handshake.cause().toString());
      close();
    } else if (phase == Phase.HANDSHAKE) {
      shared.tls().forbidRenegotiation(ssl.engine());
      phase = Phase.READING;
      deadline.in(times().idle());
    }
  }

  /** Idle connections go at once, the others with the answer to their present request. */
  private void stop() {
    last = true;
    if (phase == Phase.HANDSHAKE || (phase == Phase.READING && !receiving)) {
      close();
    }
  }

  /** The client will send no more; an answer under way may still reach it. */
  private void inputClosed() {
    inputClosed = true;
    if (phase != Phase.HANDLING && phase != Phase.WRITING) {
      close();
    }
  }

  private void process() {
    if (processing) {
      return;
    }
    processing = true;
    try {
      while (phase == Phase.READING && handleNext()) {
        receiving = false;
      }
    } finally {
      processing = false;
    }
    if (phase == Phase.READING) {
      awaitMore();
    }
  }

  private boolean handleNext() {
    try {
      if (!decoder.decode(input.bytes())) {
        return false;
      }
    } catch (ProblemException e) {
      refuse(e.problem());
      return false;
    }
    handle(decoder.head().orElseThrow());
    return true;
  }

  private void handle(RequestHead head) {
    phase = Phase.HANDLING;
    deadline.pause();
    last |= !head.keepAlive();
    Request request = head.request(shared.activities().next(), decoder.takeBody(), client);
    CompletableFuture<Response> answer = shared.service().handle(request).toCompletableFuture();
    if (answer.isDone()) {
      answered(answer);
    } else {
      CompletionStage<?> unused =
          answer.whenComplete(
              (response, failure) ->
                  channel.pipeline().fireUserEventTriggered(new Answered(answer)));
    }
  }

  private void answered(CompletableFuture<Response> answer) {
    if (phase != Phase.HANDLING) {
      return;
    }
    if (answer.isCompletedExceptionally()) {
      LOG.error("no answer to a request", answer.handle((response, failure) -> failure).join());
      close();
    } else {
      respond(answer.join());
    }
  }

  private void refuse(Problem problem) {
    last = true;
    respond(shared.service().refuse(shared.activities().next(), decoder.line().verb(), problem));
  }

  private void respond(Response response) {
    phase = Phase.WRITING;
    last |= stopping.getAsBoolean();
    if (last) {
      input.drop();
    }
    ChannelFuture written =
        channel.writeAndFlush(responses.encode(response, decoder.line().head(), last));
    if (written.isDone()) {
      written(written);
    } else {
      deadline.in(times().answer());
      written.addListener(
          done -> {
            written(written);
            process();
          });
    }
  }

  private void written(ChannelFuture write) {
    memory.clear();
    if (!write.isSuccess() || (last && inputClosed)) {
      close();
    } else if (last) {
      linger();
    } else {
      decoder.reset();
      proceeded = false;
      phase = Phase.READING;
    }
  }

  /** RFC 9112 9.6: says goodbye, then waits for the client to close, so that nothing is lost. */
  private void linger() {
    phase = Phase.LINGERING;
    deadline.in(times().linger());
    channel.pipeline().addFirst(new Discard());
    channel.config().setAutoRead(true);
    ChannelFuture unused = ssl.closeOutbound().addListener(done -> shutdownOutput());
  }

  private void shutdownOutput() {
    ChannelFuture unused = channel.shutdownOutput();
  }

  private void close() {
    ChannelFuture unused = channel.close();
  }

  private void awaitMore() {
    long held = decoder.taken() + input.length();
    if (inputClosed) {
      close();
    } else if (!memory.cover(held)) {
      refuse(Problems.busy().problem());
    } else {
      if (held == 0) {
        deadline.in(times().idle());
      } else if (!receiving) {
        receiving = true;
        deadline.in(times().request());
      }
      input.shrink();
      proceed();
      channel.config().setAutoRead(true);
    }
  }

  private void proceed() {
    if (!proceeded && decoder.head().filter(RequestHead::expectsContinue).isPresent()) {
      proceeded = true;
      ChannelFuture unused = channel.writeAndFlush(responses.proceed());
    }
  }

  private Limits.Times times() {
    return shared.limits().times();
  }
}
