package dev.vedette.series;

/**
 * What a segment of values costs: −2 log likelihood of the best simple law for it, up to a constant
 * per value. Splitting a segment never costs more. O(1) per segment from prefix sums.
 */
interface SegmentCost {
  /** Of the values {@code from} (inclusive) to {@code to} (exclusive). */
  double of(int from, int to);

  /** Level (or, for a line, slope per point) of the values {@code from} to {@code to}. */
  double level(int from, int to);

  /** What the law of the values {@code from} to {@code to} makes of the value at {@code place}. */
  default double expected(int from, int to, double place) {
    return level(from, to);
  }

  int count();

  /** Squared distances from the mean; the values are in units of the noise. */
  record Mean(double[] sums, double[] squares) implements SegmentCost {
    static Mean of(double[] values) {
      return new Mean(prefix(values, values, false), prefix(values, values, true));
    }

    @Override
    public double of(int from, int to) {
      double sum = sums[to] - sums[from];
      return Math.max(0, squares[to] - squares[from] - sum * sum / (to - from));
    }

    @Override
    public double level(int from, int to) {
      return (sums[to] - sums[from]) / (to - from);
    }

    @Override
    public int count() {
      return sums.length - 1;
    }
  }

  /**
   * A normal distribution with mean and variance of its own, the variance not below a floor, as a
   * few equal values would be infinitely likely without.
   */
  record MeanVariance(Mean mean, double floor) implements SegmentCost {
    @Override
    public double of(int from, int to) {
      double sum = mean.of(from, to);
      double variance = Math.max(floor, sum / (to - from));
      return (to - from) * Math.log(variance) + sum / variance;
    }

    @Override
    public double level(int from, int to) {
      return mean.level(from, to);
    }

    @Override
    public int count() {
      return mean.count();
    }
  }

  /** Squared distances from the least-squares line; the values are in units of the noise. */
  record Slope(Mean mean, double[] places, double[] placeSquares, double[] products)
      implements SegmentCost {
    /**
     * @param places of the values on the axis, ascending
     */
    static Slope of(double[] values, double[] places) {
      return new Slope(
          Mean.of(values),
          prefix(places, places, false),
          prefix(places, places, true),
          prefix(values, places, true));
    }

    @Override
    public double of(int from, int to) {
      double together = together(from, to);
      return Math.max(0, mean.of(from, to) - together * together / apart(from, to));
    }

    @Override
    public double level(int from, int to) {
      return together(from, to) / apart(from, to);
    }

    @Override
    public double expected(int from, int to, double place) {
      double middle = (places[to] - places[from]) / (to - from);
      return mean.level(from, to) + level(from, to) * (place - middle);
    }

    private double together(int from, int to) {
      return products[to]
          - products[from]
          - (places[to] - places[from]) * (mean.sums[to] - mean.sums[from]) / (to - from);
    }

    private double apart(int from, int to) {
      double sum = places[to] - places[from];
      double squares = placeSquares[to] - placeSquares[from] - sum * sum / (to - from);
      return Math.max(1e-9, squares);
    }

    @Override
    public int count() {
      return mean.count();
    }
  }

  private static double[] prefix(double[] values, double[] others, boolean product) {
    double[] sums = new double[values.length + 1];
    for (int i = 0; i < values.length; i++) {
      sums[i + 1] = sums[i] + (product ? values[i] * others[i] : values[i]);
    }
    return sums;
  }
}
