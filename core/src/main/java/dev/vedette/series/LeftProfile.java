package dev.vedette.series;

import dev.vedette.Reading;
import dev.vedette.Require;
import dev.vedette.SeriesModel;
import dev.vedette.SeriesState;
import dev.vedette.StreamingDetector;
import dev.vedette.data.Series;

/**
 * Left matrix profile: how unlike anything remembered the shape of the last points is, for streams.
 * What scores highest is a discord.
 *
 * <p>Score from 0 to √2: √(1 − ρ), where ρ is the correlation of the window that ends at the point
 * with the most similar remembered window that does not overlap it; 0 is a shape seen before, 1 is
 * like none. A constant window is like another constant one, and halfway (ρ = 1/2) like any other.
 * 0 until two windows are known, and for a missing value, which is learned as the last one.
 *
 * <p>The expected value is what followed the most similar window, brought to the mean and the
 * deviation of the last one; the spread is 1.25 times the mean error of late of such a forecast,
 * the standard deviation of a normal one.
 *
 * <p>Exact within the memory: the comparison with all remembered windows goes on from that of the
 * point before in two multiply-adds each, O(memory) a point in time and 70 bytes a point
 * remembered. (DAMP leaves comparisons out so that a batch machine can remember without bound.) The
 * same shape again is not strange, so a fault that comes back within the memory scores once.
 *
 * <p>Lu et al. 2022, doi:10.1145/3534678.3539271; Zhu et al. 2016, doi:10.1109/ICDM.2016.0085.
 *
 * @param window points of a window, 4 to 100,000; 0 for the shortest period of the first 512
 *     points, or of the history
 * @param memory points remembered at least, 4 windows to 1,000,000; a quarter more is held at times
 */
public record LeftProfile(int window, int memory) implements StreamingDetector {
  static final int FEWEST = 4;
  static final int LEAST_MEMORY = 64;

  public LeftProfile {
    Require.that(
        window == 0 || (window >= FEWEST && window <= 100_000),
        "window must be from 4 to 100000, or 0 for automatic, is " + window);
    Require.range("memory", memory, Math.max(LEAST_MEMORY, 4 * window), 1_000_000);
  }

  /** Windows as long as the shortest period, 4,096 points remembered. */
  public LeftProfile() {
    this(0, 4096);
  }

  public LeftProfile window(int window) {
    return new LeftProfile(window, memory);
  }

  public LeftProfile memory(int memory) {
    return new LeftProfile(window, memory);
  }

  @Override
  public boolean acceptsMissing() {
    return true;
  }

  @Override
  public LeftProfileStream start(int variables) {
    Require.range("the number of variables", variables, 1, 1);
    return State.none(this, window).resume();
  }

  @Override
  public Fitted fit(Series history) {
    history.requireUsable(1, true);
    int length = window;
    if (length == 0 && history.points() > 0) {
      length = Math.min(memory / 4, WindowLength.of(history.values(0)));
    }
    LeftProfileStream stream = State.none(this, length).resume();
    for (int i = 0; i < history.points(); i++) {
      stream.learn(history.time(i), new double[] {history.value(0, i)});
    }
    return new Fitted(this, stream.snapshot());
  }

  /**
   * What a {@link LeftProfile} learned, as it was at one moment.
   *
   * @param window points of a window; 0 where it is not chosen yet
   * @param last when the last point was
   * @param values the remembered ones
   * @param middle of the values when they were last put in units
   * @param unit of the values
   * @param covariances of the last window with those before it that do not overlap it
   * @param nearest the most similar of these; −1 where there is none
   * @param error the mean error of the forecasts of late
   * @param forecasts how many there were
   */
  public record State(
      LeftProfile detector,
      int window,
      long last,
      double[] values,
      double middle,
      double unit,
      double[] covariances,
      int nearest,
      double error,
      long forecasts)
      implements SeriesState {
    public State {
      Require.finite("the values", values);
      Require.finite("the covariances", covariances);
      Require.that(
          window == 0 || (window >= FEWEST && window <= detector.memory / 4),
          "the window does not fit the memory");
      Require.that(unit > 0 && unit <= Double.MAX_VALUE, "the unit is not positive");
      Require.that(Math.abs(middle) <= Double.MAX_VALUE, "the middle is not a number");
      Require.range("error", error, 0, Double.MAX_VALUE);
      Require.that(
          values.length < LeftProfileStream.capacity(detector)
              && (covariances.length == 0 || covariances.length == values.length - 2 * window + 1),
          "the parts of the state do not fit each other");
      Require.range("nearest", nearest, -1, Math.max(-1, covariances.length - 1));
    }

    static State none(LeftProfile detector, int window) {
      return new State(
          detector, window, Long.MIN_VALUE, new double[0], 0, 1, new double[0], -1, 0, 0);
    }

    @Override
    public LeftProfileStream resume() {
      return new LeftProfileStream(this);
    }
  }

  /**
   * A fitted {@link LeftProfile}.
   *
   * @param state after the history
   */
  public record Fitted(LeftProfile detector, State state) implements SeriesModel {
    @Override
    public int variables() {
      return 1;
    }

    @Override
    public String note() {
      return detector.window == 0 && state.window > 0
          ? "windows of %s points, chosen by the history".formatted(state.window)
          : "";
    }

    @Override
    public Reading read(Series later) {
      later.requireUsable(1, true);
      return follow(state.resume(), later);
    }

    /** Each point in the light of those before it: a stream with the window that was chosen. */
    @Override
    public Reading readTraining(Series history) {
      history.requireUsable(1, true);
      return follow(State.none(detector, state.window).resume(), history);
    }

    private static Reading follow(LeftProfileStream stream, Series series) {
      double[] score = new double[series.points()];
      double[] expected = new double[score.length];
      double[] spread = new double[score.length];
      for (int i = 0; i < score.length; i++) {
        double[] values = {series.value(0, i)};
        score[i] = stream.score(series.time(i), values);
        expected[i] = stream.expected(series.time(i), 0);
        spread[i] = stream.spread(series.time(i), 0);
        stream.follow(values[0]);
      }
      return Reading.ofScores(score, expected, spread);
    }
  }
}
