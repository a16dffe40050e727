package localhsm.keys.wish;

import java.util.function.Supplier;
import localhsm.crypto.KeyMaterial;
import localhsm.id.KeyName;

/**
 * The wish for a key, or a new version of one, whose material the client brings in the clear.
 *
 * @param material checks and gives the material; slow, so it runs where that may take long, and may
 *     throw a {@link localhsm.problem.ProblemException}
 */
public record ImportedKey(KeyName name, Supplier<KeyMaterial> material, KeySettings settings) {}
