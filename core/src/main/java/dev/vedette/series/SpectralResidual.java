package dev.vedette.series;

import dev.vedette.Reading;
import dev.vedette.Require;
import dev.vedette.SeriesModel;
import dev.vedette.StreamingDetector;
import dev.vedette.data.Imputation;
import dev.vedette.data.Series;
import dev.vedette.math.Fourier;
import dev.vedette.math.Quantiles;
import java.util.Arrays;

/**
 * Spectral residual: where a series is salient, as a signal whose spectrum is what is new in it.
 *
 * <p>The logarithm of the amplitude spectrum less its own moving average, with the phases as they
 * are, is transformed back; its size S is the saliency map. The score is (S − S̄) / S̄, S̄ the mean
 * of the map over the {@code scale} points before (Ren et al. 2019, doi:10.1145/3292500.3330680,
 * equations 1 to 7); the paper flags above 3. As there, the series is continued by an estimated
 * point, {@code extension} times, so that the last point can stand out. Without the network of the
 * paper.
 *
 * <p>Later points are read after the last {@code context} points of the history. The expected value
 * is the median of the neighbours, the spread that of the differences from it; they are no band of
 * the score. Missing values may be NaN and score 0. O(n log n), in windows of {@code context}
 * points for later ones. In a stream each point is read as the last one after {@code context}
 * others, O(context · log context), 8 bytes each and 8 KB. Blind to slow changes; a busy series has
 * few salient points.
 *
 * @param window points of the moving average of the spectrum, q in the paper, 1 to 1,000
 * @param scale points of the moving average of the map, z in the paper, 2 to 10,000
 * @param extension estimated points after the series, κ in the paper, 0 to 100
 * @param context points of the history kept for later ones, 32 to 100,000
 */
public record SpectralResidual(int window, int scale, int extension, int context)
    implements StreamingDetector {
  private static final int FEWEST = 12;

  /** Points before the last one whose slopes estimate the next (m in the paper). */
  private static final int SLOPES = 5;

  static final int NEIGHBORS = 25;
  private static final double LEAST = 1e-8;

  public SpectralResidual {
    Require.range("window", window, 1, 1000);
    Require.range("scale", scale, 2, 10_000);
    Require.range("extension", extension, 0, 100);
    Require.range("context", context, 32, 100_000);
  }

  /**
   * The paper's window 3, scale 21 and extension 5; a context of 1,018 points, which with a point
   * and the extension make a power of two, by far the fastest to transform.
   */
  public SpectralResidual() {
    this(3, 21, 5, 1018);
  }

  public SpectralResidual window(int window) {
    return new SpectralResidual(window, scale, extension, context);
  }

  public SpectralResidual scale(int scale) {
    return new SpectralResidual(window, scale, extension, context);
  }

  public SpectralResidual extension(int extension) {
    return new SpectralResidual(window, scale, extension, context);
  }

  public SpectralResidual context(int context) {
    return new SpectralResidual(window, scale, extension, context);
  }

  @Override
  public boolean acceptsMissing() {
    return true;
  }

  @Override
  public Fitted fit(Series history) {
    history.requireUsable(1, true);
    Outlook.requirePoints(history, FEWEST);
    double[] values = history.values(0);
    Surroundings around = Surroundings.of(history, NEIGHBORS, true);
    double[] tail = Arrays.copyOfRange(values, Math.max(0, values.length - context), values.length);
    return new Fitted(this, tail, around);
  }

  @Override
  public SpectralStream start(int variables) {
    Require.range("variables", variables, 1, 1);
    return SpectralStream.started(this);
  }

  /** The scores of {@code values}, 0 where one is missing. */
  double[] scores(double[] values) {
    int n = values.length;
    double[] bridged = new Imputation.Linear().fill(values);
    if (n < FEWEST || Double.isNaN(bridged[0])) {
      return new double[n];
    }
    double[] map = saliency(extended(bridged));
    double[] scores = new double[n];
    double sum = 0;
    for (int i = 0; i < n; i++) {
      int before = Math.min(i, scale);
      double mean = before == 0 ? map[0] : sum / before;
      scores[i] =
          Double.isNaN(values[i]) || mean <= LEAST
              ? 0
              : Math.clamp((map[i] - mean) / mean, 0, Reading.MOST);
      sum += map[i] - (i >= scale ? map[i - scale] : 0);
    }
    return scores;
  }

  /** Equation 8: the last points and a mean slope to them tell the next. */
  private double[] extended(double[] values) {
    int n = values.length;
    double[] extended = Arrays.copyOf(values, n + extension);
    int slopes = Math.min(SLOPES, n - 2);
    double slope = 0;
    for (int j = 1; j <= slopes; j++) {
      slope += (values[n - 2] - values[n - 2 - j]) / j / slopes;
    }
    Arrays.fill(extended, n, n + extension, values[n - 1 - slopes] + slope * slopes);
    return extended;
  }

  /** The spectrum is that of the values, computed from their differences from the middle. */
  private double[] saliency(double[] values) {
    int n = values.length;
    double middle = Quantiles.median(values);
    double widest = Arrays.stream(values).map(value -> Math.abs(value - middle)).max().orElse(0);
    double unit = Math.max(1e-300, widest > 0 ? widest : Math.abs(middle));
    double[] re = Arrays.stream(values).map(value -> (value - middle) / unit).toArray();
    double[] im = new double[n];
    Fourier.forward(re, im);
    re[0] += n * (middle / unit);
    double least = Math.max(LEAST, Math.sqrt(n) * Math.ulp(middle) / unit);
    double[] size = new double[n];
    double[] log = new double[n];
    for (int k = 0; k < n; k++) {
      size[k] = Math.hypot(re[k], im[k]);
      log[k] = Math.log(Math.max(least, size[k]));
    }
    double sum = 0;
    for (int k = 0; k < n; k++) {
      sum += log[k] - (k >= window ? log[k - window] : 0);
      double residual = Math.exp(log[k] - sum / Math.min(k + 1, window));
      double factor = size[k] > least ? residual / size[k] : 0;
      re[k] *= factor;
      im[k] *= factor;
    }
    Fourier.inverse(re, im);
    double[] map = new double[n];
    Arrays.setAll(map, i -> Math.hypot(re[i], im[i]));
    return map;
  }

  /**
   * A fitted {@link SpectralResidual}.
   *
   * @param tail the last values of the history
   * @param around what is expected
   */
  public record Fitted(SpectralResidual detector, double[] tail, Surroundings around)
      implements SeriesModel {
    @Override
    public int variables() {
      return 1;
    }

    @Override
    public Reading readTraining(Series history) {
      Reading reading = around.readTraining(history, NEIGHBORS, true);
      return scored(reading, detector.scores(history.values(0)));
    }

    @Override
    public Reading read(Series later) {
      Reading reading = around.read(later, NEIGHBORS, true);
      double[] values = later.values(0);
      double[] scores = new double[values.length];
      int block = Math.max(1, detector.context / 4);
      double[] before = tail;
      for (int from = 0; from < values.length; from += block) {
        int to = Math.min(values.length, from + block);
        double[] all = Arrays.copyOf(before, before.length + to - from);
        System.arraycopy(values, from, all, before.length, to - from);
        double[] read = detector.scores(all);
        System.arraycopy(read, before.length, scores, from, to - from);
        before = Arrays.copyOfRange(all, Math.max(0, all.length - detector.context), all.length);
      }
      return scored(reading, scores);
    }

    private static Reading scored(Reading reading, double[] scores) {
      return Reading.ofScores(scores, reading.expected()[0], reading.spread()[0])
          .withComponents(reading.components());
    }
  }
}
