package dev.vedette.online;

import dev.vedette.Attribution;
import dev.vedette.Online;
import dev.vedette.OnlineDetector;
import dev.vedette.OnlineState;
import dev.vedette.Require;
import dev.vedette.math.Shares;

/**
 * Streaming z-score: how many spreads the values of a row are from the running mean, each column by
 * itself.
 *
 * <p>Score ≥ 0: 0 is the usual value in every column. With {@code combine=max} 3 is the classical
 * limit; with {@code combine=mean}, the root of the mean square, normal rows lie around 1. A
 * missing value deviates by 0. With n values seen in a column its deviation is multiplied by (n −
 * 1)/(n + 9): little is claimed while little is known. A column that was constant counts in its own
 * units. A {@code least-spread} says what is too small to matter, where all columns have a like
 * unit: in shares of a whole, with 0.02, a move by 0.06 is never more than 3 spreads, however
 * steady the column was.
 *
 * <p>Mean and variance are exponentially weighted (West, "Updating Mean and Variance Estimates",
 * 1979, doi:10.1145/359146.359153, with a weight that stops falling) and winsorised: a value more
 * than 3 spreads out moves the mean as if it lay at 3 and at most doubles the variance, unless such
 * values follow each other. So a single outlier teaches next to nothing and a new level is learned
 * within the half-life.
 *
 * <p>O(d) in time and memory. Blind to broken relations between columns; a value that comes up less
 * than once in a half-life is never learned as normal.
 *
 * @param halfLife rows after which a row counts half, 10 to 1,000,000,000
 * @param combine the columns' deviations into one score
 * @param leastSpread the spread a column counts as having at least, ≥ 0, in its own unit
 */
public record StreamingZScore(int halfLife, Combine combine, double leastSpread)
    implements OnlineDetector {
  private static final double FARTHEST = 1e280; // squared spreads: their sum stays finite

  /** How the deviations of the columns become one score. */
  public enum Combine {
    /** The largest: one column is enough. */
    MAX,
    /** The root of the mean square: every column counts. */
    MEAN
  }

  public StreamingZScore {
    Require.range("half-life", halfLife, 10, 1_000_000_000);
    Require.range("least-spread", leastSpread, 0, 1e100);
  }

  /** The largest deviation, with a half-life of 10,000 rows. */
  public StreamingZScore() {
    this(10_000, Combine.MAX, 0);
  }

  public StreamingZScore halfLife(int halfLife) {
    return new StreamingZScore(halfLife, combine, leastSpread);
  }

  public StreamingZScore combine(Combine combine) {
    return new StreamingZScore(halfLife, combine, leastSpread);
  }

  public StreamingZScore leastSpread(double leastSpread) {
    return new StreamingZScore(halfLife, combine, leastSpread);
  }

  @Override
  public Running start(int columns) {
    return new State(this, Spreads.State.none(columns)).resume();
  }

  /** What a {@link StreamingZScore} learned, as it was at one moment. */
  public record State(StreamingZScore detector, Spreads.State spreads) implements OnlineState {
    @Override
    public Running resume() {
      return new Running(this);
    }
  }

  /** A {@link StreamingZScore} at work. */
  public static final class Running implements Online {
    private final StreamingZScore detector;
    private final Spreads spreads;

    /** 1 / spread², less while little is known: a factor instead of a division in the score. */
    private final double[] precision;

    private Running(State state) {
      detector = state.detector;
      spreads = new Spreads(state.spreads, detector.halfLife);
      precision = new double[spreads.columns()];
      sharpen();
    }

    private void sharpen() {
      for (int j = 0; j < precision.length; j++) {
        double seen = spreads.seen(j);
        double known = seen < 1 ? 0 : (seen - 1) / (seen + 9);
        double least = detector.leastSpread * detector.leastSpread;
        precision[j] = known * known / Math.max(least, spreads.squaredUnit(j));
      }
    }

    @Override
    public StreamingZScore detector() {
      return detector;
    }

    @Override
    public int columns() {
      return precision.length;
    }

    @Override
    public double score(double[] row) {
      Require.row(row, precision.length, true);
      double largest = 0;
      double sum = 0;
      for (int j = 0; j < row.length; j++) {
        double square = square(j, row[j]);
        largest = Math.max(largest, square);
        sum += square;
      }
      return Math.sqrt(detector.combine == Combine.MAX ? largest : sum / row.length);
    }

    private double square(int j, double value) {
      if (Double.isNaN(value)) {
        return 0;
      }
      double distance = Math.clamp(value - spreads.mean(j), -1e150, 1e150);
      return Math.min(FARTHEST, distance * distance * precision[j]);
    }

    @Override
    public void learn(double[] row) {
      Require.row(row, precision.length, true);
      spreads.learn(row);
      sharpen();
    }

    @Override
    public Attribution attribute(double[] row) {
      double score = score(row);
      double[] shares = new double[row.length];
      for (int j = 0; j < row.length; j++) {
        double square = square(j, row[j]);
        shares[j] =
            detector.combine == Combine.MAX
                ? Math.sqrt(square)
                : score > 0 ? square / row.length / score : 0;
      }
      return new Attribution(
          score,
          0,
          detector.combine == Combine.MAX ? Shares.ofLargest(shares) : shares,
          spreads.means());
    }

    @Override
    public State snapshot() {
      return new State(detector, spreads.snapshot());
    }

    @Override
    public long bytes() {
      return spreads.bytes() + (long) precision.length * Double.BYTES;
    }
  }
}
