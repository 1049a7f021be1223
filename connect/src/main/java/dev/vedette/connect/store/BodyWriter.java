package dev.vedette.connect.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.ToIntFunction;

/**
 * Bytes of a body, written one value after another. Everything comes back from {@link BodyReader}
 * bit by bit: a number takes 2 to 9 bytes by how simple it is, a text of ASCII one byte for each
 * character, another text one to three for each UTF-16 unit. Used by one thread.
 */
final class BodyWriter {
  static final int RAW = 0;
  static final int FLOAT = 1;
  static final int WHOLE = 2;
  static final int CENTS = 3;

  /** What stands for a name: its number in the dictionary and this; below are special cases. */
  static final int NAMES = 2;

  static final int NO_NAME = 0;
  static final int NEW_NAME = 1;

  /** Numbers less than this take at most four bytes when they are whole. */
  private static final int MOST = 1 << 27;

  private final ToIntFunction<String> names;
  private byte[] bytes = new byte[512];
  private int size;

  /**
   * @param names the number of a text that many bodies repeat, or −1 for a text to be written out
   */
  BodyWriter(ToIntFunction<String> names) {
    this.names = names;
  }

  /** A writer without a dictionary. */
  BodyWriter() {
    this(name -> -1);
  }

  /** All written since the last call. */
  byte[] take() {
    byte[] result = Arrays.copyOf(bytes, size);
    size = 0;
    return result;
  }

  void octet(int value) {
    room(1);
    bytes[size++] = (byte) value;
  }

  /** A number of which small ones, negative or not, are likely. */
  void signed(long value) {
    unsigned(value << 1 ^ value >> 63);
  }

  /** A number of which small ones are likely, seven bits in a byte, lowest first. */
  void unsigned(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  void number(double value) {
    long raw = Double.doubleToRawLongBits(value);
    if (Math.abs(value) < MOST) {
      int whole = (int) value;
      if (same(whole, raw)) {
        octet(WHOLE);
        signed(whole);
        return;
      }
      long cents = Math.round(value * 100);
      if (Math.abs(cents) < MOST && same(cents / 100.0, raw)) {
        octet(CENTS);
        signed(cents);
        return;
      }
    }
    if (same((float) value, raw)) {
      octet(FLOAT);
      fixed(Float.floatToRawIntBits((float) value), 4);
    } else {
      octet(RAW);
      fixed(raw, 8);
    }
  }

  private static boolean same(double value, long raw) {
    return Double.doubleToRawLongBits(value) == raw;
  }

  void text(String text) {
    int length = text.length();
    boolean ascii = true;
    for (int i = 0; ascii && i < length; i++) {
      ascii = text.charAt(i) < 0x80;
    }
    unsigned((long) length << 1 | (ascii ? 0 : 1));
    if (ascii) {
      room(length);
      byte[] units = text.getBytes(StandardCharsets.ISO_8859_1);
      System.arraycopy(units, 0, bytes, size, length);
      size += length;
    } else {
      for (int i = 0; i < length; i++) {
        unsigned(text.charAt(i));
      }
    }
  }

  /** A text that many bodies are likely to repeat. */
  void name(String name) {
    int known = names.applyAsInt(name);
    if (known >= 0) {
      unsigned((long) known + NAMES);
    } else {
      unsigned(NEW_NAME);
      text(name);
    }
  }

  /** In place of a name that is not there. */
  void noName() {
    unsigned(NO_NAME);
  }

  private void fixed(long value, int octets) {
    room(octets);
    for (int shift = 8 * octets - 8; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (value >> shift);
    }
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(size, more)));
    }
  }
}
