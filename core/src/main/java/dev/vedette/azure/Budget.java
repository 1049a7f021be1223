package dev.vedette.azure;

/** The first so many points above and below what is usual that detectors name, in their order. */
final class Budget {
  private final int most;
  private final boolean[] anomaly;
  private int above;
  private int below;

  Budget(int points, double ratio) {
    this.most = Math.min(Math.max((int) Math.ceil(points * ratio), 1), points / 2 - 1);
    this.anomaly = new boolean[points];
  }

  /** How many there may be on each side. */
  int most() {
    return most;
  }

  boolean empty() {
    return above + below == 0;
  }

  void add(boolean upwards, int... indices) {
    for (int index : indices) {
      if (!anomaly[index] && (upwards ? above : below) < most) {
        anomaly[index] = true;
        above += upwards ? 1 : 0;
        below += upwards ? 0 : 1;
      }
    }
  }

  /** What is far from the middle of {@code values}, by extreme deviates on each side. */
  void addExtreme(double[] values, double alpha) {
    add(true, Deviates.extreme(values, most, alpha, true));
    add(false, Deviates.extreme(values, most, alpha, false));
  }

  /** What is more than {@code threshold} deviations from the median of {@code values}. */
  void addBeyond(double[] values, double threshold, double median) {
    for (int index : Deviates.beyond(values, threshold)) {
      add(values[index] > median, index);
    }
  }

  boolean[] anomaly() {
    return anomaly;
  }
}
