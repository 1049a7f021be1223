package dev.vedette.connect.store;

import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Reads what a {@link BodyWriter} wrote, in the same order. Used by one thread. */
final class BodyReader {
  private final byte[] bytes;
  private final IntFunction<String> names;
  private int at;

  /**
   * @param names the text of each number that the writer's dictionary gave
   */
  BodyReader(byte[] bytes, IntFunction<String> names) {
    this.bytes = bytes;
    this.names = names;
  }

  /** A reader of bytes written without a dictionary. */
  BodyReader(byte[] bytes) {
    this(
        bytes,
        number -> {
          throw new IllegalStateException("there is no name " + number);
        });
  }

  int octet() {
    return bytes[at++] & 0xFF;
  }

  long signed() {
    long value = unsigned();
    return value >>> 1 ^ -(value & 1);
  }

  long unsigned() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int octet = octet();
      value |= (octet & 0x7FL) << shift;
      if (octet < 0x80) {
        return value;
      }
    }
    throw new IllegalStateException("a number is too long");
  }

  double number() {
    int kind = octet();
    return switch (kind) {
      case BodyWriter.WHOLE -> signed();
      case BodyWriter.CENTS -> signed() / 100.0;
      case BodyWriter.FLOAT -> Float.intBitsToFloat((int) fixed(4));
      case BodyWriter.RAW -> Double.longBitsToDouble(fixed(8));
      default -> throw new IllegalStateException("a number is of the unknown kind " + kind);
    };
  }

  String text() {
    long head = unsigned();
    int length = Math.toIntExact(head >>> 1);
    if (length > bytes.length - at) {
      throw new IllegalStateException("a text is longer than the bytes");
    }
    if ((head & 1) == 0) {
      at += length;
      return new String(bytes, at - length, length, StandardCharsets.ISO_8859_1);
    }
    char[] units = new char[length];
    for (int i = 0; i < length; i++) {
      units[i] = (char) unsigned();
    }
    return new String(units);
  }

  /** A name; null where the writer wrote that there is none. */
  @Nullable String nameIfAny() {
    int head = Math.toIntExact(unsigned());
    return switch (head) {
      case BodyWriter.NO_NAME -> null;
      case BodyWriter.NEW_NAME -> text();
      default -> names.apply(head - BodyWriter.NAMES);
    };
  }

  String name() {
    String name = nameIfAny();
    if (name == null) {
      throw new IllegalStateException("a name is not there");
    }
    return name;
  }

  private long fixed(int octets) {
    long value = 0;
    for (int i = 0; i < octets; i++) {
      value = value << 8 | octet();
    }
    return value;
  }
}
