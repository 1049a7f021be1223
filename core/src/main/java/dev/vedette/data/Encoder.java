package dev.vedette.data;

import static java.util.stream.Collectors.joining;

import dev.vedette.DataException;
import dev.vedette.data.Profile.Note;
import dev.vedette.math.Moments;
import dev.vedette.math.Quantiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Turns tables into matrices whose columns can be compared: numbers and flags as they are,
 * categories as axes or rarity, times as places on the circles of day and week, and a missing value
 * as a column of its own. Then one rule brings every column to a common scale.
 *
 * <p>Columns that say nothing are left out and named: constants and identifiers.
 *
 * @param scaling how the columns are brought to one scale
 * @param categories how the names of a category become numbers
 */
public record Encoder(Scaling scaling, Categories categories) {
  /** How a column is centred and scaled. */
  public enum Scaling {
    /**
     * The median, and half the distance between the 15.87 % and 84.13 % quantiles: for normally
     * distributed values the standard deviation, for others a spread that a few anomalies cannot
     * stretch. At least a tenth of the standard deviation without the outermost hundredth on either
     * side, and the standard deviation itself where the two quantiles are equal.
     */
    CENTRAL,
    /** Mean and standard deviation. */
    STANDARD,
    /** Left as it is. */
    NONE
  }

  /** What a category becomes. */
  public enum Categories {
    /** One column: −ln of the share of rows with the same name. */
    RARITY,
    /**
     * An axis for each of the 64 most frequent names and one for all others, on which rows stand
     * out the farther the rarer their name is.
     */
    INDICATORS
  }

  /** Robust scaling; indicators. */
  public Encoder() {
    this(Scaling.CENTRAL, Categories.INDICATORS);
  }

  public Encoder scaling(Scaling scaling) {
    return new Encoder(scaling, categories);
  }

  public Encoder categories(Categories categories) {
    return new Encoder(scaling, categories);
  }

  /**
   * Learns from {@code table} how to encode tables like it. O(rows · log rows) per column.
   *
   * @param keepMissing leaves missing numbers as NaN for a detector that understands them, instead
   *     of the column's centre
   * @throws DataException when no column is left
   */
  public Encoding fit(Table table, boolean keepMissing) {
    if (table.rows() == 0) {
      throw new DataException("0 rows given, there is nothing to learn from");
    }
    var features = new ArrayList<Feature>();
    var dropped = new ArrayList<Encoding.Dropped>();
    List<Profile.Profiled> profile = Profile.of(table).columns();
    for (int j = 0; j < profile.size(); j++) {
      Column column = table.columns().get(j);
      Note note = profile.get(j).note().orElse(null);
      int missing = profile.get(j).missing();
      boolean sometimes = missing > 0 && missing < table.rows();
      Feature feature = feature(column);
      if (feature.width() > 0 && (note == null || (note == Note.CONSTANT && sometimes))) {
        features.add(feature);
      } else {
        dropped.add(new Encoding.Dropped(column.name(), note == null ? Note.CONSTANT : note));
      }
    }
    if (features.isEmpty()) {
      throw nothingLeft(table, dropped);
    }
    int width = features.stream().mapToInt(Feature::width).sum();
    var raw =
        new Encoding(this, true, table.rows(), features, dropped, new double[width], ones(width));
    Matrix values = raw.encode(table);
    double[] center = new double[width];
    double[] unit = new double[width];
    Arrays.fill(unit, 1);
    int at = 0;
    for (Feature feature : features) {
      for (int end = at + feature.width(); at < end; at++) {
        if (scaling != Scaling.NONE && !feature.scaled()) {
          scale(Quantiles.sorted(values.column(at)), center, unit, at);
        }
      }
    }
    return new Encoding(this, keepMissing, table.rows(), features, dropped, center, unit);
  }

  private static DataException nothingLeft(Table table, List<Encoding.Dropped> dropped) {
    if (table.rows() == 1) {
      return new DataException("1 row given, there is nothing to compare it with; give more rows");
    }
    int shown = Math.min(dropped.size(), 5);
    String reasons =
        dropped.stream().limit(shown).map(Encoding.Dropped::toString).collect(joining(", "));
    int others = dropped.size() - shown;
    return new DataException(
        "no column is left to learn from: "
            + reasons
            + (others == 0 ? "" : ", and so on for " + others + " more"));
  }

  private Feature feature(Column column) {
    return switch (column) {
      case Column.Numeric numbers -> Feature.Amount.of(numbers);
      case Column.Categorical names -> Feature.Name.of(names, categories);
      case Column.Time times -> Feature.Moment.of(times);
    };
  }

  private static double[] ones(int width) {
    double[] ones = new double[width];
    Arrays.fill(ones, 1);
    return ones;
  }

  private void scale(double[] sorted, double[] center, double[] unit, int j) {
    if (sorted.length == 0) {
      return;
    }
    double mean = Moments.mean(sorted);
    double deviation = Moments.deviation(sorted);
    boolean usesMean = scaling == Scaling.STANDARD && Double.isFinite(mean);
    center[j] = usesMean ? mean : Quantiles.of(sorted, 0.5);
    double spread = (Quantiles.of(sorted, 0.8413) - Quantiles.of(sorted, 0.1587)) / 2;
    boolean usesSpread = scaling == Scaling.CENTRAL && spread > 0;
    double candidate = usesSpread ? Math.max(spread, 0.1 * bulkDeviation(sorted)) : deviation;
    unit[j] = candidate > 0 && Double.isFinite(candidate) ? candidate : 1;
  }

  /**
   * The standard deviation without the outermost hundredth on either side, which a few anomalies
   * cannot stretch.
   */
  private static double bulkDeviation(double[] sorted) {
    int cut = (sorted.length + 99) / 100;
    return sorted.length > 2 * cut
        ? Moments.deviation(Arrays.copyOfRange(sorted, cut, sorted.length - cut))
        : 0;
  }
}
