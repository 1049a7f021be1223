package dev.vedette.series;

import dev.vedette.Require;

/** The mean of each hour of the week (UTC), of about the last five weeks. */
final class HourMeans {
  private static final int HOURS = 168;
  private static final long HOUR = 3_600_000;
  private static final double SLOWEST = 0.2;

  private final double[] means;
  private final double[] counts;
  private double mean;
  private double distance;
  private double points;

  /**
   * @param means by hour of the week
   * @param counts how many values are behind each
   * @param mean of all values; the last thousand count most
   * @param distance the mean distance of values from the mean of their hour
   * @param points how many there were
   */
  record State(double[] means, double[] counts, double mean, double distance, double points) {
    State {
      Require.that(means.length == HOURS && counts.length == HOURS, "a mean and count per hour");
      Require.finite("a mean", means);
      Require.finite("a count", counts);
      Require.finite("a mean", new double[] {mean, distance, points});
    }

    static State none() {
      return new State(new double[HOURS], new double[HOURS], 0, 0, 0);
    }
  }

  HourMeans(State state) {
    means = state.means.clone();
    counts = state.counts.clone();
    mean = state.mean;
    distance = state.distance;
    points = state.points;
  }

  State snapshot() {
    return new State(means.clone(), counts.clone(), mean, distance, points);
  }

  static long bytes() {
    return 2L * HOURS * Double.BYTES + 64;
  }

  private static int hour(long time) {
    return (int) (Math.floorMod(time, HOURS * HOUR) / HOUR);
  }

  /** The mean of the hour {@code time} lies in; of all values while there was none in it. */
  double mean(long time) {
    int hour = hour(time);
    return counts[hour] > 0 ? means[hour] : mean;
  }

  /** How far {@code value} is from the mean of its hour; 0 for the first. */
  double off(long time, double value) {
    return points == 0 ? 0 : value - mean(time);
  }

  double spread() {
    return distance;
  }

  void learn(long time, double value) {
    int hour = hour(time);
    double off = Math.abs(off(time, value));
    points++;
    double rate = Math.max(0.001, 1 / points);
    distance += rate * (off - distance);
    mean += points == 1 ? value - mean : rate * (value - mean);
    counts[hour]++;
    means[hour] += Math.max(SLOWEST, 1 / counts[hour]) * (value - means[hour]);
  }
}
