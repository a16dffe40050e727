package localhsm.work;

/** Where a piece of work runs. */
public enum WorkClass {
  /** On the event loop: measured under 100 microseconds. */
  INLINE,
  /** On a pool of as many threads as cores: RSA private operations, slow curves, key generation. */
  CPU,
  /** On threads that block on the durable commit and on nothing else. */
  WRITE,
  /** In the background. */
  JOB
}
