package dev.vedette.series;

import dev.vedette.DataException;
import dev.vedette.Detectors;
import dev.vedette.Models;
import dev.vedette.Reading;
import dev.vedette.Require;
import dev.vedette.SeriesDetector;
import dev.vedette.SeriesModel;
import dev.vedette.SeriesState;
import dev.vedette.SeriesStream;
import dev.vedette.data.Series;
import dev.vedette.math.Quantiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** A {@link Rolling} at work. */
public final class RollingStream implements SeriesStream {
  /** Points after which the first fit is tried. */
  static final int FIRST = 4;

  private final Rolling detector;
  private final SeriesDetector series;
  private final RollingPoints points;
  private long learned;
  private long due;
  private int since;
  private int fitted;
  private @Nullable SeriesModel model;
  private @Nullable Seen seen;
  private long modelBytes = -1;

  private RollingStream(State state) {
    detector = state.detector;
    series = detector.series();
    points = new RollingPoints(detector.window(), state.times, state.values);
    learned = state.learned;
    due = state.due;
    since = state.since;
    fitted = state.fitted;
    model = state.model;
  }

  static RollingStream started(Rolling detector, int variables) {
    return new State(detector, 0, FIRST, 0, new long[0], new double[variables][0], 0, null)
        .resume();
  }

  /**
   * What a {@link Rolling} learned, as it was at one moment.
   *
   * @param learned points
   * @param due the number of them at which it is fitted again
   * @param since points since the last fit, at most {@code every}
   * @param times of the last points, the oldest first
   * @param values variables × points
   * @param fitted points the model was fitted to
   * @param model the latest one, if there is any
   */
  public record State(
      Rolling detector,
      long learned,
      long due,
      int since,
      long[] times,
      double[][] values,
      int fitted,
      @Nullable SeriesModel model)
      implements SeriesState {
    public State {
      Require.that(values.length > 0, "a stream has a variable");
      for (double[] each : values) {
        Require.that(each.length == times.length, "one value of each variable per time");
      }
      Require.that(
          since >= 0 && since <= detector.every() && learned >= times.length,
          "a count of points is damaged");
      Require.that(
          model == null || (model.variables() == values.length && fitted > 0),
          "the model is of other points");
    }

    @Override
    public RollingStream resume() {
      return new RollingStream(this);
    }
  }

  /** What was read at a time, for these values. */
  private record Seen(
      long time,
      double[] values,
      double score,
      double[] expected,
      double[] spread,
      double[] contribution,
      boolean band) {}

  @Override
  public Rolling detector() {
    return detector;
  }

  @Override
  public int variables() {
    return points.variables();
  }

  boolean isEmpty() {
    return points.size() == 0;
  }

  @Override
  public double score(long time, double[] values) {
    Require.row(values, variables(), true);
    return seen(time, values).score;
  }

  @Override
  public double expected(long time, int variable) {
    return seen(time).expected[variable];
  }

  @Override
  public double spread(long time, int variable) {
    return seen(time).spread[variable];
  }

  /** What was seen at {@code time} last, or what is seen there without a value. */
  private Seen seen(long time) {
    if (seen != null && seen.time == time) {
      return seen;
    }
    double[] missing = new double[variables()];
    Arrays.fill(missing, Double.NaN);
    return seen(time, missing);
  }

  private Seen seen(long time, double[] values) {
    Seen known = seen;
    if (known == null || known.time != time || !Arrays.equals(known.values, values)) {
      known = look(time, values.clone());
      seen = known;
    }
    return known;
  }

  private Seen look(long time, double[] values) {
    double[] filled = filled(values);
    SeriesModel by = model;
    if (by != null) {
      Series near = points.lastAnd(time > points.last() ? since : 0, time, filled);
      Reading reading = read(by, near);
      if (reading == null && near.points() > 1) {
        near = points.lastAnd(0, time, filled);
        reading = read(by, near);
      }
      if (reading != null) {
        return seen(time, values, reading, near.points() - 1);
      }
    }
    return unread(time, values);
  }

  /** NaN stays only where a missing value is accepted, or none was known before. */
  private double[] filled(double[] values) {
    double[] filled = new double[values.length];
    for (int v = 0; v < filled.length; v++) {
      filled[v] =
          Double.isNaN(values[v]) && !series.acceptsMissing()
              ? points.last(v)
              : Rhythm.near(values[v]);
    }
    return filled;
  }

  private static @Nullable Reading read(SeriesModel model, Series near) {
    try {
      return model.read(near);
    } catch (DataException e) {
      return null; // as documented: what the detector refuses scores 0
    }
  }

  private Seen seen(long time, double[] values, Reading reading, int at) {
    double trust = trust();
    boolean missing = Arrays.stream(values).allMatch(Double::isNaN);
    boolean held = !missing && anyMissing(values) && !series.acceptsMissing();
    double share = missing ? 0 : reading.score()[at] >= Reading.MOST ? 1 : trust;
    double[] expected = new double[values.length];
    double[] spread = new double[values.length];
    double[] contribution = new double[values.length];
    for (int v = 0; v < values.length; v++) {
      expected[v] = reading.expected()[v][at];
      spread[v] = reading.spread()[v][at] / trust;
      contribution[v] = reading.contribution()[v][at] * share;
    }
    double score = reading.score()[at] * share;
    boolean band = reading.band() && !held;
    return new Seen(time, values, score, expected, spread, contribution, band);
  }

  /** How far a model of so many points is to be believed. */
  private double trust() {
    int known = Math.max(2, fitted);
    return known >= detector.window() ? 1 : (known - 1) / (known + 9.0);
  }

  private Seen unread(long time, double[] values) {
    double[] expected = new double[values.length];
    double[] spread = new double[values.length];
    for (int v = 0; v < expected.length; v++) {
      double[] all = points.values(v, points.size(), 0);
      double middle = Quantiles.median(all);
      expected[v] = Double.isNaN(middle) ? 0 : middle;
      spread[v] = Double.isNaN(middle) ? 0 : Spread.around(all);
    }
    return new Seen(time, values, 0, expected, spread, new double[values.length], false);
  }

  @Override
  public void learn(long time, double[] values) {
    Require.row(values, variables(), true);
    if (!keep(time, values) || learned < due) {
      return;
    }
    due = learned + Math.clamp(learned / 2, 1, detector.every());
    try {
      fit();
    } catch (DataException e) {
      // As documented: the former model stays.
    }
  }

  private boolean keep(long time, double[] values) {
    double[] filled = filled(values);
    if (time <= points.last() || (!series.acceptsMissing() && anyMissing(filled))) {
      return false;
    }
    points.add(time, filled);
    learned++;
    since = Math.min(since + 1, detector.every());
    seen = null;
    return true;
  }

  private static boolean anyMissing(double[] values) {
    return Arrays.stream(values).anyMatch(Double::isNaN);
  }

  /** Keeps all points of {@code history}, without a fit. */
  void keep(Series history) {
    double[] values = new double[variables()];
    for (int i = 0; i < history.points(); i++) {
      Replay.fill(values, history, i);
      keep(history.time(i), values);
    }
    due = learned + detector.every();
  }

  /** Fits the detector to the last points. */
  void fit() {
    model = series.fit(points.series());
    fitted = points.size();
    since = 0;
    seen = null;
    modelBytes = -1;
  }

  boolean precedes(Series later) {
    return later.points() > 0 && later.time(0) > points.last();
  }

  /** Reads each point before it is learned. */
  Reading read(Series later) {
    return reading(
        later,
        (i, values) -> {
          Seen now = seen(later.time(i), values);
          learn(later.time(i), values);
          return now;
        });
  }

  /** Reads points that lie beside those that were learned, by the model there is. */
  Reading readBeside(SeriesModel by, Series beside) {
    double[][] filled = new double[variables()][];
    for (int v = 0; v < filled.length; v++) {
      filled[v] = beside.values(v);
      double before = points.last(v);
      for (int i = 0; i < filled[v].length && !series.acceptsMissing(); i++) {
        before = Double.isNaN(filled[v][i]) ? before : filled[v][i];
        filled[v][i] = before;
      }
    }
    Reading all = by.read(Series.of(beside.names(), beside.times(), filled));
    return reading(beside, (i, values) -> seen(beside.time(i), values, all, i))
        .withComponents(all.components());
  }

  private Reading reading(Series series, BiFunction<Integer, double[], Seen> sight) {
    int count = series.points();
    double[] score = new double[count];
    double[][] expected = new double[variables()][count];
    double[][] spread = new double[variables()][count];
    double[][] contribution = new double[variables()][count];
    double[] values = new double[variables()];
    boolean band = true;
    for (int i = 0; i < count; i++) {
      Replay.fill(values, series, i);
      Seen now = sight.apply(i, values);
      score[i] = now.score;
      band &= now.band;
      for (int v = 0; v < values.length; v++) {
        expected[v][i] = now.expected[v];
        spread[v][i] = now.spread[v];
        contribution[v][i] = now.contribution[v];
      }
    }
    return new Reading(score, expected, spread, contribution).withBand(band);
  }

  @Override
  public State snapshot() {
    int size = points.size();
    double[][] values = new double[variables()][];
    Arrays.setAll(values, v -> points.values(v, size, 0));
    return new State(detector, learned, due, since, points.times(size, 0), values, fitted, model);
  }

  @Override
  public long bytes() {
    if (modelBytes < 0) {
      modelBytes = written(model);
    }
    return points.bytes() + modelBytes + 128;
  }

  /** The bytes of a model in a file, nearly all of which are those of its arrays. */
  private long written(@Nullable SeriesModel model) {
    double[][] none = new double[variables()][0];
    var state = new State(detector, 0, 0, 0, new long[0], none, fitted, model);
    var count = new Count();
    try {
      Models.write(state, count, Detectors.standard());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return count.bytes;
  }

  private static final class Count extends OutputStream {
    private long bytes;

    @Override
    public void write(int value) {
      bytes++;
    }

    @Override
    public void write(byte[] values, int from, int length) {
      bytes += length;
    }
  }
}
