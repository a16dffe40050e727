package localhsm.client;

import java.util.Locale;

/** The parts of the keys API, each driven by a program of its own. */
enum Area {
  ASYMMETRIC_KEYS {
    @Override
    void run(KeyVaultSession session, Lab lab) throws Exception {
      new AsymmetricKeys(session).run();
    }
  },
  SYMMETRIC_KEYS {
    @Override
    void run(KeyVaultSession session, Lab lab) throws Exception {
      new SymmetricKeys(session).run();
    }
  },
  IMPORTS {
    @Override
    void run(KeyVaultSession session, Lab lab) throws Exception {
      new Imports(session).run();
    }
  },
  TRANSFERS {
    @Override
    void run(KeyVaultSession session, Lab lab) throws Exception {
      new Transfers(session).run();
    }
  },
  VERSIONS_AND_LISTS {
    @Override
    void run(KeyVaultSession session, Lab lab) {
      new VersionsAndLists(session).run();
    }
  },
  STATES {
    @Override
    void run(KeyVaultSession session, Lab lab) throws Exception {
      new States(session, lab).run();
    }
  },
  DELETION {
    @Override
    void run(KeyVaultSession session, Lab lab) throws Exception {
      new Deletion(session, lab).run();
    }
  },
  BACKUPS {
    @Override
    void run(KeyVaultSession session, Lab lab) throws Exception {
      new Backups(session).run();
    }
  },
  ROTATION {
    @Override
    void run(KeyVaultSession session, Lab lab) throws Exception {
      new Rotation(session, lab).run();
    }
  },
  RELEASE {
    @Override
    void run(KeyVaultSession session, Lab lab) throws Exception {
      new Release(session, lab).run();
    }
  },
  ATTESTATION {
    @Override
    void run(KeyVaultSession session, Lab lab) throws Exception {
      new Attestation(session).run();
    }
  },
  RANDOM_BYTES {
    @Override
    void run(KeyVaultSession session, Lab lab) {
      new RandomBytes(session).run();
    }
  };

  abstract void run(KeyVaultSession session, Lab lab) throws Exception;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
