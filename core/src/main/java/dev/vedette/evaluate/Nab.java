package dev.vedette.evaluate;

import dev.vedette.DataException;
import dev.vedette.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The score of the Numenta Anomaly Benchmark: how early and with how few false alarms a stream
 * detector finds labelled windows (Lavin and Ahmad, "Evaluating Real-time Anomaly Detection
 * Algorithms", ICMLA 2015, doi:10.1109/ICMLA.2015.141).
 *
 * <p>100 is the perfect detector, which flags the first point of every window and nothing else; 0
 * is the one that flags nothing; many false alarms make it negative. Only the earliest flag in a
 * window counts, worth nearly 1 at its left edge and nearly 0 at its right one. A flag outside
 * costs the profile's price, less when it comes shortly after a window. The first 15 % of a series,
 * at most 750 points, are probation: nothing in them counts.
 *
 * <p>One threshold serves all series, as if they were one corpus; {@link #best} picks it in
 * hindsight, which is what the published tables do. O(n log n) for n points in all.
 *
 * @param profile what a hit, a false alarm and a miss are worth
 * @param threshold a point is flagged when its score is at least this; infinite for none
 * @param raw the sum over all series, before it is normalised
 * @param windows labelled windows in all series
 * @param found windows with a flag
 * @param falseAlarms flags outside the windows, after probation
 * @param series the raw score of every series, in the order given
 */
public record Nab(
    Profile profile,
    double threshold,
    double raw,
    int windows,
    int found,
    int falseAlarms,
    double[] series) {
  private static final double PROBATION = 0.15;
  private static final int LONGEST_PROBATION = 750;

  /** What is worth how much. */
  public enum Profile {
    /** A miss costs as much as nine false alarms. */
    STANDARD(0.11, 1),
    /** False alarms cost twice as much. */
    REWARD_LOW_FP(0.22, 1),
    /** Misses cost twice as much. */
    REWARD_LOW_FN(0.11, 2);

    private final double falseAlarm;
    private final double miss;

    Profile(double falseAlarm, double miss) {
      this.falseAlarm = falseAlarm;
      this.miss = miss;
    }
  }

  /**
   * A labelled anomaly: the points {@code from} to {@code to}, both included.
   *
   * @param from the first point, ≥ 0
   * @param to the last point, ≥ {@code from}
   */
  public record Window(int from, int to) {
    public Window {
      Require.range("from", from, 0, Integer.MAX_VALUE - 1);
      Require.range("to", to, from, Integer.MAX_VALUE - 1);
    }

    private int points() {
      return to - from + 1;
    }
  }

  /**
   * What a detector said about one series.
   *
   * @param scores of all points in time order, higher is more anomalous
   * @param windows in time order, not overlapping
   */
  public record Scores(double[] scores, List<Window> windows) {
    public Scores {
      windows = List.copyOf(windows);
      int last = -1;
      for (Window window : windows) {
        if (window.from <= last || window.to >= scores.length) {
          throw new DataException(
              "window %d to %d follows point %d of a series of %d; give windows in order inside it"
                  .formatted(window.from, window.to, last, scores.length));
        }
        last = window.to;
      }
      for (int i = 0; i < scores.length; i++) {
        if (Double.isNaN(scores[i])) {
          throw new DataException("the score of point %d is NaN; score every point".formatted(i));
        }
      }
    }

    private int probation() {
      return (int) Math.min(Math.floor(PROBATION * scores.length), LONGEST_PROBATION);
    }
  }

  /** The score with the threshold that suits {@code series} and the profile best, in hindsight. */
  public static Nab best(List<Scores> series, Profile profile) {
    List<Point> points = points(series, profile);
    points.sort((a, b) -> Double.compare(b.score, a.score));
    var tally = new Tally(series, profile);
    double threshold = Double.POSITIVE_INFINITY;
    double best = tally.sum();
    for (int i = 0; i < points.size(); i++) {
      Point point = points.get(i);
      tally.flag(point);
      boolean last = i + 1 == points.size() || points.get(i + 1).score < point.score;
      if (last && tally.sum() > best) {
        best = tally.sum();
        threshold = point.score;
      }
    }
    return at(series, profile, threshold);
  }

  /** The score when the points that score at least {@code threshold} are flagged. */
  public static Nab at(List<Scores> series, Profile profile, double threshold) {
    Require.that(!Double.isNaN(threshold), "threshold is NaN; give a number");
    var tally = new Tally(series, profile);
    points(series, profile).stream().filter(p -> p.score >= threshold).forEach(tally::flag);
    return tally.result(threshold);
  }

  /** 0 for the detector that flags nothing, 100 for the perfect one. */
  public double score() {
    double nothing = -windows * profile.miss;
    return 100 * (raw - nothing) / (windows - nothing);
  }

  /** What a flag on one point is worth. Window −1 is outside of every window. */
  private record Point(double score, int series, int window, double worth) {}

  private static List<Point> points(List<Scores> series, Profile profile) {
    Require.that(
        series.stream().anyMatch(s -> !s.windows.isEmpty()),
        "no series has a window; NAB needs labelled anomalies");
    var points = new ArrayList<Point>();
    int windows = 0;
    for (int s = 0; s < series.size(); s++) {
      addPoints(points, s, windows, series.get(s), profile);
      windows += series.get(s).windows.size();
    }
    return points;
  }

  private static void addPoints(
      List<Point> points, int number, int firstWindow, Scores one, Profile profile) {
    int next = 0;
    for (int i = 0; i < one.scores.length; i++) {
      if (next < one.windows.size() && i > one.windows.get(next).to) {
        next++;
      }
      if (i < one.probation()) {
        continue;
      }
      boolean inside = next < one.windows.size() && i >= one.windows.get(next).from;
      double worth =
          inside
              ? hit(one.windows.get(next), i)
              : profile.falseAlarm * miss(next == 0 ? null : one.windows.get(next - 1), i);
      points.add(new Point(one.scores[i], number, inside ? firstWindow + next : -1, worth));
    }
  }

  /** The left edge is worth 1. */
  private static double hit(Window window, int point) {
    return sigmoid(-(window.to - point + 1.0) / window.points()) / sigmoid(-1);
  }

  private static double miss(@Nullable Window before, int point) {
    double past = before == null ? 3 : (point - before.to) / (before.points() - 1.0);
    return past >= 3 ? -1 : sigmoid(past);
  }

  private static double sigmoid(double position) {
    return 2 / (1 + Math.exp(5 * position)) - 1;
  }

  /** The sum so far: every window its earliest flag, every false alarm its price. */
  private static final class Tally {
    private final Profile profile;
    private final double[] series;
    private final double[] windows;
    private int found;
    private int falseAlarms;
    private double sum;

    Tally(List<Scores> all, Profile profile) {
      this.profile = profile;
      series = all.stream().mapToDouble(s -> -profile.miss * s.windows.size()).toArray();
      windows = new double[all.stream().mapToInt(s -> s.windows.size()).sum()];
      Arrays.fill(windows, -profile.miss);
      sum = Arrays.stream(series).sum();
    }

    void flag(Point point) {
      double gain = point.worth;
      if (point.window < 0) {
        falseAlarms++;
      } else {
        double before = windows[point.window];
        found += before < 0 ? 1 : 0;
        gain = Math.max(0, point.worth - before);
        windows[point.window] = Math.max(before, point.worth);
      }
      series[point.series] += gain;
      sum += gain;
    }

    double sum() {
      return sum;
    }

    Nab result(double threshold) {
      return new Nab(profile, threshold, sum, windows.length, found, falseAlarms, series);
    }
  }
}
