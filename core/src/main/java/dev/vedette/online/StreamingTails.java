package dev.vedette.online;

import dev.vedette.Attribution;
import dev.vedette.Online;
import dev.vedette.OnlineDetector;
import dev.vedette.OnlineState;
import dev.vedette.Require;
import dev.vedette.math.Shares;

/**
 * Streaming tails: how improbable the tail is in which each value of a row lies, also far beyond
 * everything seen.
 *
 * <p>The surprise of a value is −log₁₀ of twice the smaller of the two tail shares: 0 in the
 * middle, 2 for the most extreme hundredth, 5 for once in 100,000. Score ≥ 0: the largest surprise
 * of a column, or the sum over the columns. Missing values do not surprise. With n values seen in a
 * column its surprise is multiplied by n/(n + 30): little is claimed while little is known.
 *
 * <p>Each column keeps a histogram, 16 bins for each doubling of the distance from its centre. The
 * outermost 3 % of either side are not counted but extrapolated: a generalised Pareto tail through
 * the quantiles that leave 27 %, 9 % and 3 % outside (Pickands, "Statistical Inference Using
 * Extreme Order Statistics", 1975, doi:10.1214/aos/1176343003, with steps of three), with a shape
 * from 0, as the exponential distribution has, to 1. Where less than 27 % lie beyond the median's
 * bin, as with counts that are mostly 0, the three quantiles are of what lies beyond. So a score
 * has no ceiling, and far values in 1 % of the rows do not teach that they are normal. That has a
 * price: a second mode with less than 3 % of the values stays an anomaly.
 *
 * <p>O(d) a row, memory O(d), about 8 KB a column. Blind to broken relations between columns.
 *
 * @param halfLife values after which a value counts half, 100 to 10,000,000
 * @param combine the columns' surprises into one score
 * @param tail how the outermost values are judged
 */
public record StreamingTails(int halfLife, Combine combine, Tail tail) implements OnlineDetector {
  /** How the surprises of the columns become one score. */
  public enum Combine {
    /** The largest: one column is enough. */
    MAX,
    /** The sum: every column counts. */
    SUM,
    /** The root of the sum of squares: far columns count most, but not alone. */
    NORM
  }

  /** How the outermost values of a column are judged. */
  public enum Tail {
    /** By a generalised Pareto tail that the inner values suggest. */
    PARETO,
    /**
     * By counting, as far out as there are values: needs many, and a long half-life. Where the
     * counts fall and then clearly rise again, another mode begins; if it holds less than 1 % of
     * the values it is no measure of what is normal, and its values are more surprising than any
     * before it.
     */
    COUNTED
  }

  public StreamingTails {
    Require.range("half-life", halfLife, 100, 10_000_000); // counts stay below 2^24: see TailSketch
  }

  /** The largest surprise, with a half-life of 50,000 values. */
  public StreamingTails() {
    this(50_000, Combine.MAX, Tail.PARETO);
  }

  public StreamingTails halfLife(int halfLife) {
    return new StreamingTails(halfLife, combine, tail);
  }

  public StreamingTails combine(Combine combine) {
    return new StreamingTails(halfLife, combine, tail);
  }

  public StreamingTails tail(Tail tail) {
    return new StreamingTails(halfLife, combine, tail);
  }

  @Override
  public Running start(int columns) {
    Require.range("columns", columns, 1, 65_536);
    var none = new TailSketch.State[columns];
    for (int j = 0; j < columns; j++) {
      none[j] = TailSketch.State.none();
    }
    return new State(this, none).resume();
  }

  /**
   * What {@link StreamingTails} learned, as it was at one moment.
   *
   * @param columns one sketch each
   */
  public record State(StreamingTails detector, TailSketch.State[] columns) implements OnlineState {
    public State {
      Require.range("columns", columns.length, 1, 65_536);
    }

    @Override
    public Running resume() {
      return new Running(this);
    }
  }

  /** {@link StreamingTails} at work. */
  public static final class Running implements Online {
    private final StreamingTails detector;
    private final TailSketch[] sketches;

    private Running(State state) {
      detector = state.detector;
      sketches = new TailSketch[state.columns.length];
      for (int j = 0; j < sketches.length; j++) {
        sketches[j] = new TailSketch(state.columns[j], detector, 13 * j);
      }
    }

    @Override
    public StreamingTails detector() {
      return detector;
    }

    @Override
    public int columns() {
      return sketches.length;
    }

    @Override
    public double score(double[] row) {
      Require.row(row, sketches.length, true);
      double largest = 0;
      double sum = 0;
      double squares = 0;
      for (int j = 0; j < row.length; j++) {
        double value = row[j];
        if (!Double.isNaN(value)) {
          double surprise = sketches[j].surprise(value);
          largest = Math.max(largest, surprise);
          sum += surprise;
          squares += surprise * surprise;
        }
      }
      return switch (detector.combine) {
        case MAX -> largest;
        case SUM -> sum;
        case NORM -> Math.sqrt(squares);
      };
    }

    @Override
    public void learn(double[] row) {
      Require.row(row, sketches.length, true);
      for (int j = 0; j < row.length; j++) {
        double value = row[j];
        if (!Double.isNaN(value)) {
          sketches[j].learn(value);
        }
      }
    }

    @Override
    public Attribution attribute(double[] row) {
      double score = score(row);
      double[] surprises = new double[row.length];
      double[] normal = new double[row.length];
      for (int j = 0; j < row.length; j++) {
        surprises[j] = Double.isNaN(row[j]) ? 0 : sketches[j].surprise(row[j]);
        normal[j] = sketches[j].median();
      }
      double[] parts =
          switch (detector.combine) {
            case MAX -> Shares.ofLargest(surprises);
            case SUM -> surprises;
            case NORM -> squares(surprises, score);
          };
      return new Attribution(score, 0, parts, normal);
    }

    /** The squares, so scaled that they add up to {@code score}. */
    private static double[] squares(double[] surprises, double score) {
      double[] parts = new double[surprises.length];
      for (int j = 0; j < parts.length; j++) {
        parts[j] = score > 0 ? surprises[j] * (surprises[j] / score) : 0;
      }
      return parts;
    }

    @Override
    public State snapshot() {
      var columns = new TailSketch.State[sketches.length];
      for (int j = 0; j < columns.length; j++) {
        columns[j] = sketches[j].snapshot();
      }
      return new State(detector, columns);
    }

    @Override
    public long bytes() {
      long bytes = 0;
      for (TailSketch sketch : sketches) {
        bytes += sketch.bytes();
      }
      return bytes;
    }
  }
}
