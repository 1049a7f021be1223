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
 * How an {@link OnlineState} stands in a stream of bytes, version {@value #VERSION}, all numbers
 * big-endian: like a {@link ModelFile}, with a magic of its own.
 *
 * <pre>
 *   8 bytes   magic: 89 'V' 'D' 'S' 0D 0A 1A 0A
 *   4 bytes   format version
 *   8 bytes   length of the payload
 *  32 bytes   SHA-256 of the payload
 *   n bytes   payload: the state, as {@link Codec} writes it
 * </pre>
 */
final class StateStream {
  static final int VERSION = 1;
  static final int HEADER = 8 + Integer.BYTES + Long.BYTES + 32;

  /** A larger state is neither written nor read. */
  static final int MOST_BYTES = 1 << 30;

  private static final byte[] MAGIC = {(byte) 0x89, 'V', 'D', 'S', '\r', '\n', 0x1a, '\n'};

  private StateStream() {}

  static void write(OnlineState state, OutputStream out, Detectors detectors) throws IOException {
    var bytes = new ByteArrayOutputStream();
    new ModelWriter(new DataOutputStream(bytes), detectors).write(state, OnlineState.class);
    byte[] payload = bytes.toByteArray();
    Require.that(
        payload.length <= MOST_BYTES,
        "the state takes %s bytes, more than the %s it may have"
            .formatted(payload.length, MOST_BYTES));
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    header.put(MAGIC).putInt(VERSION).putLong(payload.length);
    header.put(Provenance.sha256().digest(payload));
    out.write(header.array());
    out.write(payload);
  }

  static OnlineState read(InputStream in, Detectors detectors) throws IOException {
    byte[] payload = payload(in);
    try {
      var data = new DataInputStream(new ByteArrayInputStream(payload));
      var reader = new ModelReader(data, payload.length, detectors);
      var state = (OnlineState) reader.read(OnlineState.class);
      Require.that(reader.left() == 0, reader.left() + " bytes follow the state");
      return state;
    } catch (IOException | RuntimeException e) {
      // The bytes are not what Vedette writes, whatever the first thing was that noticed.
      throw new ModelFileException("the state cannot be used: " + e.getMessage(), e);
    }
  }

  private static byte[] payload(InputStream in) throws IOException {
    ByteBuffer header = ByteBuffer.wrap(in.readNBytes(HEADER));
    byte[] magic = new byte[MAGIC.length];
    byte[] expected = new byte[32];
    if (header.remaining() == HEADER) {
      header.get(magic);
    }
    if (!Arrays.equals(magic, MAGIC)) {
      throw new ModelFileException("the bytes are not a state of a Vedette detector");
    }
    int version = header.getInt();
    if (version < 1 || version > VERSION) {
      throw new ModelFileException(
          "the state has format version %s, this library reads 1 to %s"
              .formatted(version, VERSION));
    }
    long length = header.getLong();
    if (length < 0 || length > MOST_BYTES) {
      throw new ModelFileException(
          "the state announces %s bytes, more than the %s it may have"
              .formatted(length, MOST_BYTES));
    }
    header.get(expected);
    byte[] payload = in.readNBytes((int) length); // grows with what is there
    if (payload.length < length) {
      throw new ModelFileException(
          "the state is cut off: %s of %s bytes are there".formatted(payload.length, length));
    }
    if (!Arrays.equals(Provenance.sha256().digest(payload), expected)) {
      throw new ModelFileException("the checksum of the state is wrong: it was damaged");
    }
    return payload;
  }
}
