package dev.vedette.series;

import dev.vedette.DataException;
import dev.vedette.data.Series;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Even steps of time: slot 0 is around {@code start}, and a point belongs to the slot nearest to
 * it.
 *
 * @param start in milliseconds
 * @param step between slots in milliseconds, at least 1
 */
record EvenSteps(long start, long step) {
  /** Slots beyond which a time does not count as later. */
  private static final long FARTHEST = 1L << 40;

  private static final long MONTH = 28L * 86_400_000;

  /**
   * The usual step of {@code series}, from its first point on: the median distance; of months and
   * more, which differ in length, the mean of those like it.
   */
  static EvenSteps of(Series series) {
    long step = series.step();
    if (step >= MONTH) {
      double sum = 0;
      int count = 0;
      for (int i = 1; i < series.points(); i++) {
        long distance = series.time(i) - series.time(i - 1);
        if (Math.abs(distance - step) < step / 8) {
          sum += distance;
          count++;
        }
      }
      step = Math.round(sum / count);
    }
    return new EvenSteps(series.points() == 0 ? 0 : series.time(0), Math.max(1, step));
  }

  /**
   * Seasons of {@code values} in slots, longest first: at most two, the one that explains most and
   * the longest, which may hold it; 1 alone where there is none.
   */
  int[] periods(double[] values) {
    List<Season> seasons =
        Periods.of(values, step).stream().filter(season -> season.rounded() >= 2).toList();
    if (seasons.isEmpty()) {
      return new int[] {1};
    }
    int longest = seasons.stream().mapToInt(Season::rounded).max().orElseThrow();
    int strongest =
        seasons.stream().max(Comparator.comparingDouble(Season::strength)).orElseThrow().rounded();
    return strongest == longest ? new int[] {longest} : new int[] {longest, strongest};
  }

  /**
   * The {@code count} times that follow {@code end}.
   *
   * @throws DataException when they lie beyond what milliseconds can tell
   */
  static long[] after(long end, long step, int count) {
    try {
      Math.addExact(end, Math.multiplyExact(step, (long) count));
    } catch (ArithmeticException e) {
      throw new DataException(
          "%s points %s ms apart lie beyond the last time there is; ask for fewer"
              .formatted(count, step),
          e);
    }
    long[] times = new long[count];
    Arrays.setAll(times, i -> end + (i + 1) * step);
    return times;
  }

  long slot(long time) {
    long slot = Math.floorDiv(time - start + step / 2, step);
    return Math.clamp(slot, -FARTHEST, FARTHEST);
  }

  /**
   * The values of one variable by slot; NaN where there is none. Of several in one slot the last
   * counts.
   *
   * @throws DataException when nearly all slots are empty
   */
  double[] values(Series series, int variable) {
    int points = series.points();
    if (points == 0) {
      return new double[0];
    }
    long slots = slot(series.time(points - 1)) + 1;
    if (slots > 20L * points + 1000) {
      throw new DataException(
          "%s points are spread over %s steps of %s ms; cut off what lies before the gaps, or resample"
              .formatted(points, slots, step));
    }
    double[] values = new double[(int) slots];
    Arrays.fill(values, Double.NaN);
    for (int i = 0; i < points; i++) {
      int slot = (int) slot(series.time(i));
      double value = series.value(variable, i);
      if (!Double.isNaN(value)) {
        values[slot] = value;
      }
    }
    return values;
  }
}
