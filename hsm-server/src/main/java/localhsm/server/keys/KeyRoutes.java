package localhsm.server.keys;

import static localhsm.server.pipeline.ApiVersion.V7_0;

import java.util.List;
import java.util.Optional;
import localhsm.keys.KeyUse;
import localhsm.keys.Keys;
import localhsm.rbac.DataAction;
import localhsm.server.http.Verb;
import localhsm.server.pipeline.Access;
import localhsm.server.pipeline.ApiVersion;
import localhsm.server.pipeline.Handler;
import localhsm.server.pipeline.Route;
import localhsm.server.pipeline.ScopeRule;

/** The routes of the keys API, one line each. */
public final class KeyRoutes {
  private static final String KEY = "/keys/{key-name}";
  private static final String VERSION = KEY + "/{key-version}";

  private KeyRoutes() {}

  /** All of them. */
  public static List<Route> of(Keys keys, KeyUse use) {
    GetKeyHandler get = new GetKeyHandler(keys);
    SignHandler sign = new SignHandler(use);
    VerifyHandler verify = new VerifyHandler(use);
    EncryptHandler encrypt = new EncryptHandler(use);
    DecryptHandler decrypt = new DecryptHandler(use);
    WrapKeyHandler wrap = new WrapKeyHandler(use);
    UnwrapKeyHandler unwrap = new UnwrapKeyHandler(use);
    return List.of(
        post(KEY + "/create", DataAction.KEYS_CREATE, "KeyCreate", new CreateKeyHandler(keys)),
        get(KEY, ScopeRule.KEY_IN_PATH, "KeyGet", get),
        get(VERSION, ScopeRule.KEY_IN_PATH, "KeyGet", get),
        get("/keys", ScopeRule.KEYS, "KeyList", new ListKeysHandler(keys)),
        get(
            KEY + "/versions",
            ScopeRule.KEY_IN_PATH,
            "KeyListVersions",
            new ListKeyVersionsHandler(keys)),
        post(KEY + "/sign", DataAction.KEYS_SIGN, "KeySign", sign),
        post(VERSION + "/sign", DataAction.KEYS_SIGN, "KeySign", sign),
        post(KEY + "/verify", DataAction.KEYS_VERIFY, "KeyVerify", verify),
        post(VERSION + "/verify", DataAction.KEYS_VERIFY, "KeyVerify", verify),
        post(KEY + "/encrypt", DataAction.KEYS_ENCRYPT, "KeyEncrypt", encrypt),
        post(VERSION + "/encrypt", DataAction.KEYS_ENCRYPT, "KeyEncrypt", encrypt),
        post(KEY + "/decrypt", DataAction.KEYS_DECRYPT, "KeyDecrypt", decrypt),
        post(VERSION + "/decrypt", DataAction.KEYS_DECRYPT, "KeyDecrypt", decrypt),
        post(KEY + "/wrapkey", DataAction.KEYS_WRAP, "KeyWrap", wrap),
        post(VERSION + "/wrapkey", DataAction.KEYS_WRAP, "KeyWrap", wrap),
        post(KEY + "/unwrapkey", DataAction.KEYS_UNWRAP, "KeyUnwrap", unwrap),
        post(VERSION + "/unwrapkey", DataAction.KEYS_UNWRAP, "KeyUnwrap", unwrap));
  }

  private static Route get(String path, ScopeRule scope, String name, Handler handler) {
    return new Route(
        Verb.GET, path, Access.to(DataAction.KEYS_READ), scope, name, Optional.of(V7_0), handler);
  }

  private static Route post(String path, DataAction action, String name, Handler handler) {
    Optional<ApiVersion> since = Optional.of(V7_0);
    return new Route(
        Verb.POST, path, Access.to(action), ScopeRule.KEY_IN_PATH, name, since, handler);
  }
}
