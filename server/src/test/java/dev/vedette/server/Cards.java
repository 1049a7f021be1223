package dev.vedette.server;

import dev.vedette.Decider;
import dev.vedette.Models;
import dev.vedette.TableDetector;
import dev.vedette.data.Column;
import dev.vedette.data.Table;
import dev.vedette.row.IsolationForest;
import dev.vedette.threshold.Rule;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** A table of every kind of column and of numbers only, models of them, and rows as requests. */
final class Cards {
  static final List<String> COUNTRIES = List.of("DE", "FR", "IT");

  private Cards() {}

  /** Rows of which some have no amount. */
  static Table mixed(int rows, long seed) {
    var random = new SplittableRandom(seed);
    double[] amount = new double[rows];
    double[] age = new double[rows];
    double[] chip = new double[rows];
    double[] same = new double[rows];
    int[] country = new int[rows];
    for (int i = 0; i < rows; i++) {
      amount[i] = random.nextInt(20) == 0 ? Double.NaN : 50 + 10 * random.nextGaussian();
      age[i] = random.nextInt(18, 90);
      chip[i] = random.nextInt(10) < 8 ? 1 : 0;
      country[i] = random.nextInt(10) < 7 ? 0 : random.nextInt(1, 3);
    }
    return Table.of(
        List.of(
            Column.Numeric.numbers("amount", amount),
            Column.Numeric.numbers("age", age),
            Column.Numeric.numbers("same", same),
            Column.Numeric.flags("chip", chip),
            new Column.Categorical("country", COUNTRIES, country)));
  }

  /** Rows of three numbers, a float each. */
  static Table numbers(int rows, long seed) {
    var random = new SplittableRandom(seed);
    double[][] columns = new double[3][rows];
    for (int i = 0; i < rows; i++) {
      for (double[] column : columns) {
        column[i] = (float) random.nextGaussian();
      }
    }
    return Table.of(
        List.of(
            Column.Numeric.numbers("x", columns[0]),
            Column.Numeric.numbers("y", columns[1]),
            Column.Numeric.numbers("z", columns[2])));
  }

  static Decider fit(Table table, long seed) {
    var detector = new TableDetector(new IsolationForest().trees(20).seed(seed));
    return Decider.fit(detector, table, new Rule.FalseAlarms(0.02));
  }

  /** Fits on {@code table} and saves. */
  static Decider save(Table table, long seed, Path file) {
    Decider decider = fit(table, seed);
    Models.save(decider, table, InstantSource.fixed(Instant.EPOCH), file);
    return decider;
  }

  /** The values of {@code row} of {@code table} as JSON, without the column that is left out. */
  static List<String> json(Table table, int row) {
    List<String> values = new ArrayList<>();
    for (Column column : table.columns()) {
      if (!column.name().equals("same")) {
        values.add(
            column.isMissing(row)
                ? "null"
                : column instanceof Column.Numeric numbers
                    ? number(numbers, row)
                    : "\"" + column.text(row) + "\"");
      }
    }
    return values;
  }

  private static String number(Column.Numeric numbers, int row) {
    return numbers.name().equals("chip")
        ? numbers.value(row) == 1 ? "true" : "false"
        : Double.toString(numbers.value(row));
  }

  /** The values of each row as CSV, in the order of the model. */
  static String csv(Table table) {
    var text = new StringBuilder();
    for (int row = 0; row < table.rows(); row++) {
      text.append(
              json(table, row).stream()
                  .map(value -> value.equals("null") ? "" : value)
                  .collect(Collectors.joining(",")))
          .append('\n');
    }
    return text.toString();
  }

  /** All rows as objects by name. */
  static String objects(Table table) {
    List<String> names = List.of("amount", "age", "chip", "country");
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < table.rows(); row++) {
      List<String> values = json(table, row);
      List<String> fields = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        fields.add("\"" + names.get(i) + "\":" + values.get(i));
      }
      rows.add("{" + String.join(",", fields) + "}");
    }
    return "[" + String.join(",", rows) + "]";
  }

  /** A request of the Open Inference Protocol with an input for each column. */
  static String infer(Table table, String more) {
    List<String> inputs = new ArrayList<>();
    List<String> names = List.of("amount", "age", "chip", "country");
    List<String> types = List.of("FP64", "FP64", "BOOL", "BYTES");
    for (int i = 0; i < names.size(); i++) {
      List<String> values = new ArrayList<>();
      for (int row = 0; row < table.rows(); row++) {
        values.add(json(table, row).get(i));
      }
      inputs.add(
          "{\"name\":\"%s\",\"datatype\":\"%s\",\"shape\":[%d],\"data\":%s}"
              .formatted(names.get(i), types.get(i), table.rows(), values));
    }
    return "{\"id\":\"q1\",\"inputs\":%s%s}".formatted(inputs, more);
  }
}
