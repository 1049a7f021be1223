package dev.vedette;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * How one value stands in a stream of bytes, version {@value #VERSION}, all numbers big-endian:
 * like a {@link ModelFile}, with a magic of its own for each kind of value.
 *
 * <pre>
 *   8 bytes   magic: 89 'V' 'D' letter 0D 0A 1A 0A; S a state, Q a state of a series, M a model of
 *             series, D a {@link SeriesFile}
 *   4 bytes   format version
 *   8 bytes   length of the payload
 *  32 bytes   SHA-256 of the payload
 *   n bytes   payload: the value, as {@link Codec} writes it
 * </pre>
 */
final class StateStream<T> {
  static final StateStream<OnlineState> ONLINE = new StateStream<>(OnlineState.class, 'S', "state");
  static final StateStream<SeriesState> SERIES =
      new StateStream<>(SeriesState.class, 'Q', "state of a series");
  static final StateStream<SeriesModel> MODEL =
      new StateStream<>(SeriesModel.class, 'M', "model of series");

  static final int VERSION = 1;
  static final int HEADER = 8 + Integer.BYTES + Long.BYTES + 32;

  /** A larger state is neither written nor read. */
  static final int MOST_BYTES = 1 << 30;

  private final Class<T> type;
  private final byte[] magic;
  private final String what;

  StateStream(Class<T> type, char letter, String what) {
    this.type = type;
    this.magic = new byte[] {(byte) 0x89, 'V', 'D', (byte) letter, '\r', '\n', 0x1a, '\n'};
    this.what = what;
  }

  /** Whether {@code bytes} begin as this kind of value does. */
  boolean begins(byte[] bytes) {
    return bytes.length >= magic.length && Arrays.equals(magic, Arrays.copyOf(bytes, magic.length));
  }

  void write(T value, OutputStream out, Detectors detectors) throws IOException {
    var bytes = new ByteArrayOutputStream();
    new ModelWriter(new DataOutputStream(bytes), detectors).write(value, type);
    byte[] payload = bytes.toByteArray();
    Require.that(
        payload.length <= MOST_BYTES,
        "the %s takes %s bytes, more than the %s it may have"
            .formatted(what, payload.length, MOST_BYTES));
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    header.put(magic).putInt(VERSION).putLong(payload.length);
    header.put(Provenance.sha256().digest(payload));
    out.write(header.array());
    out.write(payload);
  }

  T read(InputStream in, Detectors detectors) throws IOException {
    byte[] payload = payload(in);
    try {
      var data = new DataInputStream(new ByteArrayInputStream(payload));
      var reader = new ModelReader(data, payload.length, detectors);
      T value = type.cast(reader.read(type));
      Require.that(reader.left() == 0, reader.left() + " bytes follow the " + what);
      return value;
    } catch (IOException | RuntimeException e) {
      // The bytes are not what Vedette writes, whatever the first thing was that noticed.
      throw new ModelFileException("the " + what + " cannot be used: " + e.getMessage(), e);
    }
  }

  private byte[] payload(InputStream in) throws IOException {
    ByteBuffer header = ByteBuffer.wrap(in.readNBytes(HEADER));
    byte[] begin = new byte[magic.length];
    byte[] expected = new byte[32];
    if (header.remaining() == HEADER) {
      header.get(begin);
    }
    if (!Arrays.equals(begin, magic)) {
      throw new ModelFileException("the bytes are not a " + what + " of a Vedette detector");
    }
    int version = header.getInt();
    if (version < 1 || version > VERSION) {
      throw new ModelFileException(
          "the %s has format version %s, this library reads 1 to %s"
              .formatted(what, version, VERSION));
    }
    long length = header.getLong();
    if (length < 0 || length > MOST_BYTES) {
      throw new ModelFileException(
          "the %s announces %s bytes, more than the %s it may have"
              .formatted(what, length, MOST_BYTES));
    }
    header.get(expected);
    byte[] payload = in.readNBytes((int) length); // grows with what is there
    if (payload.length < length) {
      throw new ModelFileException(
          "the %s is cut off: %s of %s bytes are there".formatted(what, payload.length, length));
    }
    if (!Arrays.equals(Provenance.sha256().digest(payload), expected)) {
      throw new ModelFileException("the checksum of the " + what + " is wrong: it was damaged");
    }
    return payload;
  }
}
