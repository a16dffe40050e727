package localhsm.server.authority;

/**
 * A token and what its receiver is told beside it.
 *
 * @param notBefore Unix seconds
 * @param expires Unix seconds
 */
public record MintedToken(String accessToken, String audience, long notBefore, long expires) {

  /** Seconds from issue to expiry. */
  long lifetime() {
    return expires - notBefore;
  }

  /** Everything but the token. */
  @Override
  public String toString() {
    return "MintedToken[" + audience + ", " + notBefore + ", " + expires + "]";
  }
}
