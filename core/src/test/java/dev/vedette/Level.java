package dev.vedette;

import dev.vedette.data.Series;
import java.util.Arrays;

/** A detector of series that expects the mean of the history, for tests. */
record Level() implements SeriesDetector {
  @Override
  public LevelModel fit(Series history) {
    double[] values = history.values(0);
    double mean = Arrays.stream(values).filter(x -> !Double.isNaN(x)).average().orElseThrow();
    double spread =
        Math.sqrt(
            Arrays.stream(values)
                .filter(x -> !Double.isNaN(x))
                .map(x -> (x - mean) * (x - mean))
                .average()
                .orElseThrow());
    return new LevelModel(this, mean, spread);
  }

  @Override
  public boolean acceptsMissing() {
    return true;
  }

  record LevelModel(Level detector, double mean, double spread) implements SeriesModel {
    @Override
    public int variables() {
      return 1;
    }

    @Override
    public Reading read(Series later) {
      double[] expected = new double[later.points()];
      double[] spreads = new double[later.points()];
      Arrays.fill(expected, mean);
      Arrays.fill(spreads, spread);
      return Reading.of(later.values(0), expected, spreads);
    }

    @Override
    public Reading readTraining(Series history) {
      return read(history);
    }
  }
}
