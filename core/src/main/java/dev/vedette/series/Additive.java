package dev.vedette.series;

import dev.vedette.DataException;
import dev.vedette.Require;
import dev.vedette.SeriesDetector;
import dev.vedette.data.Series;
import dev.vedette.math.Quantiles;
import dev.vedette.math.Seeds;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/**
 * Additive regression: the series is a trend that bends here and there, plus what repeats each
 * year, week and day, plus holidays; the score says how many usual errors a value is off.
 *
 * <p>Score ≥ 0: 0 is the expected value; errors of a usual point are about normally distributed
 * with standard deviation 1. Every point of the history is read in the light of all of it, and a
 * later one is expected the less surely the farther it lies ahead. Times may be irregular, values
 * missing, a history of any length. It does not follow what happens after the history: fit again.
 *
 * <p>The form is that of Taylor and Letham 2018, doi:10.1080/00031305.2017.1380080: a piecewise
 * linear trend whose bends are held down by their absolute values, Fourier terms, and a forecast
 * whose trend goes on bending as it did. It is fitted by penalised robust least squares, so that
 * outliers hardly count, and the spread of the trend to come is computed rather than simulated.
 * Intervals are widened by how wrong forecasts of three parts of the history were, from what was
 * before each.
 *
 * <p>Fit O(n · terms²), about 70 terms; of more than 50,000 points as many are drawn. A point
 * O(terms). A level that jumps is bent towards, not jumped to. Days and weeks are those of UTC.
 *
 * @param period length of a season in steps, 2 to 1,000,000, besides year, week and day; 0 finds
 *     it, 1 is none
 * @param bends places where the trend may bend, evenly over the first nine tenths, 0 to 500
 * @param flexibility the usual size of a bend, in spreads of the values per length of the history,
 *     0.0001 to 100
 * @param holidays days with their own level: {@code none}, or {@code 2025-12-25_2026-12-25} with
 *     {@code ..} for stretches and {@code /} between kinds of days; name those to come, too
 */
public record Additive(int period, int bends, double flexibility, String holidays)
    implements SeriesDetector {
  private static final int LEAST_POINTS = 4;
  private static final int MOST_POINTS = 50_000;
  private static final double LARGEST = 1e100;
  private static final double BENDING = 0.9;

  /** Of the history; each of the last is forecast from those before it. */
  private static final int PARTS = 8;

  private static final int FORECAST = 3;

  private static final int FEWEST_BEFORE = 24; // known values, to forecast a part
  private static final int MOST_BEFORE = 2_000; // that are learned from to do so

  public Additive {
    Require.range("period", period, 0, 1_000_000);
    Require.range("bends", bends, 0, 500);
    Require.range("flexibility", flexibility, 0.0001, 100);
    Holidays.parse(holidays);
  }

  /** Finds the seasons; 25 bends, of a usual size of 0.2; no holidays. */
  public Additive() {
    this(0, 25, 0.2, "none");
  }

  public Additive period(int period) {
    return new Additive(period, bends, flexibility, holidays);
  }

  public Additive bends(int bends) {
    return new Additive(period, bends, flexibility, holidays);
  }

  public Additive flexibility(double flexibility) {
    return new Additive(period, bends, flexibility, holidays);
  }

  public Additive holidays(String holidays) {
    return new Additive(period, bends, flexibility, holidays);
  }

  /**
   * A holiday on each of {@code days}, with an effect of its own on each of the days around it,
   * instead of the holidays so far.
   */
  public Additive holidays(List<LocalDate> days, int before, int after) {
    return holidays(Holidays.around(days, before, after));
  }

  @Override
  public boolean acceptsMissing() {
    return true;
  }

  @Override
  public AdditiveModel fit(Series history) {
    history.requireUsable(1, true);
    return fit(history, MOST_POINTS).widened(widening(history));
  }

  /** From fits of what was before each of the last parts of the history, and what came. */
  private double[] widening(Series history) {
    var past = new PastForecasts();
    int points = history.points();
    int ahead = points / PARTS;
    for (int part = PARTS - FORECAST; part < PARTS && ahead > 0; part++) {
      int origin = part * ahead;
      Series before = history.slice(0, origin);
      if (known(before, 0).length >= FEWEST_BEFORE) {
        fit(before, MOST_BEFORE).compare(history.slice(origin, points), ahead, past);
      }
    }
    return past.widening();
  }

  private AdditiveModel fit(Series history, int most) {
    int[] known = known(history, LEAST_POINTS);
    AdditiveBasis basis = AdditiveTerms.of(this, history, known.length);
    int[] learned = known;
    if (known.length > most) {
      int[] drawn = Seeds.sample(Seeds.stream(0, 0), known.length, most);
      learned = Arrays.stream(drawn).sorted().map(i -> known[i]).toArray();
    }
    double[] values = Arrays.stream(learned).mapToDouble(i -> history.value(0, i)).toArray();
    double[] sorted = Quantiles.sorted(values);
    double center = Quantiles.of(sorted, 0.5);
    double unit = (Quantiles.of(sorted, 0.975) - Quantiles.of(sorted, 0.025)) / 2;
    if (!(unit > 0)) {
      unit =
          Math.max(
              (sorted[sorted.length - 1] - sorted[0]) / 2, Math.max(1e-9, 1e-9 * Math.abs(center)));
    }
    double[][] terms = new double[learned.length][basis.size()];
    for (int i = 0; i < learned.length; i++) {
      basis.terms(history.time(learned[i]), terms[i]);
      values[i] = (values[i] - center) / unit;
    }
    var fit = new AdditiveFit(terms, values, basis.bends().length, flexibility);
    double[] coefficients = fit.coefficients();
    for (int j = 0; j < coefficients.length; j++) {
      coefficients[j] *= unit;
    }
    coefficients[0] += center;
    double share = Math.min(0.5, fit.used() / learned.length);
    double scale = unit * fit.scale() * Math.sqrt((1 + share) / (1 - share));
    return new AdditiveModel(
        this,
        basis,
        coefficients,
        scale,
        history.time(history.points() - 1),
        Math.max(1, history.step()),
        new double[0]);
  }

  private static int[] known(Series history, int least) {
    int[] known = new int[history.points()];
    int count = 0;
    for (int i = 0; i < known.length; i++) {
      double value = history.value(0, i);
      if (!Double.isNaN(value)) {
        known[count++] = i;
      }
      if (Math.abs(value) > LARGEST) {
        throw new DataException(
            "point " + i + " is " + value + ", too large to square; scale it first");
      }
    }
    if (count < least) {
      throw new DataException(
          "additive regression needs %s known values, there are %s of %s points"
              .formatted(least, count, history.points()));
    }
    return Arrays.copyOf(known, count);
  }

  /** Places of the bends on a line from 0 to 1. */
  double[] places(int known) {
    int count = Math.min(bends, known / 4);
    double[] places = new double[count];
    for (int i = 0; i < count; i++) {
      places[i] = BENDING * (i + 1) / (count + 1);
    }
    return places;
  }
}
