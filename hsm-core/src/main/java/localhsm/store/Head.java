package localhsm.store;

import java.math.BigInteger;

/**
 * The one record about all others.
 *
 * @param counter of the last commit
 * @param generation in which the rows that a backup holds live
 * @param sequence not less than any that a stored record was given
 * @param sum of the rows' {@link RowSealer#part parts}, modulo 2^256
 */
record Head(long counter, long generation, long sequence, BigInteger sum) {
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

  /** Of a store that was just provisioned. */
  static final Head FIRST = new Head(1, 1, 0, BigInteger.ZERO);

  /** Keeps the sum below its modulus and at zero or above. */
  Head {
    sum = sum.mod(MODULUS);
  }
}
