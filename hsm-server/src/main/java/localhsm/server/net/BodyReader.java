package localhsm.server.net;

import io.netty.buffer.ByteBuf;

/** Reads the body of one request. */
interface BodyReader {

  /**
   * Reads on; true when the body is complete.
   *
   * @throws localhsm.problem.ProblemException when it is malformed or too large
   */
  boolean read(ByteBuf in);

  /** The complete body. */
  byte[] take();
}
