package dev.vedette;

import dev.vedette.data.Step;
import java.util.Arrays;

/**
 * How a series of one variable is expected to go on.
 *
 * @param times in milliseconds since 1970-01-01T00:00Z, ascending
 * @param expected one value per time
 * @param lower one per time, at most the expected value
 * @param upper one per time, at least the expected value
 */
public record Forecast(long[] times, double[] expected, double[] lower, double[] upper) {
  public Forecast {
    Require.that(
        times.length == expected.length
            && times.length == lower.length
            && times.length == upper.length,
        "a forecast needs one number per time");
  }

  /**
   * The same values at the steps after {@code end}, such as months of a calendar, whose length a
   * detector that counts points does not know.
   *
   * @param end the time of the last point of the history, in milliseconds
   */
  public Forecast along(long end, Step step) {
    long[] steps = new long[times.length];
    Arrays.setAll(steps, k -> step.plus(end, k + 1));
    return new Forecast(steps, expected, lower, upper);
  }
}
