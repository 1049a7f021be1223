package dev.vedette.series;

import dev.vedette.Reading;
import dev.vedette.Require;
import dev.vedette.SeriesModel;
import dev.vedette.data.Series;

/**
 * Moving average: how far a value is from the mean of its neighbours in time, in robust standard
 * deviations of such differences.
 *
 * <p>Score ≥ 0; above 4 is rare where noise is normal. The neighbours are half a window before and
 * after, by time, the point itself left out; at the end of a series only those before. Later points
 * also see the last ones of the history. Missing values may be NaN.
 *
 * <p>In a stream the neighbours are the last {@code window} / 2 points, and the spread is that of
 * the last 512 differences; a point O(log n + window), 8 KB and 16 bytes per neighbour.
 *
 * <p>O(n · window). Knows no seasons; an outlier moves the mean its neighbours are compared with,
 * which the {@link MovingMedian} avoids.
 *
 * @param window points around a value, 3 to 100,000
 */
public record MovingAverage(int window) implements Moving {
  public MovingAverage {
    Require.range("window", window, 3, 100_000);
  }

  /** A window of 25 points. */
  public MovingAverage() {
    this(25);
  }

  public MovingAverage window(int window) {
    return new MovingAverage(window);
  }

  @Override
  public boolean acceptsMissing() {
    return true;
  }

  @Override
  public Fitted fit(Series history) {
    return new Fitted(this, Surroundings.of(history, window, false));
  }

  @Override
  public boolean byMedian() {
    return false;
  }

  @Override
  public MovingStream start(int variables) {
    return MovingStream.started(this, variables);
  }

  /**
   * A fitted {@link MovingAverage}.
   *
   * @param surroundings the end of the history and the spread around the mean
   */
  public record Fitted(MovingAverage detector, Surroundings surroundings) implements SeriesModel {
    @Override
    public int variables() {
      return 1;
    }

    @Override
    public Reading read(Series later) {
      return surroundings.read(later, detector.window, false);
    }

    @Override
    public Reading readTraining(Series history) {
      return surroundings.readTraining(history, detector.window, false);
    }
  }
}
