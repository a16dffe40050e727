package localhsm.store;

import java.util.List;
import localhsm.id.KeyName;
import localhsm.id.KeyVersion;

/**
 * What one row keeps of a key: all that belongs to the name. Its versions are rows of their own.
 */
record StoredKey(KeyName name, long sequence, List<KeyVersion> versions) {}
