package localhsm.server.keys;

import static localhsm.rbac.DataAction.DELETED_KEYS_DELETE;
import static localhsm.rbac.DataAction.DELETED_KEYS_READ;
import static localhsm.rbac.DataAction.DELETED_KEYS_RECOVER;
import static localhsm.rbac.DataAction.KEYS_BACKUP;
import static localhsm.rbac.DataAction.KEYS_CREATE;
import static localhsm.rbac.DataAction.KEYS_DECRYPT;
import static localhsm.rbac.DataAction.KEYS_DELETE;
import static localhsm.rbac.DataAction.KEYS_ENCRYPT;
import static localhsm.rbac.DataAction.KEYS_IMPORT;
import static localhsm.rbac.DataAction.KEYS_READ;
import static localhsm.rbac.DataAction.KEYS_RESTORE;
import static localhsm.rbac.DataAction.KEYS_ROTATE;
import static localhsm.rbac.DataAction.KEYS_SIGN;
import static localhsm.rbac.DataAction.KEYS_UNWRAP;
import static localhsm.rbac.DataAction.KEYS_VERIFY;
import static localhsm.rbac.DataAction.KEYS_WRAP;
import static localhsm.rbac.DataAction.KEYS_WRITE;
import static localhsm.server.http.Verb.DELETE;
import static localhsm.server.http.Verb.GET;
import static localhsm.server.http.Verb.PATCH;
import static localhsm.server.http.Verb.POST;
import static localhsm.server.http.Verb.PUT;

import java.util.List;
import java.util.stream.Stream;
import localhsm.keys.KeyUse;
import localhsm.keys.Keys;
import localhsm.keys.lifecycle.DeletedKeys;
import localhsm.keys.lifecycle.KeyBackups;
import localhsm.keys.lifecycle.Rotations;
import localhsm.server.pipeline.Route;

/** The routes of the keys API, one line for each operation. */
public final class KeyRoutes {
  private static final String KEY = "/keys/{key-name}";
  private static final String VERSION = KEY + "/{key-version}";
  private static final String POLICY = KEY + "/rotationpolicy";
  private static final String DELETED = "/deletedkeys/{key-name}";

  private KeyRoutes() {}

  /** All of them. */
  public static List<Route> of(KeyServices hsm) {
    KeyJson json = new KeyJson(hsm.softDelete());
    return Stream.of(
            life(hsm.keys(), json),
            backups(hsm.backups(), json),
            deletion(hsm.deletedKeys(), json),
            rotation(hsm.rotations(), json),
            use(hsm.use()))
        .flatMap(RouteTable::stream)
        .toList();
  }

  private static RouteTable life(Keys keys, KeyJson json) {
    GetKeyHandler get = new GetKeyHandler(keys, json);
    UpdateKeyHandler update = new UpdateKeyHandler(keys, json);
    ListKeyVersionsHandler versions = new ListKeyVersionsHandler(keys, json);
    return new RouteTable(Feature.KEYS)
        .with(POST, KEY + "/create", KEYS_CREATE, "KeyCreate", new CreateKeyHandler(keys, json))
        .with(PUT, KEY, KEYS_IMPORT, "KeyImport", new ImportKeyHandler(keys, json))
        .with(GET, KEY, KEYS_READ, "KeyGet", get)
        .with(GET, VERSION, KEYS_READ, "KeyGet", get)
        .with(GET, KEY + "/versions", KEYS_READ, "KeyListVersions", versions)
        .with(GET, "/keys", KEYS_READ, "KeyList", new ListKeysHandler(keys, json))
        .with(PATCH, KEY, KEYS_WRITE, "KeyUpdate", update)
        .with(PATCH, VERSION, KEYS_WRITE, "KeyUpdate", update);
  }

  private static RouteTable backups(KeyBackups backups, KeyJson json) {
    RestoreKeyHandler restore = new RestoreKeyHandler(backups, json);
    return new RouteTable(Feature.KEYS)
        .with(POST, KEY + "/backup", KEYS_BACKUP, "KeyBackup", new BackupKeyHandler(backups))
        .with(POST, "/keys/restore", KEYS_RESTORE, "KeyRestore", restore);
  }

  private static RouteTable deletion(DeletedKeys deleted, KeyJson json) {
    ListDeletedKeysHandler list = new ListDeletedKeysHandler(deleted, json);
    GetDeletedKeyHandler get = new GetDeletedKeyHandler(deleted, json);
    RecoverDeletedKeyHandler recover = new RecoverDeletedKeyHandler(deleted, json);
    PurgeDeletedKeyHandler purge = new PurgeDeletedKeyHandler(deleted);
    return new RouteTable(Feature.KEYS)
        .with(DELETE, KEY, KEYS_DELETE, "KeyDelete", new DeleteKeyHandler(deleted, json))
        .with(GET, "/deletedkeys", DELETED_KEYS_READ, "KeyListDeleted", list)
        .with(GET, DELETED, DELETED_KEYS_READ, "KeyGetDeleted", get)
        .with(POST, DELETED + "/recover", DELETED_KEYS_RECOVER, "KeyRecover", recover)
        .with(DELETE, DELETED, DELETED_KEYS_DELETE, "KeyPurge", purge);
  }

  private static RouteTable rotation(Rotations rotations, KeyJson json) {
    RotateKeyHandler rotate = new RotateKeyHandler(rotations, json);
    GetRotationPolicyHandler get = new GetRotationPolicyHandler(rotations);
    UpdateRotationPolicyHandler set = new UpdateRotationPolicyHandler(rotations);
    return new RouteTable(Feature.ROTATION)
        .with(POST, KEY + "/rotate", KEYS_ROTATE, "KeyRotate", rotate)
        .with(GET, POLICY, KEYS_READ, "KeyRotationPolicyGet", get)
        .with(PUT, POLICY, KEYS_WRITE, "KeyRotationPolicySet", set);
  }

  private static RouteTable use(KeyUse use) {
    return new RouteTable(Feature.KEYS)
        .withUse("sign", KEYS_SIGN, "KeySign", new SignHandler(use))
        .withUse("verify", KEYS_VERIFY, "KeyVerify", new VerifyHandler(use))
        .withUse("encrypt", KEYS_ENCRYPT, "KeyEncrypt", new EncryptHandler(use))
        .withUse("decrypt", KEYS_DECRYPT, "KeyDecrypt", new DecryptHandler(use))
        .withUse("wrapkey", KEYS_WRAP, "KeyWrap", new WrapKeyHandler(use))
        .withUse("unwrapkey", KEYS_UNWRAP, "KeyUnwrap", new UnwrapKeyHandler(use));
  }
}
