package dev.vedette.series;

import dev.vedette.DataException;
import dev.vedette.Require;
import dev.vedette.math.Quantiles;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Seasonal-trend decomposition by loess, robust against outliers, with the defaults of {@code
 * stl(s.window = "periodic", robust = TRUE)} in R.
 *
 * <p>The seasonal part is smoothed by a constant, the trend and the low-pass by a line; each fits
 * only every tenth of its window and interpolates, as in R. Cost O(n) for each of inner · (outer +
 * 1) iterations, with hardly any dependence on the windows.
 *
 * <p>Cleveland, Cleveland, McRae, Terpenning, "STL: A Seasonal-Trend Decomposition Procedure Based
 * on Loess", Journal of Official Statistics 6 (1990), 3-73.
 *
 * @param period n(p), points in a season, 2 or more
 * @param seasonalWindow n(s), odd, 7 or more by the paper (3 is the least taken); 0 for a season
 *     that never changes
 * @param trendWindow n(t), odd; 0 for the least odd number of at least 1.5 n(p) / (1 - 1.5 / n(s))
 * @param lowPassWindow n(l), odd; 0 for the least odd number of at least n(p)
 * @param inner n(i), passes of an inner loop, 1 or more
 * @param outer n(o), robust iterations, 0 for none
 */
public record Stl(
    int period, int seasonalWindow, int trendWindow, int lowPassWindow, int inner, int outer) {
  public Stl {
    Require.range("period", period, 2, 1_000_000);
    window("seasonalWindow", seasonalWindow);
    window("trendWindow", trendWindow);
    window("lowPassWindow", lowPassWindow);
    Require.range("inner", inner, 1, 100);
    Require.range("outer", outer, 0, 100);
  }

  /** A season that never changes, robust: one inner pass, 15 robust iterations. */
  public Stl(int period) {
    this(period, 0, 0, 0, 1, 15);
  }

  private static void window(String name, int window) {
    Require.that(
        window == 0 || (window >= 3 && window % 2 == 1),
        name + " must be odd and at least 3, or 0 for the default, is " + window);
  }

  public Stl seasonalWindow(int seasonalWindow) {
    return new Stl(period, seasonalWindow, trendWindow, lowPassWindow, inner, outer);
  }

  public Stl trendWindow(int trendWindow) {
    return new Stl(period, seasonalWindow, trendWindow, lowPassWindow, inner, outer);
  }

  public Stl lowPassWindow(int lowPassWindow) {
    return new Stl(period, seasonalWindow, trendWindow, lowPassWindow, inner, outer);
  }

  public Stl inner(int inner) {
    return new Stl(period, seasonalWindow, trendWindow, lowPassWindow, inner, outer);
  }

  public Stl outer(int outer) {
    return new Stl(period, seasonalWindow, trendWindow, lowPassWindow, inner, outer);
  }

  /**
   * As {@code robust = TRUE} or {@code FALSE} in R: one pass and 15 iterations, or two and none.
   */
  public Stl robust(boolean robust) {
    return inner(robust ? 1 : 2).outer(robust ? 15 : 0);
  }

  /**
   * Takes {@code values} apart.
   *
   * @param values equally spaced and finite, at least two seasons
   * @throws DataException where there are too few or a value is missing
   */
  public Decomposition decompose(double[] values) {
    if (values.length < 2 * period) {
      throw new DataException(
          "two seasons of %d points are needed, the series has %d points"
              .formatted(period, values.length));
    }
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new DataException("point " + i + " is " + values[i] + "; fill or drop it first");
      }
    }
    return new Run(this, values).decomposition();
  }

  private static int odd(double atLeast) {
    int whole = (int) Math.rint(atLeast);
    return whole % 2 == 0 ? whole + 1 : whole;
  }

  /** One decomposition at work. */
  private static final class Run {
    private final Stl stl;
    private final double[] y;
    private final int n;
    private final int period;
    private final Loess seasonalFit;
    private final Loess trendFit;
    private final Loess lowPassFit;
    private final double[] trend;
    private final double[] seasonal;
    private final double[] robustness;

    /** Subseries smoothed, one season longer at both ends. */
    private final double[] cycles;

    private final double[] work;
    private final double[] other;

    Run(Stl stl, double[] values) {
      this.stl = stl;
      this.y = values;
      this.n = values.length;
      this.period = stl.period;
      int season = stl.seasonalWindow == 0 ? 10 * n + 1 : stl.seasonalWindow;
      int slow =
          stl.trendWindow == 0
              ? odd(Math.ceil(1.5 * period / (1 - 1.5 / season)))
              : stl.trendWindow;
      int low = stl.lowPassWindow == 0 ? odd(period) : stl.lowPassWindow;
      this.seasonalFit = new Loess(season, 0, tenth(season), n / period + 1);
      this.trendFit = new Loess(slow, 1, tenth(slow), n);
      this.lowPassFit = new Loess(low, 1, tenth(low), n);
      this.trend = new double[n];
      this.seasonal = new double[n];
      this.robustness = new double[n];
      this.cycles = new double[n + 2 * period];
      this.work = new double[n + 2 * period];
      this.other = new double[n + 2 * period];
      Arrays.fill(robustness, 1);
    }

    private static int tenth(int window) {
      return (window + 9) / 10;
    }

    Decomposition decomposition() {
      for (int round = 0; round <= stl.outer; round++) {
        if (round > 0) {
          weigh();
        }
        for (int pass = 0; pass < stl.inner; pass++) {
          pass(round == 0 ? null : robustness);
        }
      }
      if (stl.seasonalWindow == 0) {
        repeat();
      }
      double[] remainder = new double[n];
      for (int i = 0; i < n; i++) {
        remainder[i] = y[i] - trend[i] - seasonal[i];
      }
      return new Decomposition(trend, seasonal, remainder, robustness);
    }

    /** One inner pass, steps 1 to 6 of section 2.2. */
    private void pass(double @Nullable [] weights) {
      for (int i = 0; i < n; i++) {
        work[i] = y[i] - trend[i];
      }
      smoothCycles(weights);
      lowPass();
      for (int i = 0; i < n; i++) {
        seasonal[i] = cycles[period + i] - other[i];
        work[i] = y[i] - seasonal[i];
      }
      trendFit.smooth(work, n, weights, trend, 0);
    }

    /** Step 2: each phase of the season by itself, one season beyond both ends. */
    private void smoothCycles(double @Nullable [] weights) {
      int longest = (n - 1) / period + 1;
      double[] phase = new double[longest];
      double[] phaseWeights = new double[longest];
      double[] smooth = new double[longest + 2];
      for (int j = 0; j < period; j++) {
        int length = (n - j - 1) / period + 1;
        for (int i = 0; i < length; i++) {
          phase[i] = work[i * period + j];
          phaseWeights[i] = robustness[i * period + j];
        }
        double[] used = weights == null ? null : phaseWeights;
        seasonalFit.smooth(phase, length, used, smooth, 1);
        smooth[0] = seasonalFit.before(phase, length, used, smooth[1]);
        smooth[length + 1] = seasonalFit.after(phase, length, used, smooth[length]);
        for (int i = 0; i < length + 2; i++) {
          cycles[i * period + j] = smooth[i];
        }
      }
    }

    /** Step 3: what is slow in the cycles, into {@code other}. */
    private void lowPass() {
      average(cycles, n + 2 * period, period, work);
      average(work, n + period + 1, period, other);
      average(other, n + 2, 3, work);
      lowPassFit.smooth(work, n, null, other, 0);
    }

    private static void average(double[] in, int length, int window, double[] out) {
      double sum = 0;
      for (int i = 0; i < window; i++) {
        sum += in[i];
      }
      out[0] = sum / window;
      for (int i = window; i < length; i++) {
        sum += in[i] - in[i - window];
        out[i - window + 1] = sum / window;
      }
    }

    /** Bisquare weights of the remainders, section 2.3. */
    private void weigh() {
      double[] away = new double[n];
      for (int i = 0; i < n; i++) {
        away[i] = Math.abs(y[i] - trend[i] - seasonal[i]);
      }
      double reach = 6 * Quantiles.median(away);
      for (int i = 0; i < n; i++) {
        double share = away[i] / reach;
        if (away[i] <= 0.001 * reach) {
          robustness[i] = 1;
        } else if (away[i] <= 0.999 * reach) {
          robustness[i] = (1 - share * share) * (1 - share * share);
        } else {
          robustness[i] = 0;
        }
      }
    }

    /** A season that never changes is the mean of each phase. */
    private void repeat() {
      for (int j = 0; j < period; j++) {
        double sum = 0;
        int count = 0;
        for (int i = j; i < n; i += period) {
          sum += seasonal[i];
          count++;
        }
        for (int i = j; i < n; i += period) {
          seasonal[i] = sum / count;
        }
      }
    }
  }
}
