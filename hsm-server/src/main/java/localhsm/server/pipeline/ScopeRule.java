package localhsm.server.pipeline;

import localhsm.id.KeyName;
import localhsm.id.Scope;

/** At which scope a route's data action is checked. */
public enum ScopeRule {
  /** The whole HSM. */
  ROOT {
    @Override
    public Scope of(Match match) {
      return Scope.ROOT;
    }
  },
  /** All keys. */
  KEYS {
    @Override
    public Scope of(Match match) {
      return Scope.KEYS;
    }
  },
  /** The key that the path names. */
  KEY_IN_PATH {
    @Override
    public Scope of(Match match) {
      return Scope.key(new KeyName(match.parameter(Match.KEY_NAME)));
    }
  };

  /** The scope of a matched request. */
  public abstract Scope of(Match match);
}
