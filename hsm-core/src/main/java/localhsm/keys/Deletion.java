package localhsm.keys;

import java.time.Instant;

/**
 * Since when a key is deleted.
 *
 * @param deleted when it was deleted, in whole seconds
 * @param scheduledPurge when it goes for good, in whole seconds
 */
public record Deletion(Instant deleted, Instant scheduledPurge) {}
