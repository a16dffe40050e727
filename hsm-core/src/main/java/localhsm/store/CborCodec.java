package localhsm.store;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.RecyclerPool;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import localhsm.problem.ProblemException;
import localhsm.secret.SecretBytes;

/**
 * Records as CBOR maps (RFC 8949) whose first field is the format version. Fields are read in the
 * order in which they were written, so that an unknown, missing or doubled one is refused without a
 * further rule.
 */
final class CborCodec {
  private static final String VERSION_FIELD = "v";
  private static final CBORFactory FACTORY =
      CBORFactory.builder().recyclerPool(new ClearedBuffers()).build();

  private CborCodec() {}

  /** What a record writes or reads, given the access to its fields. */
  @FunctionalInterface
  interface Fields<A, R> {
    R through(A access) throws IOException;
  }

  /** Writes one record. */
  static SecretBytes write(int version, Fields<Writer, ?> fields) {
    SecretOutput out = new SecretOutput();
    try (CBORGenerator generator = FACTORY.createGenerator(out)) {
      generator.writeStartObject();
      Writer writer = new Writer(generator);
      writer.number(VERSION_FIELD, version);
      fields.through(writer);
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.take();
  }

  /**
   * Reads one record and nothing after it.
   *
   * @throws IllegalArgumentException when the bytes are not such a record
   */
  static <R> R read(SecretBytes bytes, int version, Fields<Reader, R> fields) {
    try (JsonParser parser = FACTORY.createParser(bytes.expose())) {
      Reader reader = new Reader(parser);
      reader.expect(JsonToken.START_OBJECT);
      if (reader.number(VERSION_FIELD) != version) {
        throw new IllegalArgumentException("unknown format version");
      }
      R record = fields.through(reader);
      reader.expect(JsonToken.END_OBJECT);
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("bytes after the record");
      }
      return record;
    } catch (IOException | DateTimeException | ProblemException e) {
      // without the cause: a parser's message may quote what it read
      throw new IllegalArgumentException("not a record: " + e.getClass().getSimpleName());
    }
  }

  /** Puts fields, one after the other. */
  static final class Writer {
    private final CBORGenerator out;

    private Writer(CBORGenerator out) {
      this.out = out;
    }

    void number(String field, long value) throws IOException {
      out.writeNumberField(field, value);
    }

    void text(String field, String value) throws IOException {
      out.writeStringField(field, value);
    }

    void flag(String field, boolean value) throws IOException {
      out.writeBooleanField(field, value);
    }

    void bytes(String field, byte[] value) throws IOException {
      out.writeBinaryField(field, value);
    }

    void secret(String field, SecretBytes value) throws IOException {
      out.writeBinaryField(field, value.expose());
    }

    void texts(String field, List<String> values) throws IOException {
      out.writeArrayFieldStart(field);
      for (String value : values) {
        out.writeString(value);
      }
      out.writeEndArray();
    }

    void optionalText(String field, Optional<String> value) throws IOException {
      texts(field, value.stream().toList());
    }

    void secrets(String field, List<SecretBytes> values) throws IOException {
      out.writeArrayFieldStart(field);
      for (SecretBytes value : values) {
        out.writeBinary(value.expose());
      }
      out.writeEndArray();
    }

    void time(String field, Optional<Instant> value) throws IOException {
      out.writeArrayFieldStart(field);
      if (value.isPresent()) {
        Instant time = value.get();
        out.writeNumber(time.getEpochSecond());
        out.writeNumber(time.getNano());
      }
      out.writeEndArray();
    }
  }

  /** Takes fields in the order of their writing. */
  static final class Reader {
    private final JsonParser in;

    private Reader(JsonParser in) {
      this.in = in;
    }

    long number(String field) throws IOException {
      name(field);
      expect(JsonToken.VALUE_NUMBER_INT);
      return in.getLongValue();
    }

    String text(String field) throws IOException {
      name(field);
      expect(JsonToken.VALUE_STRING);
      return in.getText();
    }

    boolean flag(String field) throws IOException {
      name(field);
      return switch (in.nextToken()) {
        case VALUE_TRUE -> true;
        case VALUE_FALSE -> false;
        default -> throw new IllegalArgumentException("not a flag");
      };
    }

    byte[] bytes(String field) throws IOException {
      name(field);
      expect(JsonToken.VALUE_EMBEDDED_OBJECT);
      return in.getBinaryValue();
    }

    /** The parser makes the array for this call: it is owned without another copy. */
    SecretBytes secret(String field) throws IOException {
      return SecretBytes.owning(bytes(field));
    }

    List<String> texts(String field) throws IOException {
      name(field);
      expect(JsonToken.START_ARRAY);
      List<String> values = new ArrayList<>();
      while (in.nextToken() == JsonToken.VALUE_STRING) {
        values.add(in.getText());
      }
      require(in.currentToken() == JsonToken.END_ARRAY);
      return values;
    }

    Optional<String> optionalText(String field) throws IOException {
      List<String> values = texts(field);
      require(values.size() <= 1);
      return values.stream().findFirst();
    }

    List<SecretBytes> secrets(String field) throws IOException {
      name(field);
      expect(JsonToken.START_ARRAY);
      List<SecretBytes> values = new ArrayList<>();
      while (in.nextToken() == JsonToken.VALUE_EMBEDDED_OBJECT) {
        values.add(SecretBytes.owning(in.getBinaryValue()));
      }
      require(in.currentToken() == JsonToken.END_ARRAY);
      return values;
    }

    Optional<Instant> time(String field) throws IOException {
      name(field);
      expect(JsonToken.START_ARRAY);
      if (in.nextToken() == JsonToken.END_ARRAY) {
        return Optional.empty();
      }
      require(in.currentToken() == JsonToken.VALUE_NUMBER_INT);
      long second = in.getLongValue();
      expect(JsonToken.VALUE_NUMBER_INT);
      Instant time = Instant.ofEpochSecond(second, in.getIntValue());
      expect(JsonToken.END_ARRAY);
      return Optional.of(time);
    }

    private void name(String field) throws IOException {
      expect(JsonToken.FIELD_NAME);
      require(in.currentName().equals(field));
    }

    private void expect(JsonToken token) throws IOException {
      require(in.nextToken() == token);
    }

    private static void require(boolean asWritten) {
      if (!asWritten) {
        throw new IllegalArgumentException("not the fields of this record");
      }
    }
  }

  /** Lends buffers for one use and clears them afterwards: private keys pass through them. */
  private static final class ClearedBuffers
      extends RecyclerPool.NonRecyclingPoolBase<BufferRecycler> {
    @Serial private static final long serialVersionUID = 1L;

    @Override
    public BufferRecycler acquirePooled() {
      return new BufferRecycler() {
        @Override
        public void releaseByteBuffer(int kind, byte[] buffer) {
          Arrays.fill(buffer, (byte) 0);
        }
      };
    }
  }
}
