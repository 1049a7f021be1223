package dev.vedette.azure;

import dev.vedette.azure.Imputation.Mode;

/**
 * A series with its gaps filled.
 *
 * @param values of the regular series
 * @param at where each point sent lies in it
 * @param filled whether anything was filled
 */
record Gaps(double[] values, int[] at, boolean filled) {

  static Gaps none(double[] values) {
    int[] at = new int[values.length];
    for (int i = 0; i < at.length; i++) {
      at[i] = i;
    }
    return new Gaps(values, at, false);
  }

  static Gaps fill(Points points, Imputation imputation, int period, int longest) {
    long span = Grid.span(points);
    double[] values = points.values();
    boolean auto = imputation.mode() == Mode.AUTO;
    if (span == values.length
        || span > longest
        || imputation.mode() == Mode.NOT_FILL
        || (auto && period <= 1)) {
      return none(values);
    }
    long[] slots = Grid.slots(points);
    double[] whole = new double[(int) span];
    boolean[] missing = new boolean[whole.length];
    java.util.Arrays.fill(missing, true);
    int[] at = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      at[i] = (int) slots[i];
      whole[at[i]] = values[i];
      missing[at[i]] = false;
    }
    switch (imputation.mode()) {
      case PREVIOUS -> {
        for (int i = 1; i < whole.length; i++) {
          whole[i] = missing[i] ? whole[i - 1] : whole[i];
        }
      }
      case LINEAR -> whole = Interpolation.across(whole, missing);
      case AUTO -> whole = SeasonalFill.fill(whole, missing, period);
      case FIXED -> {
        for (int i = 1; i < whole.length; i++) {
          whole[i] = missing[i] ? imputation.value() : whole[i];
        }
      }
      case ZERO, NOT_FILL -> {}
    }
    return new Gaps(whole, at, true);
  }
}
