package localhsm.store;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import localhsm.crypto.Curve;
import localhsm.crypto.KeyMaterial;
import localhsm.crypto.KeyParameters;
import localhsm.crypto.KeyType;
import localhsm.crypto.Providers;
import localhsm.id.KeyName;
import localhsm.id.KeyVersion;
import localhsm.keys.KeyAttributes;
import localhsm.keys.KeyChange;
import localhsm.keys.KeyLedger;
import localhsm.keys.KeyRecord;
import localhsm.keys.KeyVersionRecord;
import localhsm.keys.LazyMaterial;
import localhsm.release.ReleasePolicy;
import localhsm.release.ReleasePolicyCodec;
import localhsm.rotation.Lifespan;
import localhsm.rotation.RotationPolicy;
import localhsm.secret.InstanceId;
import localhsm.secret.PlatformKey;
import localhsm.secret.Sealing;

/** What the tests of the store share: keys, the access to a store, and a store's whole state. */
final class Bench {
  static final SecureRandom RANDOM = new SecureRandom();
  static final Providers PROVIDERS = Providers.bouncyCastle(RANDOM);
  static final Sealing SEALING = new Sealing(PROVIDERS.sealing(), RANDOM);
  private static final Instant CREATED = Instant.parse("2026-03-01T10:00:00Z");

  private Bench() {}

  static List<RecordKind<?>> kinds() {
    List<RecordKind<?>> kinds = new ArrayList<>(StoredKeys.kinds());
    kinds.add(SealedValues.KIND);
    return kinds;
  }

  static SealedStore.Access access() {
    return SealedStore.Access.temporary(SEALING);
  }

  static SealedStore.Access existing(SealedStore.Access access) {
    return new SealedStore.Access(access.instance(), access.platformKey(), SEALING, true);
  }

  static SealedStore.Access otherInstance(SealedStore.Access access) {
    return new SealedStore.Access(InstanceId.random(RANDOM), access.platformKey(), SEALING, false);
  }

  static SealedStore.Access otherPlatformKey(SealedStore.Access access) {
    return new SealedStore.Access(access.instance(), PlatformKey.random(RANDOM), SEALING, false);
  }

  static SealedStore open(RecordStore records, SealedStore.Access access) {
    return SealedStore.open(records, access, kinds());
  }

  static KeyMaterial material() {
    return new KeyParameters.Ec(Curve.P_256K).generate(PROVIDERS);
  }

  static KeyVersionRecord version() {
    return version(material());
  }

  static KeyVersionRecord version(KeyMaterial material) {
    byte[] id = new byte[16];
    RANDOM.nextBytes(id);
    return new KeyVersionRecord(
        new KeyVersion(HexFormat.of().formatHex(id)),
        LazyMaterial.of(material),
        KeyType.EC.defaultOperations(),
        new KeyAttributes(
            true,
            Optional.of(CREATED.plusNanos(123)),
            Optional.empty(),
            false,
            CREATED,
            CREATED.plusSeconds(5)),
        Map.of("owner", "accounting-tag"),
        Optional.empty());
  }

  /** A version of a key that may be released. */
  static KeyVersionRecord exportable() {
    KeyVersionRecord plain = version();
    return new KeyVersionRecord(
        plain.version(),
        plain.source(),
        plain.operations(),
        plain.attributes(),
        plain.tags(),
        Optional.of(releasePolicy("claim", true)));
  }

  static ReleasePolicy releasePolicy(String claim, boolean immutable) {
    return ReleasePolicyCodec.read(
        "{\"version\":\"1.0.0\",\"anyOf\":[{\"authority\":\"https://a\",\"allOf\":[{\"claim\":\""
            + claim
            + "\",\"equals\":true}]}]}",
        immutable);
  }

  static RotationPolicy rotationPolicy() {
    RotationPolicy.Action rotate =
        new RotationPolicy.Action("Rotate", Optional.empty(), Optional.of(Lifespan.parse("P30D")));
    return RotationPolicy.of(List.of(rotate), Optional.of(Lifespan.parse("P1Y10D")))
        .stored(CREATED, CREATED.plusSeconds(9));
  }

  static KeyRecord key(String name, KeyLedger ledger) {
    return KeyRecord.first(new KeyName(name), ledger.nextSequence(), version());
  }

  static KeyRecord create(KeyLedger ledger, String name) {
    KeyRecord key = key(name, ledger);
    if (!ledger.commit(new KeyChange(Optional.empty(), Optional.of(key)))) {
      throw new AssertionError("not created: " + name);
    }
    return key;
  }

  static KeyChange rotation(KeyRecord key) {
    return new KeyChange(Optional.of(key), Optional.of(key.withVersion(version())));
  }

  static KeyChange deletion(KeyRecord key) {
    return new KeyChange(Optional.of(key), Optional.empty());
  }

  /** Everything that a ledger holds, comparable across restarts. */
  static List<String> state(KeyLedger ledger) {
    return Stream.concat(
            ledger.page(0, Integer.MAX_VALUE).stream(),
            ledger.pageDeleted(0, Integer.MAX_VALUE).stream())
        .map(Bench::state)
        .toList();
  }

  static String state(KeyRecord key) {
    StringBuilder text = new StringBuilder(key.name().value() + " " + key.sequence());
    text.append(key.rotation()).append(key.deletion());
    for (KeyVersionRecord version : key.versions()) {
      text.append(' ')
          .append(version.version())
          .append(version.operations())
          .append(version.attributes())
          .append(new TreeMap<>(version.tags()))
          .append(version.releasePolicy())
          .append(HexFormat.of().formatHex(version.material().encoded().expose()));
    }
    return text.toString();
  }
}
