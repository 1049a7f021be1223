package dev.vedette.pipeline.feature;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How far numbers are from the mean of their key, over all keys: the prior for keys with few
 * events. Kept as the mean of the logarithm, which a few absurd numbers hardly move.
 */
final class Deviations {
  /** E ln|z| of a standard normal z is -(Euler's constant + ln 2) / 2. */
  private static final double NORMAL = 0.6351814227307392;

  /** How many events of its own the prior counts for. */
  private static final double WEIGHT = 2;

  private static final double NOTHING = 1e-9;
  private static final double MOST = 1e6;

  static final long BYTES = 32;

  private long count;
  private double logs;

  /**
   * The deviation of {@code x} from the numbers before it in their standard deviation, which is
   * drawn to that of all keys; this very deviation counts as one of them, so that the first is none
   * to wonder at. At most a million.
   */
  double score(double x, Summary past) {
    if (past.count == 0 || Double.isNaN(x)) {
      return Double.NaN;
    }
    double away = away(x, past);
    if (away == 0) {
      return 0;
    }
    double prior = StrictMath.exp(2 * ((logs + StrictMath.log(away)) / (count + 1) + NORMAL));
    double variance = (past.spread + WEIGHT * prior) / (past.count - 1 + WEIGHT);
    return Math.copySign(Math.min(away / Math.sqrt(variance), MOST), x - past.mean());
  }

  void learn(double x, Summary past) {
    if (past.count == 0 || Double.isNaN(x)) {
      return;
    }
    double away = away(x, past);
    if (away > 0) {
      logs += StrictMath.log(away);
      count++;
    }
  }

  /** The distance from the mean, less what the mean of few is uncertain; 0 for rounding errors. */
  private static double away(double x, Summary past) {
    double mean = past.mean();
    double away = Math.abs(x - mean);
    return away <= NOTHING * Math.abs(mean) ? 0 : away * Math.sqrt(past.count / (past.count + 1));
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(count);
    out.writeDouble(logs);
  }

  void read(DataInput in) throws IOException {
    count = in.readLong();
    logs = in.readDouble();
    if (count < 0 || !Double.isFinite(logs)) {
      throw new IOException(count + " deviations with logarithm " + logs);
    }
  }
}
