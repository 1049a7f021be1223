package dev.vedette.data;

import dev.vedette.Require;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a file is read as a table. Immutable; {@code new ReadOptions()} is right for most files.
 *
 * @param label the column that says which rows are known anomalies, or null
 * @param ignored columns that are not part of the table; they stay in the records of {@link Block}
 * @param missing texts that stand for a missing value; case and surrounding blanks do not matter,
 *     and an empty field is always missing
 * @param kinds columns whose kind is declared instead of inferred. A column declared as {@link
 *     Kind#TIME} may hold numbers, see {@link TableFile}
 * @param encoding the character set, or null for UTF-8 or what a byte order mark says
 * @param delimiter what separates the fields of a CSV file, or null for the one of comma,
 *     semicolon, tab and bar that fits the first lines best
 * @param badRows what to do with a row that cannot be read; null to refuse the file
 * @param zone whose clock times without an offset are of; UTC unless told otherwise. The hour that
 *     comes twice in autumn is the first, one that spring leaves out is an hour later
 */
public record ReadOptions(
    @Nullable String label,
    Set<String> ignored,
    Set<String> missing,
    Map<String, Kind> kinds,
    @Nullable Charset encoding,
    @Nullable Character delimiter,
    @Nullable SkipBadRows badRows,
    ZoneId zone) {

  /**
   * Leaves out rows that cannot be read, as long as they are at most half of all rows.
   *
   * @param quarantine a CSV file that gets these rows, with line number and error; null for none
   */
  public record SkipBadRows(@Nullable Path quarantine) {}

  private static final Set<String> USUAL_MISSING =
      copy(List.of("", "NA", "N/A", "NaN", "null", "none", "nil", "-", "?", "missing"));

  public ReadOptions() {
    this(null, Set.of(), USUAL_MISSING, Map.of(), null, null, null, ZoneOffset.UTC);
  }

  public ReadOptions {
    ignored = copy(ignored);
    missing = copy(missing);
    zone = zone.normalized();
    kinds = Collections.unmodifiableMap(new LinkedHashMap<>(kinds));
    Require.that(
        label == null || !ignored.contains(label),
        "column '" + label + "' cannot be both the label and ignored");
    if (delimiter != null) {
      char c = delimiter;
      Require.that(
          c != '"' && c != '\n' && c != '\r' && c != '\0' && !Character.isLetterOrDigit(c),
          "the delimiter must be a character such as , ; or a tab, is '" + c + "'");
    }
    for (String name : kinds.keySet()) {
      Require.that(
          !name.equals(label) && !ignored.contains(name),
          "column '" + name + "' is the label or ignored, so its kind cannot be declared");
    }
  }

  /** With this column as the label; null for none. */
  public ReadOptions label(@Nullable String column) {
    return new ReadOptions(column, ignored, missing, kinds, encoding, delimiter, badRows, zone);
  }

  /** With these columns ignored. */
  public ReadOptions ignored(Collection<String> columns) {
    return new ReadOptions(
        label, copy(columns), missing, kinds, encoding, delimiter, badRows, zone);
  }

  /** With these texts standing for a missing value, instead of the usual ones. */
  public ReadOptions missing(Collection<String> tokens) {
    return new ReadOptions(label, ignored, copy(tokens), kinds, encoding, delimiter, badRows, zone);
  }

  /** With the kind of one more column declared. */
  public ReadOptions kind(String column, Kind kind) {
    var more = new LinkedHashMap<>(kinds);
    more.put(column, kind);
    return new ReadOptions(label, ignored, missing, more, encoding, delimiter, badRows, zone);
  }

  /** With this character set; null to detect it. */
  public ReadOptions encoding(@Nullable Charset charset) {
    return new ReadOptions(label, ignored, missing, kinds, charset, delimiter, badRows, zone);
  }

  /** With this delimiter; null to detect it. */
  public ReadOptions delimiter(@Nullable Character character) {
    return new ReadOptions(label, ignored, missing, kinds, encoding, character, badRows, zone);
  }

  /** With rows that cannot be read left out. */
  public ReadOptions skipBadRows() {
    return badRows(new SkipBadRows(null));
  }

  /** With rows that cannot be read left out of the table and written to {@code quarantine}. */
  public ReadOptions skipBadRows(Path quarantine) {
    return badRows(new SkipBadRows(quarantine));
  }

  /** With times without an offset read by the clock of this zone. */
  public ReadOptions zone(ZoneId clock) {
    return new ReadOptions(label, ignored, missing, kinds, encoding, delimiter, badRows, clock);
  }

  private ReadOptions badRows(SkipBadRows skip) {
    return new ReadOptions(label, ignored, missing, kinds, encoding, delimiter, skip, zone);
  }

  private static Set<String> copy(Collection<String> values) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(values));
  }
}
