package dev.vedette.onnx;

import dev.vedette.DataException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One message in the wire format of Protocol Buffers, field by field in the order of the calls.
 * Repeated numbers are packed.
 */
final class ProtoWriter {
  /** Runtimes read no file above 2 GiB; well below it messages are still put together in memory. */
  private static final int MOST_BYTES = 1 << 30;

  private byte[] bytes = new byte[64];
  private int size;

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  ProtoWriter number(int field, long value) {
    key(field, 0);
    varint(value);
    return this;
  }

  ProtoWriter real(int field, float value) {
    key(field, 5);
    int bits = Float.floatToRawIntBits(value);
    makeRoom(Float.BYTES);
    for (int shift = 0; shift < 32; shift += 8) {
      bytes[size++] = (byte) (bits >>> shift);
    }
    return this;
  }

  ProtoWriter text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  ProtoWriter bytes(int field, byte[] value) {
    announce(field, value.length);
    return append(value, value.length);
  }

  ProtoWriter message(int field, ProtoWriter value) {
    announce(field, value.size);
    return append(value.bytes, value.size);
  }

  ProtoWriter numbers(int field, long[] values) {
    var packed = new ProtoWriter();
    for (long value : values) {
      packed.varint(value);
    }
    return message(field, packed);
  }

  /** The fields of {@code other}, after those that are here. */
  ProtoWriter append(ProtoWriter other) {
    return append(other.bytes, other.size);
  }

  private ProtoWriter append(byte[] value, int length) {
    makeRoom(length);
    System.arraycopy(value, 0, bytes, size, length);
    size += length;
    return this;
  }

  private void announce(int field, int length) {
    key(field, 2);
    varint(length);
  }

  private void key(int field, int wireType) {
    varint((long) field << 3 | wireType);
  }

  private void varint(long value) {
    makeRoom(10);
    long left = value;
    while ((left & ~0x7fL) != 0) {
      bytes[size++] = (byte) ((left & 0x7f) | 0x80);
      left >>>= 7;
    }
    bytes[size++] = (byte) left;
  }

  private void makeRoom(int more) {
    long needed = (long) size + more;
    if (needed > MOST_BYTES) {
      throw new DataException(
          "the model needs more than 1 GiB as ONNX; fit it with fewer or smaller parts");
    }
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(MOST_BYTES, Math.max(needed, 2L * bytes.length)));
    }
  }
}
