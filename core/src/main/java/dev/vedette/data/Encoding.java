package dev.vedette.data;

import dev.vedette.DataException;
import dev.vedette.Require;
import dev.vedette.data.Profile.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What an {@link Encoder} learned: how each column of a table becomes columns of a matrix, and
 * their scale. A missing value becomes the column's centre, beside the column that says it is
 * missing; or stays NaN for a detector that understands it. A value that is missing where none was
 * in training counts as far out as a name that was never seen: √(2n) units for n training rows.
 *
 * @param keepMissing leaves missing numbers as NaN
 * @param rows it was learned from
 * @param features one for each table column that is used
 * @param dropped the table columns that are not, and why
 * @param center subtracted from each matrix column
 * @param unit each matrix column is divided by, more than 0
 */
public record Encoding(
    Encoder encoder,
    boolean keepMissing,
    int rows,
    List<Feature> features,
    List<Dropped> dropped,
    double[] center,
    double[] unit) {
  /** A column that is left out because it says nothing about which rows are anomalies. */
  public record Dropped(String name, Note note) {
    @Override
    public String toString() {
      return switch (note) {
        case CONSTANT -> "column '" + name + "' is constant";
        case IDENTIFIER -> "column '" + name + "' looks like an identifier";
      };
    }
  }

  public Encoding {
    features = List.copyOf(features);
    dropped = List.copyOf(dropped);
    int width = features.stream().mapToInt(Feature::width).sum();
    Require.that(width > 0 && rows > 0, "an encoding without columns or rows");
    Require.that(center.length == width && unit.length == width, "one centre and unit per column");
    Require.finite("the centre", center);
    Require.finite("the unit", unit);
    for (double value : unit) {
      Require.that(value > 0, "a unit is not positive");
    }
  }

  /** The table columns that are needed to encode a row. */
  public Schema schema() {
    return new Schema(features.stream().map(f -> new Schema.Field(f.name(), f.kind())).toList());
  }

  /** The names of the matrix columns. */
  public List<String> names() {
    return features.stream().flatMap(feature -> feature.parts().stream()).toList();
  }

  /**
   * Encodes all rows of {@code table}.
   *
   * @throws DataException naming a column that is missing or of another kind
   */
  public Matrix encode(Table table) {
    var writers = new ArrayList<Feature.Writer>();
    for (Feature feature : features) {
      Column column =
          table
              .column(feature.name())
              .orElseThrow(
                  () ->
                      new DataException(
                          "column '%s' is missing; the model was fitted on %s"
                              .formatted(
                                  feature.name(), features.stream().map(Feature::name).toList())));
      writers.add(feature.writer(column));
    }
    return Matrix.fill(
        names(),
        table.rows(),
        (row, into) -> {
          int at = 0;
          for (int f = 0; f < writers.size(); f++) {
            Feature feature = features.get(f);
            writers.get(f).write(row, into, at);
            scale(into, at, at + feature.width(), feature.mayMiss());
            at += feature.width();
          }
        });
  }

  private void scale(double[] row, int from, int to, boolean mayMiss) {
    for (int j = from; j < to; j++) {
      double scaled = (row[j] - center[j]) / unit[j];
      if (Double.isNaN(scaled)) {
        scaled = mayMiss ? (keepMissing ? Double.NaN : 0) : Math.sqrt(2.0 * rows);
      }
      row[j] = Math.clamp(scaled, -Double.MAX_VALUE, Double.MAX_VALUE);
    }
  }

  /** The number of table columns that are used. */
  public int inputs() {
    return features.size();
  }

  /** The name of the table column number {@code input}. */
  public String input(int input) {
    return features.get(input).name();
  }

  /** Sums {@code values}, one per matrix column, over the matrix columns of each table column. */
  public double[] perInput(double[] values) {
    double[] sums = new double[features.size()];
    int at = 0;
    for (int f = 0; f < sums.length; f++) {
      for (int end = at + features.get(f).width(); at < end; at++) {
        sums[f] += values[at];
      }
    }
    return sums;
  }

  /**
   * The value that scaled matrix columns stand for in table column number {@code input}, as a
   * person would write it.
   *
   * @param encoded one value per matrix column
   */
  public String text(int input, double[] encoded) {
    int at = 0;
    for (int f = 0; f < input; f++) {
      at += features.get(f).width();
    }
    Feature feature = features.get(input);
    double[] parts = new double[feature.width()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = center[at + i] + encoded[at + i] * unit[at + i];
    }
    return feature.text(parts, 0);
  }

  @Override
  public String toString() {
    return "Encoding of %s%s"
        .formatted(
            features.stream().map(Feature::name).toList(),
            dropped.isEmpty() ? "" : " without " + dropped.toString().toLowerCase(Locale.ROOT));
  }
}
