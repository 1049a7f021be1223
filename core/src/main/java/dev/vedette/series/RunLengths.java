package dev.vedette.series;

import dev.vedette.Require;
import java.util.Arrays;

/**
 * What is believed about the time since the last change: some run lengths with their probabilities,
 * and mean and variance of the values in each (Adams and MacKay 2007, arXiv:0710.3742, with a
 * normal-gamma prior). A value is either of the run or, rarely, a stray one from the prior, which
 * teaches the run little; so one outlier is no change, but two in a row soon are. The logarithm of
 * each likelihood is divided by the number of values that say as much as one independent value.
 */
final class RunLengths {
  /** The prior mean counts as that many values: a new level may be 10 deviations away. */
  private static final double LEVEL_WEIGHT = 0.01;

  /** Twice this are the degrees of freedom of what a new run may be like. */
  private static final double SHAPE = 2;

  private static final double FORGOTTEN = -20; // e⁻²⁰: less probable runs are dropped

  private final BayesianChangePoints detector;
  private int count;
  private double[] logs;
  private double[] lengths;
  private double[] weights;
  private double[] means;
  private double[] squares;
  private double[] next;
  private double[] strays;

  RunLengths(BayesianChangePoints detector, State state) {
    this.detector = detector;
    int most = detector.runs() + 1;
    count = state.logs.length;
    logs = Arrays.copyOf(state.logs, most);
    lengths = Arrays.copyOf(state.lengths, most);
    weights = Arrays.copyOf(state.weights, most);
    means = Arrays.copyOf(state.means, most);
    squares = Arrays.copyOf(state.squares, most);
    next = new double[most];
    strays = new double[most];
  }

  /**
   * Runs at one moment, one entry each.
   *
   * @param logs of the probabilities
   * @param lengths in values
   * @param weights how many values each has learned, strays counting little
   * @param means of the values
   * @param squares sums of the squared distances from the means
   */
  record State(
      double[] logs, double[] lengths, double[] weights, double[] means, double[] squares) {
    State {
      Require.finite("a probability of a run", logs);
      Require.finite("a mean of a run", means);
      Require.finite("a variance of a run", squares);
      Require.that(
          logs.length == lengths.length
              && logs.length == weights.length
              && logs.length == means.length
              && logs.length == squares.length,
          "runs need five numbers each");
    }

    static State none() {
      double[] nothing = new double[0];
      return new State(nothing, nothing, nothing, nothing, nothing);
    }
  }

  State state() {
    return new State(
        Arrays.copyOf(logs, count),
        Arrays.copyOf(lengths, count),
        Arrays.copyOf(weights, count),
        Arrays.copyOf(means, count),
        Arrays.copyOf(squares, count));
  }

  /** The mean expected of the next value; NaN when nothing was learned. */
  double expected() {
    double sum = 0;
    double total = 0;
    for (int i = 0; i < count; i++) {
      double probability = Math.exp(logs[i]);
      sum += probability * means[i];
      total += probability;
    }
    return total > 0 ? sum / total : Double.NaN;
  }

  /** The probability that, {@code value} known, the run is at most {@code within} values long. */
  double recent(double value, Prior prior, int within) {
    double fresh = judge(value, prior);
    double young = Math.exp(fresh);
    double all = young;
    for (int i = 0; i < count; i++) {
      double probability = Math.exp(next[i]);
      all += probability;
      young += lengths[i] + 1 <= within ? probability : 0;
    }
    return all > 0 ? young / all : 0;
  }

  /**
   * Fills {@code next} with the logarithms, up to a constant, of the probabilities of the runs with
   * {@code value} added, {@code strays} with how surely it is a stray to each.
   *
   * @return the same of a run that begins with it
   */
  private double judge(double value, Prior prior) {
    double anew = density(value, prior, 0, 0, 0);
    double hazard = 1 / detector.length();
    double stray = Math.log(detector.outliers()) + anew;
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      double own =
          Math.log1p(-detector.outliers())
              + density(value, prior, weights[i], means[i], squares[i]);
      double both = sum(own, stray);
      strays[i] = Math.exp(stray - both);
      next[i] = logs[i] + Math.log1p(-hazard) + prior.tempering() * both;
      highest = Math.max(highest, next[i]);
    }
    double fresh = prior.tempering() * anew + (count == 0 ? 0 : Math.log(hazard));
    highest = Math.max(highest, fresh);
    for (int i = 0; i < count; i++) {
      next[i] -= highest;
    }
    return fresh - highest;
  }

  private static double sum(double logA, double logB) {
    double most = Math.max(logA, logB);
    return most + Math.log1p(Math.exp(Math.min(logA, logB) - most));
  }

  /** Logarithm of the density of a value after those of a run: Student's t. */
  private static double density(
      double value, Prior prior, double weight, double mean, double squares) {
    double known = LEVEL_WEIGHT + weight;
    double center = (LEVEL_WEIGHT * prior.mean() + weight * mean) / known;
    double off = mean - prior.mean();
    double rate =
        SHAPE * prior.variance() + squares / 2 + LEVEL_WEIGHT * weight / known * off * off / 2;
    double shape = SHAPE + weight / 2;
    double scale = rate * (known + 1) / (shape * known);
    double distance = value - center;
    return halfStep(shape)
        - 0.5 * Math.log(2 * Math.PI * shape * scale)
        - (shape + 0.5) * Math.log1p(distance * distance / (2 * shape * scale));
  }

  /** log Γ(x + ½) − log Γ(x), by its asymptotic series, to 1e-8. */
  static double halfStep(double x) {
    double sum = 0;
    double from = x;
    while (from < 6) {
      sum -= Math.log1p(0.5 / from);
      from++;
    }
    double square = 1 / (from * from);
    return sum
        + 0.5 * Math.log(from)
        + (-1.0 / 8 + square * (1.0 / 192 - square * (1.0 / 640 - square * 17.0 / 14336))) / from;
  }

  void learn(double value, Prior prior) {
    double fresh = judge(value, prior);
    double total = Math.exp(fresh);
    for (int i = 0; i < count; i++) {
      total += Math.exp(next[i]);
    }
    double norm = Math.log(total);
    int kept = 0;
    for (int i = 0; i < count; i++) {
      double log = next[i] - norm;
      if (log > FORGOTTEN) {
        double share = 1 - strays[i];
        double weight = weights[i] + share;
        double off = value - means[i];
        double step = weight > 0 ? off * share / weight : 0;
        squares[kept] = squares[i] + share * off * (off - step);
        means[kept] = means[i] + step;
        weights[kept] = weight;
        lengths[kept] = lengths[i] + 1;
        logs[kept] = log;
        kept++;
      }
    }
    count = kept;
    if (fresh - norm > FORGOTTEN || count == 0) {
      add(value, fresh - norm);
    }
    if (count > detector.runs()) {
      dropLeast();
    }
  }

  private void add(double value, double log) {
    logs[count] = log;
    lengths[count] = 1;
    weights[count] = 1;
    means[count] = value;
    squares[count] = 0;
    count++;
  }

  private void dropLeast() {
    int least = 0;
    for (int i = 1; i < count; i++) {
      least = logs[i] < logs[least] ? i : least;
    }
    count--;
    for (double[] each : new double[][] {logs, lengths, weights, means, squares}) {
      System.arraycopy(each, least + 1, each, least, count - least);
    }
  }

  int count() {
    return count;
  }

  double length(int run) {
    return lengths[run];
  }

  double probability(int run) {
    return Math.exp(logs[run]);
  }

  /**
   * What a new run may be like.
   *
   * @param mean around which its mean lies, within some deviations
   * @param variance of its values, about
   * @param tempering 1 over the number of values that say as much as one independent value
   */
  record Prior(double mean, double variance, double tempering) {}
}
