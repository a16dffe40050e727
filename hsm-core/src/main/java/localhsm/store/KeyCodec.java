package localhsm.store;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import localhsm.id.KeyName;
import localhsm.id.KeyVersion;
import localhsm.keys.Deletion;
import localhsm.rotation.Lifespan;
import localhsm.rotation.RotationPolicy;
import localhsm.secret.SecretBytes;

/** The bytes of a key's own row. */
final class KeyCodec implements RecordKind.Codec<StoredKey> {
  private static final int FORMAT = 2;

  @Override
  public SecretBytes encode(StoredKey key) {
    return CborCodec.write(
        FORMAT,
        out -> {
          out.text("name", key.name().value());
          out.number("sequence", key.sequence());
          out.texts("versions", key.versions().stream().map(KeyVersion::value).toList());
          rotation(out, key.rotation());
          out.time("deleted", key.deletion().map(Deletion::deleted));
          out.time("scheduledPurge", key.deletion().map(Deletion::scheduledPurge));
          return out;
        });
  }

  @Override
  public StoredKey decode(SecretBytes body) {
    return CborCodec.read(
        body,
        FORMAT,
        in ->
            new StoredKey(
                new KeyName(in.text("name")),
                in.number("sequence"),
                in.texts("versions").stream().map(KeyVersion::new).toList(),
                rotation(in),
                deletion(in)));
  }

  private static void rotation(CborCodec.Writer out, Optional<RotationPolicy> policy)
      throws IOException {
    span(out, "timeAfterCreate", policy.flatMap(RotationPolicy::timeAfterCreate));
    span(out, "timeBeforeExpiry", policy.flatMap(RotationPolicy::timeBeforeExpiry));
    span(out, "expiryTime", policy.flatMap(RotationPolicy::expiryTime));
    out.time("policyCreated", policy.flatMap(RotationPolicy::created));
    out.time("policyUpdated", policy.flatMap(RotationPolicy::updated));
  }

  private static void span(CborCodec.Writer out, String field, Optional<Lifespan> span)
      throws IOException {
    out.optionalText(field, span.map(Lifespan::toString));
  }

  private static Optional<RotationPolicy> rotation(CborCodec.Reader in) throws IOException {
    RotationPolicy policy =
        new RotationPolicy(
            in.optionalText("timeAfterCreate").map(Lifespan::parse),
            in.optionalText("timeBeforeExpiry").map(Lifespan::parse),
            in.optionalText("expiryTime").map(Lifespan::parse),
            in.time("policyCreated"),
            in.time("policyUpdated"));
    return policy.blank() ? Optional.empty() : Optional.of(policy);
  }

  private static Optional<Deletion> deletion(CborCodec.Reader in) throws IOException {
    Optional<Instant> deleted = in.time("deleted");
    Optional<Instant> scheduledPurge = in.time("scheduledPurge");
    if (deleted.isPresent() != scheduledPurge.isPresent()) {
      throw new IllegalArgumentException("half a deletion");
    }
    return deleted.map(time -> new Deletion(time, scheduledPurge.orElseThrow()));
  }
}
