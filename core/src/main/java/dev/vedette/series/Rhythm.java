package dev.vedette.series;

import dev.vedette.Require;
import java.util.Arrays;

/**
 * What is usual for one variable of a {@link SeasonalProfile}: a level that moves, what each
 * quarter of an hour of the day and each hour of the week adds to it, and the usual spread of each
 * hour of the day and of all. Every part is a running mean of what the others leave, robust and
 * weighted by the time between points.
 */
final class Rhythm {
  static final int DAY_NODES = 96;
  static final int WEEK_NODES = 168;
  static final int HOURS = 24;

  private static final double HOUR = 3_600_000;
  private static final double DAY = 24 * HOUR;
  private static final double LIMIT = 3; // spreads, beyond which a value teaches no more
  private static final double RETURNING = 3; // limits, for what may be a rhythm
  private static final int LONGEST_RUN = 60; // 2^60 spreads
  private static final double FASTEST_LEVEL = 0.1;
  private static final double DAY_PRIOR = 0.3; // days that speak for no rhythm before the data do
  private static final double WEEK_PRIOR = 0.5; // weeks likewise
  private static final double SPREAD_PRIOR = 3; // days that speak for the spread of all hours
  private static final double SPREAD_DAYS = 5; // behind the spread of an hour
  private static final double TRUST_PRIOR = 6; // hours that speak for the rhythm as it is
  private static final double LARGEST = 1e145; // squares and their sums stay finite

  private final SeasonalProfile detector;
  private final double[] day;
  private final double[] dayWeight;
  private final double[] week;
  private final double[] weekWeight;
  private final double[] squares;
  private final double[] squareWeight;

  private double level;
  private double square;
  private double points;
  private int run;
  private final double[] dayTrust;
  private final double[] weekTrust;

  /**
   * What was learned of one variable.
   *
   * @param level the value without the rhythms
   * @param square of the usual residual
   * @param points how many there were
   * @param run how many values one after the other, up to now, were far out
   * @param day what each node of the day adds
   * @param dayWeight days behind each
   * @param week what each node of the week adds
   * @param weekWeight weeks behind each
   * @param squares of the usual residual of each hour of the day
   * @param squareWeight days behind each
   * @param dayTrust Σ rhythm · value and Σ rhythm², whose ratio is how far the day is believed
   * @param weekTrust the same of the week
   */
  record State(
      double level,
      double square,
      double points,
      int run,
      double[] day,
      double[] dayWeight,
      double[] week,
      double[] weekWeight,
      double[] squares,
      double[] squareWeight,
      double[] dayTrust,
      double[] weekTrust) {
    State {
      requireSmall("level", level);
      Require.that(square >= 0 && square <= 1e301, "a spread is damaged");
      Require.that(points >= 0 && points == Math.rint(points), "a count is damaged");
      Require.range("run", run, 0, LONGEST_RUN);
      requireNodes(day, dayWeight, DAY_NODES);
      requireNodes(week, weekWeight, WEEK_NODES);
      requireNodes(squares, squareWeight, HOURS);
      for (double each : squares) {
        Require.that(each >= 0, "a spread is damaged");
      }
      Require.that(dayTrust.length == 2 && weekTrust.length == 2, "two sums per rhythm");
      Require.finite("a sum", dayTrust);
      Require.finite("a sum", weekTrust);
    }

    private static void requireSmall(String name, double value) {
      Require.that(Math.abs(value) <= 1e301, "the " + name + " is damaged");
    }

    private static void requireNodes(double[] values, double[] weights, int nodes) {
      Require.that(
          values.length == nodes && weights.length == nodes, "a value and a weight per node");
      for (int i = 0; i < nodes; i++) {
        requireSmall("rhythm", values[i]);
        Require.that(weights[i] >= 0 && weights[i] <= 1e6, "a weight is damaged");
      }
    }

    static State none() {
      return new State(
          0,
          0,
          0,
          0,
          new double[DAY_NODES],
          new double[DAY_NODES],
          new double[WEEK_NODES],
          new double[WEEK_NODES],
          new double[HOURS],
          new double[HOURS],
          new double[2],
          new double[2]);
    }
  }

  Rhythm(State state, SeasonalProfile detector) {
    this.detector = detector;
    level = state.level;
    square = state.square;
    points = state.points;
    run = state.run;
    day = state.day.clone();
    dayWeight = state.dayWeight.clone();
    week = state.week.clone();
    weekWeight = state.weekWeight.clone();
    squares = state.squares.clone();
    squareWeight = state.squareWeight.clone();
    dayTrust = state.dayTrust.clone();
    weekTrust = state.weekTrust.clone();
  }

  State snapshot() {
    return new State(
        level,
        square,
        points,
        run,
        day.clone(),
        dayWeight.clone(),
        week.clone(),
        weekWeight.clone(),
        squares.clone(),
        squareWeight.clone(),
        dayTrust.clone(),
        weekTrust.clone());
  }

  static long bytes() {
    return (2L * (DAY_NODES + WEEK_NODES + HOURS) + 8) * Double.BYTES + 256;
  }

  /** {@code value}, near enough for its square to be finite. */
  static double near(double value) {
    return Math.clamp(value, -LARGEST, LARGEST);
  }

  double expected(Phase phase) {
    return level + rhythm(phase);
  }

  private double rhythm(Phase phase) {
    return day(phase) + week(phase);
  }

  double level() {
    return level;
  }

  /** What this time of the day adds. */
  double day(Phase phase) {
    return trust(dayTrust) * phase.day(day);
  }

  /** What this time of the week adds to that. */
  double week(Phase phase) {
    return trust(weekTrust) * phase.week(week);
  }

  /** How far a rhythm is believed: the slope of the values over it, so far, between 0 and 1. */
  private double trust(double[] sums) {
    double prior = TRUST_PRIOR * square;
    double whole = sums[1] + prior;
    return whole > 0 ? Math.clamp((sums[0] + prior) / whole, 0, 1) : 1;
  }

  /**
   * The usual spread, larger while little is known: with n points by (n + 9) / (n − 1), and as if
   * the level were uncertain by 1/n² of itself. A constant has a hundredth of its value for a
   * spread, 0 has 1.
   */
  double spread(Phase phase) {
    if (points == 0) {
      return 0;
    }
    double weight = squareWeight[phase.hour()];
    double own = (weight * squares[phase.hour()] + SPREAD_PRIOR * square) / (weight + SPREAD_PRIOR);
    double unsure = Math.abs(level) / (points * points);
    double spread = Math.sqrt(own + unsure * unsure) * (points + 9) / Math.max(0.5, points - 1);
    double least = square > 0 ? 1e-6 * Math.abs(level) : level == 0 ? 1 : 0.01 * Math.abs(level);
    return Math.max(spread, least);
  }

  /**
   * Learns a value.
   *
   * @param after milliseconds since the point before; 0 for the first
   */
  void learn(Phase phase, double value, double after) {
    double near = near(value);
    if (points == 0) {
      level = near;
      points = 1;
      return;
    }
    double spread = spread(phase);
    double off = near - expected(phase);
    double limit = LIMIT * spread * Math.scalb(1.0, run);
    double heard = Math.clamp(off, -limit, limit);
    learnSpread(phase, off, spread, after);
    learnTrust(phase, heard, Math.min(1, after / HOUR));
    learnRhythm(phase, heard, Math.clamp(off, -RETURNING * limit, RETURNING * limit), after);
    run = Math.abs(off) > LIMIT * spread ? Math.min(LONGEST_RUN, run + 1) : 0;
    points++;
  }

  /** A far value counts as the geometric mean of the limit and itself, and at most doubles. */
  private void learnSpread(Phase phase, double off, double spread, double after) {
    double limit = LIMIT * spread;
    double size = Math.abs(off);
    double heard = size <= limit ? size * size : limit * size;
    double most = Math.scalb(1.0, run + 1);
    double rate = Math.max(1 / points, Math.min(0.02, fading(after, 3 * DAY)));
    double step = rate * (heard - square);
    square += square > 0 ? Math.min(step, (most - 1) * square) : step;
    double weight = Math.min(1, after / HOUR);
    int hour = phase.hour();
    double behind = Math.min(SPREAD_DAYS, squareWeight[hour] + weight);
    squareWeight[hour] = behind;
    if (behind > 0) {
      double old = squares[hour];
      double change = weight * (heard - old) / behind;
      squares[hour] =
          old + (old > 0 ? Math.min(change, (most - 1) * Math.max(old, square)) : change);
    }
    square = Math.min(square, 1e300);
    squares[hour] = Math.min(squares[hour], 1e300);
  }

  private void learnTrust(Phase phase, double off, double weight) {
    double kept = 1 - fading(weight * HOUR, 14 * DAY);
    believe(dayTrust, phase.day(day), off, kept, weight);
    believe(weekTrust, phase.week(week), off, kept, weight);
  }

  private void believe(double[] sums, double rhythm, double off, double kept, double weight) {
    double value = off + trust(sums) * rhythm;
    sums[0] = Math.clamp(kept * sums[0] + weight * rhythm * value, -1e300, 1e300);
    sums[1] = Math.min(kept * sums[1] + weight * rhythm * rhythm, 1e300);
  }

  /** The rhythms hear more of a far value than the level does: it may come back next week. */
  private void learnRhythm(Phase phase, double off, double returning, double after) {
    double rate =
        Math.max(
            1 / (points + 1), Math.min(FASTEST_LEVEL, fading(after, detector.halfLife() * HOUR)));
    level = near(level + rate * off);
    double left = returning - rate * off;
    double inDay = left - (1 - trust(dayTrust)) * phase.day(day);
    double weight = Math.min(1, after / (DAY / DAY_NODES));
    phase.learnDay(day, dayWeight, inDay, weight, DAY_PRIOR, detector.days());
    double inWeek = left - inDay * weight / (detector.days() + DAY_PRIOR);
    inWeek -= (1 - trust(weekTrust)) * phase.week(week);
    phase.learnWeek(
        week, weekWeight, inWeek, Math.min(1, after / HOUR), WEEK_PRIOR, detector.weeks());
  }

  /** What fades within {@code time}. */
  private static double fading(double time, double halfLife) {
    return -Math.expm1(-Math.log(2) * time / halfLife);
  }

  /** Starts again before the first of {@code values}, with the rhythms as they are. */
  void rewind(double[] values, Phase[] phases) {
    double[] levels = new double[values.length];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i])) {
        levels[count++] = near(values[i]) - rhythm(phases[i]);
      }
    }
    if (count > 0) {
      Arrays.sort(levels, 0, count);
      level = near(levels[count / 2]);
    }
    run = 0;
  }
}
