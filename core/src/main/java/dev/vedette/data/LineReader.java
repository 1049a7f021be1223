package dev.vedette.data;

import dev.vedette.DataException;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;

/** The lines of a text, in one growing character array, reused. */
final class LineReader implements Closeable {
  private final String file;
  private final Reader text;
  private final char[] buffer = new char[1 << 14];
  private int at;
  private int end;
  private boolean afterReturn;
  private long line;

  char[] characters = new char[1024];
  int length;

  LineReader(String file, Reader text) {
    this.file = file;
    this.text = text;
  }

  /** Reads the next line that is not blank; false at the end. */
  boolean next() throws IOException {
    do {
      if (!advance()) {
        return false;
      }
    } while (blank());
    return true;
  }

  private boolean blank() {
    for (int i = 0; i < length; i++) {
      if (!Character.isWhitespace(characters[i])) {
        return false;
      }
    }
    return true;
  }

  private boolean advance() throws IOException {
    length = 0;
    line++;
    while (true) {
      if (at == end) {
        at = 0;
        end = Math.max(0, text.read(buffer));
        if (end == 0) {
          return length > 0;
        }
      }
      if (afterReturn && buffer[at] == '\n') {
        at++;
        afterReturn = false;
        continue;
      }
      afterReturn = false;
      int from = at;
      while (at < end && buffer[at] != '\n' && buffer[at] != '\r') {
        at++;
      }
      append(from, at);
      if (at < end) {
        afterReturn = buffer[at++] == '\r';
        return true;
      }
    }
  }

  private void append(int from, int to) {
    int size = to - from;
    if (size > Cells.MOST_CHARACTERS - length) {
      throw new DataException(
          "%s line %d has more than %d characters; write one object per line"
              .formatted(file, line, Cells.MOST_CHARACTERS));
    }
    if (length + size > characters.length) {
      characters = Arrays.copyOf(characters, Math.max(length + size, 2 * characters.length));
    }
    System.arraycopy(buffer, from, characters, length, size);
    length += size;
  }

  /** The number of the line last read, from 1. */
  long line() {
    return line;
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
