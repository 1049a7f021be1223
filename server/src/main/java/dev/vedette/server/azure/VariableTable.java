package dev.vedette.server.azure;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.vedette.DataException;
import dev.vedette.azure.MultivariateVariable;
import dev.vedette.data.Column;
import dev.vedette.data.Csv;
import dev.vedette.data.Kind;
import dev.vedette.data.ReadOptions;
import dev.vedette.data.Table;
import dev.vedette.server.azure.AzureSettings.Quota;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A CSV file with a column of timestamps and columns of values. */
final class VariableTable {
  private static final String TIME = "timestamp";
  private static final String VALUE = "value";
  private static final Pattern COLUMN = Pattern.compile("column '([^']*)': (.*)");

  private final Path file;
  private final String name;
  private final Quota quota;

  /**
   * @param name of the file, for people
   */
  VariableTable(Path file, String name, Quota quota) {
    this.file = file;
    this.name = name;
    this.quota = quota;
  }

  static void checkCount(int variables, Quota quota) {
    if (variables > quota.variables()) {
      throw AzureException.bad(
          "TooManyData", "Too many variables. Maximum number is %s.".formatted(quota.variables()));
    }
  }

  static AzureException duplicated() {
    return AzureException.bad(
        "DuplicatedVariables", "There are multiple variables with the same name.");
  }

  private AzureException columns() {
    return AzureException.bad(
        "FileColumnsNotExist",
        "Columns timestamp or value in file %s do not exist.".formatted(name));
  }

  /** The variable in the column {@code value}. */
  MultivariateVariable only(String variable) {
    List<String> header = header();
    if (!header.contains(TIME) || !header.contains(VALUE)) {
      throw columns();
    }
    Table table = table(List.of(VALUE), header);
    return variable(variable, VALUE, table, times(table));
  }

  static AzureException tooMany(long most) {
    return AzureException.bad(
        "TooManyData", "Too many data points. Maximum number is %s per variable.".formatted(most));
  }

  /** How many lines the file has, or some more where it has empty ones. */
  long lines() {
    long feeds = 0;
    long returns = 0;
    byte[] buffer = new byte[64 * 1024];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        for (int i = 0; i < count; i++) {
          feeds += buffer[i] == '\n' ? 1 : 0;
          returns += buffer[i] == '\r' ? 1 : 0;
        }
      }
    } catch (IOException e) {
      throw DataReader.unreadable(name, "It cannot be read.");
    }
    return Math.max(feeds, returns);
  }

  /**
   * A variable for each column but that of the timestamps.
   *
   * @param values the most that there is memory for
   */
  List<MultivariateVariable> all(long values) {
    List<String> header = header();
    if (!header.contains(TIME)) {
      throw columns();
    }
    List<String> names = header.stream().filter(column -> !column.equals(TIME)).toList();
    if (names.isEmpty()) {
      throw AzureException.bad(
          "NoVariablesFound",
          "No variables found. Check that your files are organized as per instruction.");
    }
    checkCount(names.size(), quota);
    if (lines() > values / names.size()) {
      throw tooMany(values / names.size());
    }
    Table table = table(names, header);
    long[] times = times(table);
    return names.stream().map(column -> variable(column, column, table, times)).toList();
  }

  private List<String> header() {
    try (CsvReader<CsvRecord> records =
        CsvReader.builder().detectBomHeader(true).maxBufferSize(1 << 20).ofCsvRecord(file)) {
      var lines = records.iterator();
      List<String> header = new ArrayList<>();
      if (lines.hasNext()) {
        lines.next().getFields().forEach(field -> header.add(field.strip()));
      }
      if (new HashSet<>(header).size() != header.size()) {
        throw duplicated();
      }
      return header;
    } catch (CsvParseException | IOException | UncheckedIOException e) {
      throw DataReader.unreadable(name, "Its first line cannot be read.");
    }
  }

  private Table table(List<String> values, List<String> header) {
    ReadOptions options = new ReadOptions().delimiter(',').kind(TIME, Kind.TIME);
    for (String value : values) {
      options = options.kind(value, Kind.NUMBER);
    }
    options =
        options.ignored(
            header.stream()
                .filter(column -> !column.equals(TIME) && !values.contains(column))
                .toList());
    try {
      Table table = Csv.read(file, options);
      if (table.rows() > quota.timestamps()) {
        throw tooMany(quota.timestamps());
      }
      return table;
    } catch (DataException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  /** The trouble that {@code message} tells of, in the words of the service. */
  private AzureException refused(String message) {
    String told = message.replace(file.toString(), "").replaceFirst("^[: ]+", "");
    String cause = told.split(";", 2)[0];
    Matcher column = COLUMN.matcher(cause);
    if (column.find() && !column.group(1).equals(TIME)) {
      return AzureException.bad(
          "VariableParseError",
          "Variable %s parse %s error.".formatted(column.group(1), column.group(2)));
    }
    if (told.startsWith("has no rows")) {
      return AzureException.bad("NoData", "There is no effective data.");
    }
    return DataReader.unreadable(name, cause);
  }

  private long[] times(Table table) {
    var column = (Column.Time) table.column(TIME).orElseThrow();
    long[] times = new long[table.rows()];
    for (int row = 0; row < times.length; row++) {
      times[row] = column.millis(row);
      if (times[row] == Column.Time.MISSING) {
        throw DataReader.unreadable(name, "Row " + (row + 1) + " has no timestamp.");
      }
    }
    return times;
  }

  private static MultivariateVariable variable(
      String variable, String column, Table table, long[] times) {
    var numbers = (Column.Numeric) table.column(column).orElseThrow();
    double[] values = new double[times.length];
    for (int row = 0; row < values.length; row++) {
      values[row] = numbers.value(row);
    }
    return new MultivariateVariable(variable, times, values);
  }
}
