package localhsm.store;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import localhsm.secret.SecretBytes;
import localhsm.secret.SecurityDomain;
import org.jspecify.annotations.Nullable;

/**
 * Opens every row of a store, in the order of keys: the security domain, the head, then the
 * records. Changes nothing; the first row that is not what was written there ends it.
 */
final class StoreLoader implements Consumer<SealedRow> {

  /**
   * What lay in the store.
   *
   * @param parts what each row adds to the head's sum
   * @param records by kind, then by name
   * @param abandoned rows of a generation that is not in use, unopened
   */
  record Loaded(
      SecurityDomain domain,
      RowSealer sealer,
      Head head,
      Map<RowKey, BigInteger> parts,
      Map<RecordKind<?>, Map<String, Object>> records,
      List<RowKey> abandoned) {

    static Loaded empty(SecurityDomain domain, RowSealer sealer, Head head) {
      return new Loaded(domain, sealer, head, new HashMap<>(), new HashMap<>(), new ArrayList<>());
    }
  }

  /** What is expected next. */
  private interface Stage {
    Stage next(SealedRow row);

    Optional<Loaded> end();
  }

  private final SealedStore.Access access;
  private final Map<String, RecordKind<?>> kinds = new HashMap<>();
  private Optional<RowKey> last = Optional.empty();
  private long position;
  private Stage stage = new ExpectDomain();

  StoreLoader(SealedStore.Access access, List<RecordKind<?>> kinds) {
    this.access = access;
    for (RecordKind<?> kind : kinds) {
      if (this.kinds.put(kind.name(), kind) != null) {
        throw new IllegalArgumentException("two kinds are named " + kind);
      }
    }
  }

  @Override
  public void accept(SealedRow row) {
    position++;
    if (last.isPresent() && last.get().compareTo(row.key()) >= 0) {
      throw damaged("row", row.key(), "stands twice or out of order");
    }
    last = Optional.of(row.key());
    stage = stage.next(row);
  }

  /** Everything, once all rows were accepted; empty when there were none. */
  Optional<Loaded> end() {
    return stage.end();
  }

  private StoreDamagedException damaged(String what, RowKey key, String how) {
    return damaged(what, key, how, null);
  }

  private StoreDamagedException damaged(
      String what, RowKey key, String how, @Nullable Throwable cause) {
    return new StoreDamagedException(
        "The store is damaged: " + what + " at position " + position + " (" + key + ") " + how,
        cause);
  }

  private final class ExpectDomain implements Stage {
    @Override
    public Stage next(SealedRow row) {
      if (!row.key().equals(RowSealer.DOMAIN)) {
        throw damaged("security domain", RowSealer.DOMAIN, "is missing");
      }
      SecurityDomain domain =
          access
              .platformKey()
              .unwrap(row.sealed(), access.instance(), access.sealing())
              .orElseThrow(() -> damaged("security domain", row.key(), "does not open"));
      RowSealer sealer = new RowSealer(domain, access.instance(), access.sealing());
      return new ExpectHead(domain, sealer, row.revision());
    }

    @Override
    public Optional<Loaded> end() {
      return Optional.empty();
    }
  }

  private final class ExpectHead implements Stage {
    private final SecurityDomain domain;
    private final RowSealer sealer;
    private final long domainRevision;

    ExpectHead(SecurityDomain domain, RowSealer sealer, long domainRevision) {
      this.domain = domain;
      this.sealer = sealer;
      this.domainRevision = domainRevision;
    }

    @Override
    public Stage next(SealedRow row) {
      if (!row.key().equals(RowSealer.HEAD)) {
        throw missing();
      }
      try (SecretBytes plain =
          sealer.open(row).orElseThrow(() -> damaged("head", row.key(), "does not open"))) {
        Head head = new HeadCodec().decode(plain);
        if (head.counter() != row.revision()) {
          throw damaged("head", row.key(), "is not of its own commit");
        }
        if (domainRevision < 1 || domainRevision > head.counter()) {
          throw damaged("security domain", RowSealer.DOMAIN, "is not of an earlier commit");
        }
        return new ExpectRecords(domain, sealer, head);
      } catch (IllegalArgumentException e) {
        throw damaged("head", row.key(), "has an unknown format", e);
      }
    }

    @Override
    public Optional<Loaded> end() {
      throw missing();
    }

    private StoreDamagedException missing() {
      return damaged("head", RowSealer.HEAD, "is missing");
    }
  }

  private final class ExpectRecords implements Stage {
    private final Loaded loaded;
    private BigInteger sum = BigInteger.ZERO;

    ExpectRecords(SecurityDomain domain, RowSealer sealer, Head head) {
      this.loaded = Loaded.empty(domain, sealer, head);
    }

    @Override
    public Stage next(SealedRow row) {
      long generation = row.key().generation();
      if (generation != 0 && generation != loaded.head().generation()) {
        loaded.abandoned().add(row.key());
        return this;
      }
      if (row.revision() > loaded.head().counter()) {
        throw damaged("row", row.key(), "is newer than the head");
      }
      try (SecretBytes plain =
          loaded.sealer().open(row).orElseThrow(() -> damaged("row", row.key(), "does not open"))) {
        keep(row.key(), EnvelopeCodec.decode(plain));
      } catch (IllegalArgumentException e) {
        throw damaged("row", row.key(), "has an unknown format", e);
      }
      BigInteger part = loaded.sealer().part(row);
      loaded.parts().put(row.key(), part);
      sum = sum.add(part);
      return this;
    }

    private void keep(RowKey key, EnvelopeCodec.Envelope envelope) {
      RecordKind<?> kind = kinds.get(envelope.kind());
      if (kind == null) {
        throw damaged("row of unknown kind " + envelope.kind(), key, "cannot be read");
      }
      if (kind.generation(loaded.head().generation()) != key.generation()) {
        throw damaged(kind.name(), key, "lies in a wrong generation");
      }
      try (SecretBytes body = envelope.body()) {
        loaded
            .records()
            .computeIfAbsent(kind, k -> new HashMap<>())
            .put(envelope.name(), kind.codec().decode(body));
      } catch (IllegalArgumentException e) {
        throw damaged(kind.name(), key, "has an unknown format", e);
      }
    }

    @Override
    public Optional<Loaded> end() {
      Head head = loaded.head();
      Head found = new Head(head.counter(), head.generation(), head.sequence(), sum);
      if (!found.equals(head)) {
        throw new StoreDamagedException(
            "The store is damaged: after "
                + position
                + " rows the sum is not the head's; rows are"
                + " missing or were put back",
            null);
      }
      return Optional.of(loaded);
    }
  }
}
