package dev.vedette.series;

import dev.vedette.Forecast;
import dev.vedette.Forecaster;
import dev.vedette.Reading;
import dev.vedette.Reading.Component;
import dev.vedette.Require;
import dev.vedette.data.Series;
import dev.vedette.math.Normal;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A fitted {@link Additive}.
 *
 * @param coefficients one per term
 * @param scale of the errors
 * @param end time of the last point of the history
 * @param step usual distance of points, in milliseconds
 * @param widening of the intervals of forecasts, as {@link PastForecasts} has it
 */
public record AdditiveModel(
    Additive detector,
    AdditiveBasis basis,
    double[] coefficients,
    double scale,
    long end,
    long step,
    double[] widening)
    implements Forecaster {
  public AdditiveModel {
    Require.that(coefficients.length == basis.size(), "one coefficient per term");
    Require.finite("a coefficient", coefficients);
    Require.that(scale >= 0 && step > 0, "the scale or the step is damaged");
    Require.finite("the widening", widening);
  }

  @Override
  public int variables() {
    return 1;
  }

  @Override
  public Reading read(Series later) {
    later.requireUsable(1, true);
    double[] expected = new double[later.points()];
    double[] spread = new double[expected.length];
    double[] terms = new double[basis.size()];
    double wandering = wandering();
    List<String> names = basis.parts();
    int[] part = basis.partOfTerms();
    double[][] parts = new double[names.size()][expected.length];
    for (int i = 0; i < expected.length; i++) {
      basis.terms(later.time(i), terms);
      expected[i] = AdditiveFit.dot(terms, coefficients);
      spread[i] = spread(later.time(i), wandering);
      for (int j = 0; j < terms.length; j++) {
        parts[part[j]][i] += terms[j] * coefficients[j];
      }
    }
    return Reading.of(later.values(0), expected, spread)
        .withComponents(
            IntStream.range(0, parts.length)
                .mapToObj(k -> Component.of(names.get(k), parts[k]))
                .toList());
  }

  @Override
  public Reading readTraining(Series history) {
    return read(history);
  }

  /**
   * How quickly the variance of the trend grows. Bends go on to come as often as they may have come
   * so far, each with the mean size of those; then the variance at distance d is λ · 2b² · d³ / 3,
   * with λ bends per length of the history and 2b² the mean square of a Laplace-distributed bend.
   */
  private double wandering() {
    int bends = basis.bends().length;
    double sum = 0;
    for (int j = 0; j < bends; j++) {
      sum += Math.abs(coefficients[AdditiveBasis.STRAIGHT + j]);
    }
    if (bends == 0) {
      return 0;
    }
    double mean = sum / bends;
    double often = bends / basis.bends()[bends - 1];
    return often * 2 * mean * mean / 3;
  }

  private double spread(long time, double wandering) {
    double beyond = Math.max(0, basis.place(time) - basis.place(end));
    return Math.sqrt(scale * scale + wandering * beyond * beyond * beyond);
  }

  AdditiveModel widened(double[] widening) {
    return new AdditiveModel(detector, basis, coefficients, scale, end, step, widening);
  }

  /** The errors of a forecast of the first {@code points} points of {@code later}. */
  void compare(Series later, int points, PastForecasts past) {
    int count = Math.min(points, later.points());
    Reading reading = read(later.slice(0, count));
    for (int i = 0; i < count; i++) {
      double error = later.value(0, i) - reading.expected()[0][i];
      past.add(i + 1, error, reading.spread()[0][i]);
    }
  }

  @Override
  public Forecast forecast(int points, double level) {
    Require.range("points", points, 1, 10_000_000);
    Require.that(level > 0 && level < 1, "level must be more than 0 and less than 1");
    double wide = Normal.quantile((1 + level) / 2);
    double wandering = wandering();
    double[] terms = new double[basis.size()];
    long[] times = EvenSteps.after(end, step, points);
    double[] expected = new double[points];
    double[] lower = new double[points];
    double[] upper = new double[points];
    for (int h = 0; h < points; h++) {
      basis.terms(times[h], terms);
      expected[h] = AdditiveFit.dot(terms, coefficients);
      double half = wide * spread(times[h], wandering) * PastForecasts.at(widening, h + 1);
      lower[h] = expected[h] - half;
      upper[h] = expected[h] + half;
    }
    return new Forecast(times, expected, lower, upper);
  }
}
