package dev.vedette.series;

import dev.vedette.data.Series;
import java.util.ArrayList;
import java.util.List;

/** Which terms the regression of a series has: seasons that its span and step allow. */
final class AdditiveTerms {
  private static final double DAY = 86_400_000;
  private static final double WEEK = 7 * DAY;
  private static final double YEAR = 365.25 * DAY;

  private static final int YEARLY = 10;
  private static final int WEEKLY = 3;

  /** What an hour of a weekday is, where there are many weeks: down to seven hours of a week. */
  private static final int WEEKLY_BY_HOURS = 24;

  private static final int DAILY = 6;
  private static final int OTHER = 10;
  private static final int LEAST_CYCLES = 2;

  private final double span;
  private final double step;
  private final int known;
  private final List<Double> frequencies = new ArrayList<>();
  private final List<Double> seasons = new ArrayList<>();

  private AdditiveTerms(double span, double step, int known) {
    this.span = span;
    this.step = step;
    this.known = known;
  }

  static AdditiveBasis of(Additive additive, Series history, int known) {
    long origin = history.time(0);
    double span = Math.max(1, (double) history.time(history.points() - 1) - origin);
    var terms = new AdditiveTerms(span, Math.max(1, history.step()), known);
    terms.add(DAY, DAILY);
    boolean byHours = span >= 4 * WEEK && terms.step <= DAY / 8;
    terms.add(WEEK, byHours ? WEEKLY_BY_HOURS : WEEKLY);
    terms.add(YEAR, YEARLY);
    for (int period : periods(additive, history)) {
      if (period > 1) {
        terms.add(period * terms.step, OTHER);
      }
    }
    return new AdditiveBasis(
        origin,
        span,
        additive.places(known),
        terms.frequencies.stream().mapToDouble(Double::doubleValue).toArray(),
        terms.seasons.stream().mapToDouble(Double::doubleValue).toArray(),
        Holidays.parse(additive.holidays()));
  }

  private static int[] periods(Additive additive, Series history) {
    if (additive.period() > 0) {
      return new int[] {additive.period()};
    }
    EvenSteps steps = EvenSteps.of(history);
    return steps.periods(steps.values(history, 0));
  }

  /**
   * Waves of a season that can be seen: two cycles and more, two steps and more a wave, a few
   * points for each term; none that is there already.
   */
  private void add(double length, int waves) {
    if (length * LEAST_CYCLES > span + step) {
      return;
    }
    for (int wave = 1; wave <= waves; wave++) {
      double frequency = wave / length;
      boolean room = 4 * (frequencies.size() + 1) <= known;
      boolean there = frequencies.stream().anyMatch(f -> Math.abs(f - frequency) * span < 0.5);
      if (room && !there && frequency * step < 0.499) {
        frequencies.add(frequency);
        seasons.add(length);
      }
    }
  }
}
