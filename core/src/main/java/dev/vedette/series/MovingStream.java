package dev.vedette.series;

import dev.vedette.Reading;
import dev.vedette.Require;
import dev.vedette.SeriesState;
import dev.vedette.SeriesStream;

/**
 * A {@link MovingAverage} or {@link MovingMedian} at work: each value against the half window
 * before it, as at the end of a series.
 */
public final class MovingStream implements SeriesStream {
  private final Moving detector;
  private final TrailingMiddle trailing;
  private long last;

  private MovingStream(State state) {
    detector = state.detector;
    trailing = new TrailingMiddle(detector.window() / 2, detector.byMedian(), state.trailing);
    last = state.last;
  }

  static MovingStream started(Moving detector, int variables) {
    Require.range("variables", variables, 1, 1);
    return new State(detector, Replay.NEVER, TrailingMiddle.State.none()).resume();
  }

  /**
   * What it learned, as it was at one moment.
   *
   * @param last time learned
   */
  record State(Moving detector, long last, TrailingMiddle.State trailing) implements SeriesState {
    @Override
    public MovingStream resume() {
      return new MovingStream(this);
    }
  }

  @Override
  public Moving detector() {
    return detector;
  }

  @Override
  public int variables() {
    return 1;
  }

  @Override
  public double score(long time, double[] values) {
    Require.row(values, 1, true);
    double spread = trailing.spread();
    return last == Replay.NEVER
        ? 0
        : Reading.score(Rhythm.near(values[0]), trailing.middle(), spread);
  }

  @Override
  public double expected(long time, int variable) {
    return trailing.middle();
  }

  @Override
  public double spread(long time, int variable) {
    return trailing.spread();
  }

  @Override
  public void learn(long time, double[] values) {
    Require.row(values, 1, true);
    if (time > last) {
      trailing.learn(Rhythm.near(values[0]));
      last = time;
    }
  }

  @Override
  public State snapshot() {
    return new State(detector, last, trailing.snapshot());
  }

  @Override
  public long bytes() {
    return trailing.bytes() + 48;
  }
}
