package localhsm.server.keys;

import localhsm.keys.DeletedKeys;
import localhsm.keys.KeyBackups;
import localhsm.keys.KeyUse;
import localhsm.keys.Keys;
import localhsm.keys.Rotations;
import localhsm.keys.SoftDelete;

/** What the handlers of keys call, each of it one part of what an HSM does with keys. */
public record KeyServices(
    Keys keys,
    KeyUse use,
    DeletedKeys deletedKeys,
    Rotations rotations,
    KeyBackups backups,
    SoftDelete softDelete) {}
