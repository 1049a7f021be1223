package dev.vedette.azure;

import dev.vedette.math.Fourier;
import dev.vedette.math.Moments;
import dev.vedette.math.Quantiles;
import java.util.Arrays;

/**
 * A series without a season and with many points: what stands out of its saliency map, the inverse
 * transform of the spectrum less what is usual in it. Expected is a short mean of the points that
 * do not stand out at all.
 *
 * <p>Ren et al., "Time-Series Anomaly Detection Service at Microsoft", KDD 2019,
 * doi:10.1145/3292500.3330680, section 3.2.
 */
final class SpectralResidual {
  private static final int AHEAD = 5;
  private static final int SPECTRUM_WINDOW = 3;
  private static final int SCORE_WINDOW = 100;
  private static final int EXPECTED_WINDOW = 5;
  private static final double LEAST = 1e-8;
  private static final double THRESHOLD = 3.5;
  private static final double QUIET = 1;
  private static final double UNUSUAL = 1.5;
  private static final int RECENT = 6;
  private static final int RECENT_BEFORE_LAST = 10;

  private SpectralResidual() {}

  /** Every point. */
  static Judgement judge(double[] values, double ratio, Tuning tuning) {
    int n = values.length;
    double[] score = scores(values, next(within(values), RECENT));
    int most = Math.max(1, (int) (n * ratio));
    boolean[] anomaly = new boolean[n];
    int[] order = Ranks.order(score);
    double threshold = threshold(tuning);
    for (int i = n - 1; i >= 0 && score[order[i]] >= threshold && n - i <= most; i--) {
      anomaly[order[i]] = true;
    }
    double[] expected = expected(values, score);
    return new Judgement(Judgement.SPECTRAL, expected, expected, anomaly, score);
  }

  /**
   * The last point alone. Where the last {@code ratio} of the series stands out, what follows is
   * left out, so that a long anomaly does not become the rule.
   */
  static Judgement judgeLast(double[] values, double ratio, Tuning tuning) {
    int n = values.length;
    double[] score = scoresBeforeLast(values);
    int end = n;
    for (int i = n - 1; i >= 0 && i >= n - n * ratio; i--) {
      end = score[i] >= UNUSUAL ? i : end;
    }
    int kept = Math.min(end, n - 1);
    double[] shorter = Arrays.copyOf(values, kept + 1);
    shorter[kept] = values[n - 1];
    double last = kept < n - 1 ? scoresBeforeLast(shorter)[kept] : score[n - 1];
    double away = Math.abs(values[n - 1] - Moments.mean(values));
    boolean[] anomaly = new boolean[n];
    anomaly[n - 1] = last >= threshold(tuning) && away >= UNUSUAL * Moments.deviation(values);
    double[] expected = expected(values, score);
    expected[n - 1] = usual(values, score, end);
    Arrays.fill(score, 1); // the band is about the distance itself
    return new Judgement(Judgement.SPECTRAL, expected, expected, anomaly, score);
  }

  private static double[] scoresBeforeLast(double[] values) {
    return scores(values, next(Arrays.copyOf(values, values.length - 1), RECENT_BEFORE_LAST));
  }

  private static double threshold(Tuning tuning) {
    Double given = tuning.threshold();
    return given == null ? THRESHOLD : given;
  }

  /** The mean of the later half of the points before {@code end} that do not stand out. */
  private static double usual(double[] values, double[] score, int end) {
    double[] quiet = new double[end];
    int count = 0;
    for (int i = 0; i < end; i++) {
      if (score[i] <= QUIET) {
        quiet[count++] = values[i];
      }
    }
    double sum = 0;
    for (int i = count / 2; i < count; i++) {
      sum += quiet[i];
    }
    return sum / (count - count / 2);
  }

  /** How far each point of the saliency map is above those before it, relative to them. */
  private static double[] scores(double[] values, double next) {
    int n = values.length;
    double[] longer = Arrays.copyOf(values, n + AHEAD);
    Arrays.fill(longer, n, n + AHEAD, next);
    double[] saliency = saliency(longer);
    double[] mean = trailingMean(saliency, SCORE_WINDOW);
    double[] score = new double[n];
    for (int i = 1; i < n; i++) {
      double usual = Math.max(mean[i < SCORE_WINDOW ? i - 1 : i], LEAST);
      score[i] = Math.abs(saliency[i] - usual) / usual;
    }
    return score;
  }

  private static double[] saliency(double[] values) {
    int n = values.length;
    double[] re = values.clone();
    double[] im = new double[n];
    Fourier.forward(re, im);
    double[] log = new double[n];
    double[] amplitude = new double[n];
    for (int i = 0; i < n; i++) {
      amplitude[i] = Math.hypot(re[i], im[i]);
      log[i] = amplitude[i] <= LEAST ? 0 : Math.log(amplitude[i]);
    }
    double[] usual = trailingMean(log, SPECTRUM_WINDOW);
    for (int i = 0; i < n; i++) {
      double factor = amplitude[i] <= LEAST ? 0 : Math.exp(log[i] - usual[i]) / amplitude[i];
      re[i] *= factor;
      im[i] *= factor;
    }
    Fourier.inverse(re, im);
    for (int i = 0; i < n; i++) {
      re[i] = Math.hypot(re[i], im[i]);
    }
    return re;
  }

  /** The mean of the last {@code window} values up to each, of fewer at the start. */
  static double[] trailingMean(double[] values, int window) {
    double[] means = new double[values.length];
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[i];
      if (i >= window) {
        sum -= values[i - window];
      }
      means[i] = sum / Math.min(i + 1, window);
    }
    return means;
  }

  /** The value that follows, by the median of the last few and their mean slope to the last. */
  private static double next(double[] values, int few) {
    int count = Math.min(few, values.length);
    double[] recent = Arrays.copyOfRange(values, values.length - count, values.length);
    double slope = 0;
    for (int i = 0; i + 1 < count; i++) {
      slope += (recent[count - 1] - recent[i]) / (count - 1 - i);
    }
    slope /= Math.max(1, count - 1);
    return Quantiles.median(recent) + slope * (count + 1) / 2;
  }

  /** The values no farther than 1.5 interquartile ranges outside the quartiles. */
  private static double[] within(double[] values) {
    double[] sorted = Quantiles.sorted(values);
    double low = Quantiles.of(sorted, 0.25);
    double high = Quantiles.of(sorted, 0.75);
    double reach = 1.5 * (high - low);
    return Arrays.stream(values).filter(v -> v >= low - reach && v <= high + reach).toArray();
  }

  /**
   * A short mean in which points that stand out are replaced by the mean of those that do not in
   * the later half of what came before.
   */
  private static double[] expected(double[] values, double[] score) {
    int n = values.length;
    double[] sums = new double[n + 1];
    int[] counts = new int[n + 1];
    double[] quiet = new double[n];
    for (int i = 0; i < n; i++) {
      boolean calm = score[i] <= QUIET;
      int half = counts[i] > counts[i / 2] ? i / 2 : 0;
      int count = counts[i] - counts[half];
      quiet[i] = calm || count == 0 ? values[i] : (sums[i] - sums[half]) / count;
      sums[i + 1] = sums[i] + (calm ? values[i] : 0);
      counts[i + 1] = counts[i] + (calm ? 1 : 0);
    }
    return trailingMean(quiet, EXPECTED_WINDOW);
  }
}
