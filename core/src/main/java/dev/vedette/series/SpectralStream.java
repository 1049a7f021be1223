package dev.vedette.series;

import dev.vedette.Require;
import dev.vedette.SeriesState;
import dev.vedette.SeriesStream;
import java.util.Arrays;

/**
 * A {@link SpectralResidual} at work: the score of a value is that of the last one in the {@code
 * context} before it and itself, continued by estimated values.
 */
public final class SpectralStream implements SeriesStream {
  private final SpectralResidual detector;
  private final Ring context;
  private final TrailingMiddle trailing;
  private long last;

  private SpectralStream(State state) {
    detector = state.detector;
    context = new Ring(detector.context(), state.context);
    trailing = new TrailingMiddle(SpectralResidual.NEIGHBORS / 2, true, state.trailing);
    last = state.last;
  }

  static SpectralStream started(SpectralResidual detector) {
    return new State(detector, Replay.NEVER, new double[0], TrailingMiddle.State.none()).resume();
  }

  /**
   * What it learned, as it was at one moment.
   *
   * @param last time learned
   * @param context the last values, the oldest first
   * @param trailing what is expected
   */
  record State(
      SpectralResidual detector, long last, double[] context, TrailingMiddle.State trailing)
      implements SeriesState {
    @Override
    public SpectralStream resume() {
      return new SpectralStream(this);
    }
  }

  @Override
  public SpectralResidual detector() {
    return detector;
  }

  @Override
  public int variables() {
    return 1;
  }

  @Override
  public double score(long time, double[] values) {
    Require.row(values, 1, true);
    if (Double.isNaN(values[0])) {
      return 0;
    }
    int before = context.size();
    double[] all = Arrays.copyOf(context.oldestFirst(), before + 1);
    all[before] = Rhythm.near(values[0]);
    return detector.scores(all)[before];
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
      double value = Rhythm.near(values[0]);
      context.add(value);
      trailing.learn(value);
      last = time;
    }
  }

  @Override
  public State snapshot() {
    return new State(detector, last, context.oldestFirst(), trailing.snapshot());
  }

  @Override
  public long bytes() {
    return context.bytes() + trailing.bytes() + 64;
  }
}
