package localhsm.server.keys;

import localhsm.keys.KeyUse;
import localhsm.keys.Keys;
import localhsm.keys.lifecycle.DeletedKeys;
import localhsm.keys.lifecycle.KeyBackups;
import localhsm.keys.lifecycle.Rotations;
import localhsm.keys.lifecycle.SoftDelete;

/** What the handlers of keys call, each of it one part of what an HSM does with keys. */
public record KeyServices(
    Keys keys,
    KeyUse use,
    DeletedKeys deletedKeys,
    Rotations rotations,
    KeyBackups backups,
    SoftDelete softDelete) {}
