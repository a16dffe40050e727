package localhsm.keys.wish;

import localhsm.crypto.KeyParameters;
import localhsm.id.KeyName;

/** The wish for a new key, or a new version of an existing one, with fresh material. */
public record NewKey(KeyName name, KeyParameters parameters, KeySettings settings) {}
