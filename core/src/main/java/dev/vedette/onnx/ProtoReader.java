package dev.vedette.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * The fields of one message in the wire format of Protocol Buffers, one after the other. Takes no
 * more memory than there are bytes.
 *
 * <p>Every method throws {@link IllegalArgumentException} where the bytes are no such message.
 */
final class ProtoReader {
  private static final int VARINT = 0;
  private static final int EIGHT_BYTES = 1;
  private static final int LENGTH = 2;
  private static final int FOUR_BYTES = 5;

  private final ByteBuffer bytes;
  private int field;
  private int wireType;

  ProtoReader(byte[] bytes) {
    this(ByteBuffer.wrap(bytes));
  }

  private ProtoReader(ByteBuffer bytes) {
    this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Goes to the next field, whose value must then be read or skipped; false at the end. */
  boolean next() {
    if (!bytes.hasRemaining()) {
      return false;
    }
    long key = varint();
    field = (int) (key >>> 3);
    wireType = (int) (key & 7);
    if (field <= 0 || key >>> 32 != 0) {
      throw new IllegalArgumentException("a field has a number that is none");
    }
    return true;
  }

  int field() {
    return field;
  }

  long number() {
    require(VARINT);
    return varint();
  }

  ProtoReader message() {
    return new ProtoReader(part());
  }

  String text() {
    return StandardCharsets.UTF_8.decode(part()).toString();
  }

  /** The bytes of a field, little-endian. */
  ByteBuffer part() {
    require(LENGTH);
    return take(varint()).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Adds one whole number, or many that are packed. */
  void numbers(LongStream.Builder into) {
    if (wireType != LENGTH) {
      into.add(number());
      return;
    }
    ProtoReader packed = message();
    while (packed.bytes.hasRemaining()) {
      into.add(packed.varint());
    }
  }

  /** Adds one number of single precision, or many that are packed. */
  void reals(DoubleStream.Builder into) {
    ByteBuffer values;
    if (wireType == LENGTH) {
      values = part();
    } else {
      require(FOUR_BYTES);
      values = take(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }
    while (values.remaining() >= Float.BYTES) {
      into.add(values.getFloat());
    }
  }

  void skip() {
    switch (wireType) {
      case VARINT -> varint();
      case EIGHT_BYTES -> take(Long.BYTES);
      case LENGTH -> part();
      case FOUR_BYTES -> take(Float.BYTES);
      default -> throw new IllegalArgumentException("a field is of no known type");
    }
  }

  private void require(int expected) {
    if (wireType != expected) {
      throw new IllegalArgumentException("field " + field + " is of another type");
    }
  }

  private ByteBuffer take(long length) {
    if (length < 0 || length > bytes.remaining()) {
      throw new IllegalArgumentException("it is cut off");
    }
    ByteBuffer part = bytes.slice(bytes.position(), (int) length);
    bytes.position(bytes.position() + (int) length);
    return part;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (!bytes.hasRemaining()) {
        throw new IllegalArgumentException("it is cut off");
      }
      byte next = bytes.get();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number does not end");
  }
}
