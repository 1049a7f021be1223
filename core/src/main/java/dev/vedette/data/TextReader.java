package dev.vedette.data;

import dev.vedette.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Characters out of bytes. Bytes that mean nothing in the character set, and NUL characters, are
 * errors that name the line. A byte order mark chooses among the Unicode encodings and is dropped.
 */
final class TextReader extends Reader {
  private static final int SIZE = 1 << 16;

  private final String name;
  private final InputStream in;
  private final CharsetDecoder decoder;
  private final ByteBuffer bytes = ByteBuffer.allocate(SIZE);
  private final CharBuffer chars = CharBuffer.allocate(SIZE);
  private boolean ended;
  private boolean atEnd;
  private long line = 1;
  private char last;
  private int trailingQuotes;

  /**
   * Reads {@code in}, which belongs to this reader from now on.
   *
   * @param encoding null for UTF-8 or what the byte order mark says
   */
  TextReader(String name, InputStream in, @Nullable Charset encoding) throws IOException {
    this.name = name;
    this.in = in;
    int got = in.readNBytes(bytes.array(), 0, 4);
    bytes.limit(got);
    Mark mark = Mark.of(bytes.array(), got);
    Charset charset = encoding == null ? mark.charset : encoding;
    if (charset.equals(mark.charset)) {
      bytes.position(mark.length);
    }
    decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    chars.limit(0);
  }

  private record Mark(Charset charset, int length) {
    static Mark of(byte[] start, int length) {
      int first = length < 2 ? 0 : (start[0] & 0xff) << 8 | (start[1] & 0xff);
      if (first == 0xfffe) {
        boolean wide = length == 4 && start[2] == 0 && start[3] == 0;
        return wide
            ? new Mark(Charset.forName("UTF-32LE"), 4)
            : new Mark(StandardCharsets.UTF_16LE, 2);
      }
      if (first == 0xfeff) {
        return new Mark(StandardCharsets.UTF_16BE, 2);
      }
      boolean utf8 = first == 0xefbb && length > 2 && (start[2] & 0xff) == 0xbf;
      return new Mark(StandardCharsets.UTF_8, utf8 ? 3 : 0);
    }
  }

  @Override
  public int read(char[] into, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    if (!chars.hasRemaining() && !decode()) {
      atEnd = true;
      return -1;
    }
    int count = Math.min(length, chars.remaining());
    chars.get(into, offset, count);
    return count;
  }

  /** Refills {@code chars}; false at the end. */
  private boolean decode() {
    chars.clear();
    CoderResult result = CoderResult.UNDERFLOW;
    while (chars.position() == 0) {
      result = decoder.decode(bytes, chars, ended);
      if (result.isError() || chars.position() > 0) {
        break;
      }
      if (ended) {
        chars.limit(0);
        return false;
      }
      fill();
    }
    chars.flip();
    check();
    if (result.isError()) {
      throw malformed(result);
    }
    return true;
  }

  private void fill() {
    bytes.compact();
    int got;
    try {
      got = in.read(bytes.array(), bytes.position(), bytes.remaining());
    } catch (IOException e) {
      // Not as an IOException, so that it cannot be taken for one of writing results.
      throw Source.unreadable(name, e);
    }
    ended = got < 0;
    bytes.position(bytes.position() + Math.max(got, 0)).flip();
  }

  /** Counts lines, remembers how the text ends, refuses NUL. */
  private void check() {
    char[] text = chars.array();
    int end = chars.limit();
    char previous = last;
    for (int i = 0; i < end; i++) {
      char c = text[i];
      if (c <= '\r') {
        if (c == '\r' || (c == '\n' && previous != '\r')) {
          line++;
        } else if (c == '\0') {
          throw new DataException(
              "%s line %d has a NUL character, so it is not a text table (if it is UTF-16 without a"
                      .formatted(name, line)
                  + " byte order mark, pass --encoding UTF-16LE)");
        }
      }
      previous = c;
    }
    last = previous;
    int from = end;
    while (from > 0 && text[from - 1] == '"') {
      from--;
    }
    trailingQuotes = from == 0 ? trailingQuotes + end : end - from;
  }

  private DataException malformed(CoderResult result) {
    var hex = new StringBuilder();
    for (int i = 0; i < result.length(); i++) {
      hex.append(String.format(java.util.Locale.ROOT, "%02X", bytes.get(bytes.position() + i)));
    }
    return new DataException(
        "%s line %d: the bytes %s are not %s; pass the encoding of the file, such as --encoding"
                .formatted(name, line, hex, decoder.charset().name())
            + " windows-1252");
  }

  /** Whether a reader of this text has been told that there is no more of it. */
  boolean atEnd() {
    return atEnd;
  }

  /** The last character read so far; NUL when there was none. */
  char last() {
    return last;
  }

  /** How many quotation marks are at the end of what was read so far. */
  int trailingQuotes() {
    return trailingQuotes;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
