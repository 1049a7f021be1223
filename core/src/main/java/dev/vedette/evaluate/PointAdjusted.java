package dev.vedette.evaluate;

/**
 * Precision and recall after point adjustment: a labelled stretch with one flag in it counts as
 * flagged all over (Xu et al. 2018, doi:10.1145/3178876.3185996).
 *
 * <p>Only for comparison with publications that use it: it overrates. Random flags reach a high F1
 * where stretches are long, often a higher one than published methods (Kim et al. 2022,
 * doi:10.1609/aaai.v36i7.20680). Wherever the number is shown, show {@link #WARNING} and {@link
 * #chance} too.
 *
 * @param precision 0 to 1; 0 where nothing is flagged
 * @param recall 0 to 1
 * @param chance the F1 of what is to be expected of as many flags at random places
 */
public record PointAdjusted(double precision, double recall, double chance) {
  /** What to say beside the number. */
  public static final String WARNING =
      "point adjustment counts a whole stretch as found for a single flag in it, so that random"
          + " flags do well; use VUS-PR or range-based precision and recall";

  /**
   * Measures {@code flags} against {@code labels}.
   *
   * @throws dev.vedette.DataException when the numbers of flags and labels differ, or nothing is
   *     labelled
   */
  public static PointAdjusted of(boolean[] flags, boolean[] labels) {
    Span.require(flags, labels);
    int flagged = 0;
    int alarms = 0;
    int anomalies = 0;
    for (int i = 0; i < flags.length; i++) {
      flagged += flags[i] ? 1 : 0;
      alarms += flags[i] && !labels[i] ? 1 : 0;
      anomalies += labels[i] ? 1 : 0;
    }
    double rate = (double) flagged / flags.length;
    double hits = 0;
    double hitsByChance = 0;
    for (Span stretch : Span.of(labels)) {
      boolean found = false;
      for (int i = stretch.from(); i <= stretch.to(); i++) {
        found |= flags[i];
      }
      hits += found ? stretch.length() : 0;
      hitsByChance += stretch.length() * (1 - Math.pow(1 - rate, stretch.length()));
    }
    double chance = f1(hitsByChance, rate * (flags.length - anomalies), anomalies);
    return new PointAdjusted(
        hits + alarms > 0 ? hits / (hits + alarms) : 0, hits / anomalies, chance);
  }

  private static double f1(double hits, double alarms, double anomalies) {
    return hits > 0 ? 2 * hits / (hits + alarms + anomalies) : 0;
  }

  /** The harmonic mean of precision and recall. Read {@link #WARNING}. */
  public double f1() {
    return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
  }
}
