package dev.vedette.data;

import dev.vedette.DataException;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a file is written, told from its name and its first characters.
 *
 * @param json whether it is JSON Lines; CSV otherwise
 * @param delimiter what separates the fields of a CSV file
 */
record Dialect(boolean json, char delimiter) {
  private static final int SAMPLE = 1 << 16;
  private static final int LINES = 100;
  private static final char[] DELIMITERS = {',', ';', '\t', '|'};

  /** Which format the caller says it is. */
  enum Format {
    DETECT,
    CSV,
    JSON_LINES
  }

  /**
   * Looks at the start of {@code text}.
   *
   * @param delimiter null to detect it
   * @throws DataException when the text is blank
   */
  static Dialect of(String file, Reader text, Format format, @Nullable Character delimiter)
      throws IOException {
    char[] start = new char[SAMPLE];
    int length = 0;
    for (int got; length < SAMPLE && (got = text.read(start, length, SAMPLE - length)) > 0; ) {
      length += got;
    }
    int first = 0;
    while (first < length && Character.isWhitespace(start[first])) {
      first++;
    }
    if (first == length && length < SAMPLE) {
      throw new DataException(
          file + " is empty; expected a header and rows, or one JSON object per line");
    }
    boolean json =
        format == Format.DETECT
            ? (first < length && start[first] == '{') || namedJson(file)
            : format == Format.JSON_LINES;
    if (json && first < length && start[first] == '[') {
      throw new DataException(
          file + " is a JSON array; write one object per line (jq -c '.[]' does it)");
    }
    return new Dialect(json, delimiter != null ? delimiter : json ? ',' : detect(start, length));
  }

  private static boolean namedJson(String file) {
    String name = file.toLowerCase(Locale.ROOT);
    name = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    return name.endsWith(".jsonl") || name.endsWith(".ndjson") || name.endsWith(".json");
  }

  /**
   * The delimiter that is in the header and as often in most other lines; of several the one most
   * often in the header, of those the first of {@link #DELIMITERS}; a comma when there is none.
   */
  private static char detect(char[] text, int length) {
    List<int[]> counts = counts(text, length);
    int best = 0;
    double bestShare = -1;
    for (int d = 0; d < DELIMITERS.length; d++) {
      int inHeader = counts.getFirst()[d];
      int agreeing = 0;
      for (int[] line : counts) {
        agreeing += line[d] == inHeader ? 1 : 0;
      }
      double share = inHeader == 0 ? 0 : (double) agreeing / counts.size();
      boolean better = share == bestShare && inHeader > counts.getFirst()[best];
      if (share > bestShare || better) {
        best = d;
        bestShare = share;
      }
    }
    return DELIMITERS[best];
  }

  /** How often each delimiter is in each of the first lines, outside quotes. */
  private static List<int[]> counts(char[] text, int length) {
    var counts = new ArrayList<int[]>();
    int[] line = new int[DELIMITERS.length];
    boolean quoted = false;
    boolean blank = true;
    for (int i = 0; i < length && counts.size() < LINES; i++) {
      char c = text[i];
      quoted ^= c == '"';
      if ((c == '\n' || c == '\r') && !quoted) {
        if (!blank) {
          counts.add(line);
          line = new int[DELIMITERS.length];
        }
        blank = true;
      } else {
        blank = false;
        count(line, c, quoted);
      }
    }
    if (counts.isEmpty()) {
      counts.add(line);
    }
    return counts;
  }

  private static void count(int[] line, char c, boolean quoted) {
    for (int d = 0; d < DELIMITERS.length && !quoted; d++) {
      line[d] += c == DELIMITERS[d] ? 1 : 0;
    }
  }
}
