package dev.vedette.series;

/** From scores of windows to scores of the points they cover. */
final class Covering {
  private Covering() {}

  /**
   * For each point the mean over the windows that cover it. O(n).
   *
   * @param windows the score of the window that starts at each point, without the last ones
   */
  static double[] mean(double[] windows, int length) {
    double[] mean = new double[windows.length + length - 1];
    double[] sums = new double[windows.length + 1];
    for (int i = 0; i < windows.length; i++) {
      sums[i + 1] = sums[i] + windows[i];
    }
    for (int i = 0; i < mean.length; i++) {
      int from = Math.max(0, i - length + 1);
      int to = Math.min(windows.length, i + 1);
      mean[i] = (sums[to] - sums[from]) / (to - from);
    }
    return mean;
  }
}
