package dev.vedette.pipeline.feature;

/** Numbers in a few figures; filled anew for each event. */
final class Summary {
  double count;
  double sum;

  /** The sum of the squared differences from the mean. */
  double spread;

  private double min;
  private double max;

  void clear() {
    count = 0;
    sum = 0;
    spread = 0;
    min = Double.POSITIVE_INFINITY;
    max = Double.NEGATIVE_INFINITY;
  }

  /** Adds numbers already summarised (Chan, Golub and LeVeque 1979, eq. 1.5). */
  void add(double count, double sum, double spread) {
    if (this.count == 0) {
      this.spread = spread;
    } else {
      double step = sum / count - this.sum / this.count;
      this.spread += spread + step * step * (this.count * count / (this.count + count));
    }
    this.count += count;
    this.sum += sum;
  }

  void addRange(double min, double max) {
    this.min = Math.min(this.min, min);
    this.max = Math.max(this.max, max);
  }

  double least() {
    return count == 0 ? Double.NaN : min;
  }

  double most() {
    return count == 0 ? Double.NaN : max;
  }

  double mean() {
    return sum / count;
  }

  /** The sample standard deviation; NaN below two numbers. */
  double std() {
    return count < 2 ? Double.NaN : Math.sqrt(spread / (count - 1));
  }
}
