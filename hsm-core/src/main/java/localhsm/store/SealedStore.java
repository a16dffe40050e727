package localhsm.store;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import localhsm.secret.InstanceId;
import localhsm.secret.PlatformKey;
import localhsm.secret.Sealing;
import localhsm.secret.SecretBytes;
import localhsm.secret.SecurityDomain;

/**
 * The barrier above {@link RecordStore}: records on this side, sealed rows on the other. A commit
 * is durable first, then visible, then acknowledged; commits that arrive together share one flush.
 *
 * <p>When a batch cannot be written its callers get 503, nothing changes in memory, and the next
 * batch is tried. Whether a failed batch lies on the disk after all is the {@link RecordStore}'s to
 * find out (see {@link RecordStore#commit}): it never acknowledges in doubt and takes no further
 * writes while it is in doubt, so that the next start reads one whole state or the other.
 */
public final class SealedStore implements AutoCloseable {
  private static final int WAITING_COMMITS = 1024;
  private static final int DELETES_AT_ONCE = 1000;

  /**
   * What opens a store.
   *
   * @param platformKey unwraps the security domain; it may be closed when the store is open
   * @param mustExist whether an empty store is damage, and not to be provisioned
   */
  public record Access(
      InstanceId instance, PlatformKey platformKey, Sealing sealing, boolean mustExist) {

    /** To a new store that lives as long as the process. */
    public static Access temporary(Sealing sealing) {
      return new Access(
          InstanceId.random(sealing.random()),
          PlatformKey.random(sealing.random()),
          sealing,
          false);
    }
  }

  private final RecordStore records;
  private final SecurityDomain domain;
  private final Map<RecordKind<?>, Map<String, Object>> loaded;
  private final AtomicLong sequence;
  private final CommitWriter writer;

  private SealedStore(RecordStore records, StoreLoader.Loaded loaded, int bound) {
    this.records = records;
    this.domain = loaded.domain();
    this.loaded = loaded.records();
    this.sequence = new AtomicLong(loaded.head().sequence());
    this.writer = new CommitWriter(records, loaded, sequence::get, bound);
  }

  /**
   * Opens every row and starts the writer; an empty store is provisioned. When it throws, nothing
   * was changed, and the record store is still the caller's to close; later {@link #close} closes
   * it.
   *
   * @param kinds every kind that may lie in the store
   * @throws StoreDamagedException when anything is not what was written
   * @throws localhsm.secret.CannotUnsealException when another platform key wrapped the domain
   * @throws StoreWriteException when a new store cannot be written
   */
  public static SealedStore open(RecordStore records, Access access, List<RecordKind<?>> kinds) {
    return open(records, access, kinds, WAITING_COMMITS);
  }

  static SealedStore open(
      RecordStore records, Access access, List<RecordKind<?>> kinds, int bound) {
    StoreLoader loader = new StoreLoader(access, kinds);
    records.load(loader);
    StoreLoader.Loaded loaded = loader.end().orElseGet(() -> provision(records, access));
    deleteAbandoned(records, loaded.abandoned());
    SealedStore store = new SealedStore(records, loaded, bound);
    Thread thread = new Thread(store.writer, "localhsm-store");
    thread.setDaemon(true);
    thread.start();
    return store;
  }

  /**
   * The records of one kind as they were at the start, by name: for the one owner of the kind,
   * once.
   */
  @SuppressWarnings("unchecked") // the kind's own codec made them
  public <R> Map<String, R> take(RecordKind<R> kind) {
    Map<String, Object> taken = loaded.remove(kind);
    return taken == null ? Map.of() : (Map<String, R>) taken;
  }

  /**
   * Makes the changes durable, then visible; returns after both. Blocks on the disk. Closes the
   * commit.
   *
   * @return false, with nothing changed, when the precondition no longer stands
   * @throws localhsm.problem.ProblemException when too many wait or the store cannot take it
   */
  public boolean commit(Commit commit) {
    try (commit) {
      return writer.submit(commit);
    }
  }

  /** Greater than every number handed out before in this process, or ever stored with a record. */
  public long nextSequence() {
    return sequence.incrementAndGet();
  }

  /** The root secret of this HSM; it stays the store's. */
  public SecurityDomain securityDomain() {
    return domain;
  }

  /** Finishes what waits, then closes the record store. */
  @Override
  public void close() {
    writer.close();
    records.close();
    domain.close();
  }

  /** How many commits have no answer yet. */
  int waiting() {
    return writer.waiting();
  }

  /** Whether it takes no more commits. */
  boolean closing() {
    return writer.closing();
  }

  private static StoreLoader.Loaded provision(RecordStore records, Access access) {
    if (access.mustExist()) {
      throw new StoreDamagedException("The store is damaged: it is empty", null);
    }
    SecurityDomain domain = SecurityDomain.random(access.sealing().random());
    RowSealer sealer = new RowSealer(domain, access.instance(), access.sealing());
    byte[] wrapped = access.platformKey().wrap(domain, access.instance(), access.sealing());
    long counter = Head.FIRST.counter();
    try (SecretBytes head = new HeadCodec().encode(Head.FIRST)) {
      records.commit(
          List.of(
              new RowChange.Put(new SealedRow(RowSealer.DOMAIN, counter, wrapped)),
              new RowChange.Put(sealer.seal(RowSealer.HEAD, counter, head))));
    }
    return StoreLoader.Loaded.empty(domain, sealer, Head.FIRST);
  }

  private static void deleteAbandoned(RecordStore records, List<RowKey> abandoned) {
    for (int from = 0; from < abandoned.size(); from += DELETES_AT_ONCE) {
      int to = Math.min(from + DELETES_AT_ONCE, abandoned.size());
      records.commit(
          abandoned.subList(from, to).stream().<RowChange>map(RowChange.Delete::new).toList());
    }
  }
}
