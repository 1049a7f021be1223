package dev.vedette.azure;

/** The first so many points that detectors name, in the order in which they do. */
final class Budget {
  private final int most;
  private final boolean[] anomaly;
  private int count;

  Budget(int points, double ratio) {
    this.most = most(points, ratio);
    this.anomaly = new boolean[points];
  }

  /** How many anomalies there may be among so many points. */
  static int most(int points, double ratio) {
    return Math.min(Math.max((int) Math.ceil(points * ratio), 1), points / 2 - 1);
  }

  int most() {
    return most;
  }

  int left() {
    return most - count;
  }

  void add(int... indices) {
    for (int index : indices) {
      if (count < most && !anomaly[index]) {
        anomaly[index] = true;
        count++;
      }
    }
  }

  boolean[] anomaly() {
    return anomaly;
  }
}
