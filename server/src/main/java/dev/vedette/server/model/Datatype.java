package dev.vedette.server.model;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What the elements of a {@link Tensor} are, by the names of the Open Inference Protocol; as bytes
 * they are little-endian.
 */
public enum Datatype {
  BOOL(1),
  UINT8(1),
  UINT16(2),
  UINT32(4),
  UINT64(8),
  INT8(1),
  INT16(2),
  INT32(4),
  INT64(8),
  FP16(2),
  BF16(2),
  FP32(4),
  FP64(8),
  /** Texts in UTF-8, each after its length in four bytes. */
  BYTES(0);

  /** Beyond it not every whole number is one that a double holds. */
  private static final long EXACT = 1L << 53;

  private final int size;

  Datatype(int size) {
    this.size = size;
  }

  /** The bytes of an element; 0 where they differ. */
  int size() {
    return size;
  }

  /**
   * The datatype of this name.
   *
   * @throws RefusedException naming those there are
   */
  public static Datatype of(String name) {
    for (Datatype type : values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    throw RefusedException.invalid(
        "there is no datatype %s; there are %s".formatted(name, Arrays.toString(values())));
  }

  /** The next element of {@code from} as a number. */
  double next(ByteBuffer from) {
    return switch (this) {
      case BOOL, UINT8 -> from.get() & 0xff;
      case UINT16 -> from.getShort() & 0xffff;
      case UINT32 -> from.getInt() & 0xffff_ffffL;
      case INT8 -> from.get();
      case INT16 -> from.getShort();
      case INT32 -> from.getInt();
      case INT64 -> exact(from.getLong());
      case UINT64 -> unsigned(from.getLong());
      case FP16 -> Float.float16ToFloat(from.getShort());
      case BF16 -> Float.intBitsToFloat(from.getShort() << 16);
      case FP32 -> from.getFloat();
      case FP64 -> from.getDouble();
      case BYTES -> throw new IllegalStateException("texts are no numbers");
    };
  }

  /** {@code value} as a number, of an unsigned whole number of 64 bits. */
  public static double unsigned(long value) {
    return exact(value < 0 ? Long.MAX_VALUE : value);
  }

  /**
   * {@code value} as a number.
   *
   * @throws RefusedException when that would be another one
   */
  public static double exact(long value) {
    if (value > EXACT || value < -EXACT) {
      throw RefusedException.invalid(
          "a whole number of more than 53 bits cannot be kept exactly; send it as BYTES");
    }
    return value;
  }
}
