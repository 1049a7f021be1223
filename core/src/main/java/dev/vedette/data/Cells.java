package dev.vedette.data;

import java.util.Arrays;

/** One record being read: its fields as slices of one growing character array, reused. */
final class Cells {
  /** The most fields of a record. */
  static final int MOST_COLUMNS = 10_000;

  /** The most characters of a record. */
  static final int MOST_CHARACTERS = 1 << 24;

  char[] text = new char[1024];

  /** Where field {@code i} starts and ends, without surrounding blanks. */
  int[] from = new int[16];

  int[] to = new int[16];
  private int[] rawFrom = new int[16];
  private int[] rawTo = new int[16];
  private int length;
  private int count;
  private long line;

  /** Starts a record of {@code fields} empty fields at the physical line {@code startingLine}. */
  void begin(long startingLine, int fields) {
    line = startingLine;
    count = fields;
    length = 0;
    ensureFields(fields);
    Arrays.fill(rawFrom, 0, fields, -1);
    Arrays.fill(rawTo, 0, fields, -1);
    Arrays.fill(from, 0, fields, 0);
    Arrays.fill(to, 0, fields, 0);
  }

  /** Adds a field; false when the record gets too long or has too many fields. */
  boolean add(char[] buffer, int offset, int size) {
    if (count == MOST_COLUMNS) {
      return false;
    }
    ensureFields(count + 1);
    count++;
    return set(count - 1, buffer, offset, size);
  }

  /** Sets a field of the record; false when the record gets too long. */
  boolean set(int field, char[] buffer, int offset, int size) {
    if (size > MOST_CHARACTERS - length) {
      return false;
    }
    if (length + size > text.length) {
      text = Arrays.copyOf(text, Math.max(length + size, 2 * text.length));
    }
    System.arraycopy(buffer, offset, text, length, size);
    rawFrom[field] = length;
    length += size;
    rawTo[field] = length;
    trim(field);
    return true;
  }

  private void trim(int field) {
    int start = rawFrom[field];
    int end = rawTo[field];
    while (start < end && blank(text[start])) {
      start++;
    }
    while (end > start && blank(text[end - 1])) {
      end--;
    }
    from[field] = start;
    to[field] = end;
  }

  private static boolean blank(char c) {
    return c <= ' ' || c == '\u00a0' || c == '\ufeff';
  }

  private void ensureFields(int fields) {
    if (fields > from.length) {
      int size = Math.max(fields, 2 * from.length);
      from = Arrays.copyOf(from, size);
      to = Arrays.copyOf(to, size);
      rawFrom = Arrays.copyOf(rawFrom, size);
      rawTo = Arrays.copyOf(rawTo, size);
    }
  }

  /** Whether the field was set since {@link #begin}. */
  boolean isSet(int field) {
    return rawFrom[field] >= 0;
  }

  int count() {
    return count;
  }

  /** The physical line on which the record starts, from 1. */
  long line() {
    return line;
  }

  /** A field without surrounding blanks. */
  String string(int field) {
    return new String(text, from[field], to[field] - from[field]);
  }

  /** All fields exactly as they were written; empty where not set. */
  String[] strings() {
    var strings = new String[count];
    for (int i = 0; i < count; i++) {
      strings[i] = isSet(i) ? new String(text, rawFrom[i], rawTo[i] - rawFrom[i]) : "";
    }
    return strings;
  }

  /** A field for a message: on one line, in quotes, shortened. */
  String quoted(int field) {
    return quoted(string(field));
  }

  /** A value for a message: on one line, in quotes, shortened. */
  static String quoted(String value) {
    String shown = value.length() <= 60 ? value : value.substring(0, 57) + "...";
    var clean = new StringBuilder("'");
    shown.chars().forEach(c -> clean.append(Character.isISOControl(c) ? ' ' : (char) c));
    return clean.append('\'').toString();
  }
}
