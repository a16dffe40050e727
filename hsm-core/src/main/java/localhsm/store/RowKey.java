package localhsm.store;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * Names a row. Ordered by generation, then by the unsigned bytes of the id.
 *
 * @param generation 0 for what no backup holds, else the generation of the restored state
 * @param id 32 bytes that tell nothing about the record
 */
public record RowKey(long generation, byte[] id) implements Comparable<RowKey> {

  @Override
  public int compareTo(RowKey other) {
    int byGeneration = Long.compare(generation, other.generation);
    return byGeneration != 0 ? byGeneration : Arrays.compareUnsigned(id, other.id);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowKey that
        && generation == that.generation
        && Arrays.equals(id, that.id);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(generation) + Arrays.hashCode(id);
  }

  @Override
  public String toString() {
    return generation + "/" + HexFormat.of().formatHex(id, 0, Math.min(8, id.length));
  }
}
