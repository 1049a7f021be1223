package dev.vedette.series;

import java.util.Arrays;

/**
 * The windows over the points of a stream, and how like the last one is to each before it that does
 * not overlap it. Arrays of fixed length, filled from the left.
 */
final class LeftWindows {
  private static final double CONSTANT = 1e-9;

  private final int length;
  private final double[] values;
  private final double[] mean;
  private final double[] scale;
  private final double[] step;
  private final double[] turn;

  /** What goes on along the diagonals: of the last window with window j, and of the next one. */
  private double[] covariances;

  private double[] next;
  private final double[] likes;
  private int points;
  private int firstFlat = Integer.MAX_VALUE;
  private int nearest = -1;

  // The window that ends with the point asked about.
  private double nextMean;
  private double nextScale;
  private double nextStep;
  private double nextTurn;
  private int nextNearest;

  private LeftWindows(int length, int room) {
    this.length = length;
    values = new double[room];
    mean = new double[room];
    scale = new double[room];
    step = new double[room];
    turn = new double[room];
    covariances = new double[room];
    next = new double[room];
    likes = new double[room];
  }

  /**
   * The windows of {@code values}, compared from scratch.
   *
   * @param room points there will be at most
   */
  static LeftWindows of(double[] values, int length, int room) {
    var windows = new LeftWindows(length, room);
    int last = values.length - length; // the window that everything is compared with
    for (double value : values) {
      windows.measure(value);
      windows.keep(value);
    }
    for (int j = 0; j <= last - length; j++) {
      windows.covariances[j] = windows.covariance(j, last);
    }
    windows.nearest = windows.nearest(windows.covariances, last, windows.scale(last));
    return windows;
  }

  private double scale(int window) {
    return window < 0 ? Double.NaN : scale[window];
  }

  /** Goes on from what was saved: rounding depends on the way. */
  void resume(double[] saved, int nearest) {
    System.arraycopy(saved, 0, covariances, 0, saved.length);
    this.nearest = nearest;
  }

  double[] covariances() {
    return Arrays.copyOf(covariances, Math.max(0, points - 2 * length + 1));
  }

  int nearest() {
    return nearest;
  }

  /**
   * The correlation of the window that would end with {@code value} with the most similar one; −∞
   * where there is none. Nothing is learned.
   */
  double like(double value) {
    measure(value);
    int window = points + 1 - length;
    int others = window - length + 1;
    nextNearest = -1;
    if (others <= 0) {
      return Double.NEGATIVE_INFINITY;
    }
    for (int j = 0; j + 1 < others; j++) {
      next[j + 1] = Math.fma(nextStep, turn[j], Math.fma(step[j], nextTurn, covariances[j]));
    }
    next[0] = first(value);
    nextNearest = nearest(next, window, nextScale);
    boolean flat = Double.isNaN(nextScale);
    boolean otherFlat = Double.isNaN(scale[nextNearest]);
    return flat || otherFlat
        ? flat && otherFlat ? 1 : 0.5
        : Math.min(1, next[nextNearest] * scale[nextNearest] * nextScale);
  }

  /** Appends {@code value}; there must be room. */
  void learn(double value) {
    like(value);
    keep(value);
    double[] swap = covariances;
    covariances = next;
    next = swap;
    nearest = nextNearest;
  }

  /** What came after the window most like the last one, brought to its mean and deviation. */
  double forecast() {
    int window = points - length;
    double off = values[nearest + length] - mean[nearest];
    double widened = Double.isNaN(scale[nearest]) ? 0 : off * scale[nearest];
    return Double.isNaN(scale[window]) ? mean[window] : mean[window] + widened / scale[window];
  }

  private void measure(double value) {
    int window = points + 1 - length;
    if (window < 0) {
      return;
    }
    double sum = value;
    for (int t = window; t < points; t++) {
      sum += values[t];
    }
    nextMean = sum / length;
    double squares = (value - nextMean) * (value - nextMean);
    for (int t = window; t < points; t++) {
      squares = Math.fma(values[t] - nextMean, values[t] - nextMean, squares);
    }
    nextScale = squares > CONSTANT * CONSTANT * length ? 1 / Math.sqrt(squares) : Double.NaN;
    if (window > 0) {
      nextStep = (value - values[window - 1]) / 2;
      nextTurn = (value - nextMean) + (values[window - 1] - mean[window - 1]);
    }
  }

  private void keep(double value) {
    int window = points + 1 - length;
    if (window >= 0) {
      mean[window] = nextMean;
      scale[window] = nextScale;
      if (Double.isNaN(nextScale)) {
        firstFlat = Math.min(firstFlat, window);
      }
    }
    if (window > 0) {
      step[window - 1] = nextStep;
      turn[window - 1] = nextTurn;
    }
    values[points++] = value;
  }

  /** Of the first window with the one that ends with {@code value}. */
  private double first(double value) {
    int window = points + 1 - length;
    double sum = (value - nextMean) * (values[length - 1] - mean[0]);
    for (int t = 0; t < length - 1; t++) {
      sum = Math.fma(values[window + t] - nextMean, values[t] - mean[0], sum);
    }
    return sum;
  }

  private double covariance(int j, int window) {
    double sum = 0;
    for (int t = 0; t < length; t++) {
      sum = Math.fma(values[j + t] - mean[j], values[window + t] - mean[window], sum);
    }
    return sum;
  }

  /** The window most like {@code window} of those that do not overlap it; −1 where none is. */
  private int nearest(double[] covariances, int window, double scaleOfIt) {
    int others = window - length + 1;
    if (others <= 0) {
      return -1;
    }
    boolean flatBefore = firstFlat < others;
    if (Double.isNaN(scaleOfIt)) {
      return flatBefore ? firstFlat : 0;
    }
    for (int j = 0; j < others; j++) {
      likes[j] = covariances[j] * scale[j] * scaleOfIt;
    }
    int best = flatBefore ? firstFlat : -1;
    double most = flatBefore ? 0.5 : Double.NEGATIVE_INFINITY;
    for (int j = 0; j < others; j++) {
      if (likes[j] > most) {
        most = likes[j];
        best = j;
      }
    }
    return best;
  }
}
