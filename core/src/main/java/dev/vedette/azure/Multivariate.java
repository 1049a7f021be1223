package dev.vedette.azure;

import dev.vedette.SeriesDetector;
import dev.vedette.data.Series;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Learns how several variables usually behave together, for the multivariate part of the service.
 *
 * <p>The method is our own: a {@link dev.vedette.series.VariableGraph} with the penalty that
 * predicts held-out points best, and a limit from the scores of held-out points. Scores, severities
 * and contributions are therefore not those of the service, which used a graph attention network;
 * their meaning and their ranges are.
 *
 * @param slidingWindow points of history before a point is judged, 28 to 2880; correlations of late
 *     are computed over as many
 */
public record Multivariate(int slidingWindow) implements SeriesDetector {
  /** The most variables of a model. */
  public static final int MOST_VARIABLES = 301;

  public Multivariate {
    MultivariateException.unless(
        slidingWindow >= 28 && slidingWindow <= 2880,
        "InvalidSlidingWindow",
        "The 'slidingWindow' field must be an integer between 28 and 2880.");
  }

  /** A window of 300 points. */
  public Multivariate() {
    this(300);
  }

  @Override
  public boolean univariate() {
    return false;
  }

  @Override
  public MultivariateModel fit(Series history) {
    return train(history, InstantSource.fixed(Instant.EPOCH));
  }

  /**
   * Trains a model; {@code clock} times the epochs. With d variables and n points O(d² · n) for the
   * correlations and O(d · n) for the rest, of n at most 50,000 spread evenly. 301 variables with
   * 100,000 points take 40 s of processor time and 800 MB, 5 with 2,000 a second.
   *
   * @throws MultivariateException with {@code NotEnoughInput} when there are no more points than
   *     the sliding window
   */
  public MultivariateModel train(Series history, InstantSource clock) {
    return MultivariateTraining.train(this, history, clock);
  }
}
