package dev.vedette.series;

import dev.vedette.Require;
import dev.vedette.SeriesStream;
import dev.vedette.math.Quantiles;
import dev.vedette.math.Subsequences;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A {@link LeftProfile} at work. Points are appended until the arrays are full; then these grow, or
 * the oldest points are dropped, and all is reckoned anew from the values, so that rounding does
 * not add up.
 */
public final class LeftProfileStream implements SeriesStream {
  private static final int START = 512;
  private static final int LEAST_ROOM = 64;
  private static final double MOST = 1e300;

  /** Units beyond which a value is moved nearer, as in {@link Subsequences}. */
  private static final double FARTHEST = 1e5;

  /** Forecasts whose mean error counts. */
  private static final int LATE = 100;

  /** Mean absolute to standard deviation, of a normal error. */
  private static final double DEVIATION = Math.sqrt(Math.PI / 2);

  private static final int ARRAYS = 9;

  private final LeftProfile detector;
  private int window;
  private long last;
  private double[] raw;
  private int count;
  private double middle;
  private double unit;
  private @Nullable LeftWindows windows;
  private double error;
  private long forecasts;

  LeftProfileStream(LeftProfile.State state) {
    detector = state.detector();
    window = state.window();
    last = state.last();
    count = state.values().length;
    raw = Arrays.copyOf(state.values(), room());
    middle = state.middle();
    unit = state.unit();
    error = state.error();
    forecasts = state.forecasts();
    if (state.covariances().length > 0) {
      LeftWindows saved = LeftWindows.of(inUnits(), window, raw.length);
      saved.resume(state.covariances(), state.nearest());
      windows = saved;
    }
  }

  /** Points held at most. */
  static int capacity(LeftProfile detector) {
    return detector.memory() + detector.memory() / 4;
  }

  /** The length of the arrays for as many points as there are, and more. */
  private int room() {
    return Math.min(capacity(detector), Math.max(LEAST_ROOM, 2 * Integer.highestOneBit(count)));
  }

  private double inUnits(double value) {
    return Math.clamp((value - middle) / unit, -FARTHEST, FARTHEST);
  }

  private double[] inUnits() {
    return Arrays.stream(raw, 0, count).map(this::inUnits).toArray();
  }

  @Override
  public LeftProfile detector() {
    return detector;
  }

  @Override
  public int variables() {
    return 1;
  }

  @Override
  public double score(long time, double[] values) {
    Require.row(values, 1, true);
    if (windows == null || Double.isNaN(values[0])) {
      return 0;
    }
    double like = windows.like(inUnits(Math.clamp(values[0], -MOST, MOST)));
    return like == Double.NEGATIVE_INFINITY ? 0 : Math.sqrt(1 - like);
  }

  @Override
  public double expected(long time, int variable) {
    if (windows == null || windows.nearest() < 0) {
      return count == 0 ? 0 : raw[count - 1];
    }
    return Math.clamp(middle + unit * windows.forecast(), -MOST, MOST);
  }

  @Override
  public double spread(long time, int variable) {
    return DEVIATION * error;
  }

  @Override
  public void learn(long time, double[] values) {
    Require.row(values, 1, true);
    if (time > last) {
      last = time;
      follow(values[0]);
    }
  }

  /** Learns a value, whatever its time. */
  void follow(double value) {
    double taken = Math.clamp(value, -MOST, MOST);
    if (Double.isNaN(value)) {
      if (count == 0) {
        return;
      }
      taken = raw[count - 1];
    } else if (windows != null && windows.nearest() >= 0) {
      forecasts++;
      error += (Math.abs(taken - expected(last, 0)) - error) / Math.min(forecasts, LATE);
    }
    raw[count++] = taken;
    if (windows != null) {
      windows.learn(inUnits(taken));
    }
    if (count == raw.length || (windows == null && count == start())) {
      renew();
    }
  }

  /** The number of points at which comparing starts. */
  private int start() {
    return window > 0 ? Math.max(16, 2 * window) : Math.min(START, detector.memory());
  }

  private void renew() {
    if (count == capacity(detector)) {
      int dropped = count - detector.memory();
      System.arraycopy(raw, dropped, raw, 0, detector.memory());
      count = detector.memory();
    }
    raw = Arrays.copyOf(Arrays.copyOf(raw, count), room());
    double[] values = Arrays.copyOf(raw, count);
    middle = Quantiles.median(values);
    unit = Subsequences.unit(values, middle);
    if (window == 0 && count >= start()) {
      window = Math.min(detector.memory() / 4, WindowLength.of(values));
    }
    if (window > 0 && count >= start()) {
      windows = LeftWindows.of(inUnits(), window, raw.length);
    }
  }

  @Override
  public LeftProfile.State snapshot() {
    return new LeftProfile.State(
        detector,
        window,
        last,
        Arrays.copyOf(raw, count),
        middle,
        unit,
        windows == null ? new double[0] : windows.covariances(),
        windows == null ? -1 : windows.nearest(),
        error,
        forecasts);
  }

  @Override
  public long bytes() {
    return (long) raw.length * ARRAYS * Double.BYTES;
  }
}
