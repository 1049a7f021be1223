package dev.vedette.math;

import java.util.stream.IntStream;

/** How a whole is shared out among the columns that made it. */
public final class Shares {
  private Shares() {}

  /**
   * The Shapley values of the largest of {@code deviations} (all ≥ 0), which have a closed form:
   * the step between two neighbouring deviations is shared by all columns that reach it (the
   * airport game: Littlechild and Owen 1973, doi:10.1287/mnsc.20.3.370).
   */
  public static double[] ofLargest(double[] deviations) {
    int[] order =
        IntStream.range(0, deviations.length)
            .boxed()
            .sorted((a, b) -> Double.compare(deviations[a], deviations[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] shares = new double[deviations.length];
    double reached = 0;
    double share = 0;
    for (int i = 0; i < order.length; i++) {
      share += (deviations[order[i]] - reached) / (order.length - i);
      reached = deviations[order[i]];
      shares[order[i]] = share;
    }
    return shares;
  }
}
