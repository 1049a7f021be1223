package dev.vedette;

import java.util.Arrays;

/**
 * A score taken apart, column by column: {@code score = base + Σ contributions}, up to rounding.
 *
 * @param score the score of the row, as {@link RowModel#score(double[])} returns it
 * @param base the part of the score that no column accounts for, such as the score of a typical row
 * @param contributions what each column adds to the score; negative where the column makes the row
 *     look normal
 * @param normal for each column a value that would have been normal in this row; NaN where the
 *     model cannot tell
 */
public record Attribution(double score, double base, double[] contributions, double[] normal) {
  public Attribution {
    Require.that(
        contributions.length == normal.length,
        "contributions and normal must have one entry per column each");
  }

  /**
   * An attribution that divides {@code score - base} in proportion to {@code weights} (all ≥ 0); in
   * equal parts when every weight is zero.
   */
  public static Attribution proportional(
      double score, double base, double[] weights, double[] normal) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    double[] contributions = new double[weights.length];
    for (int j = 0; j < weights.length; j++) {
      double share = sum > 0 ? weights[j] / sum : 1.0 / weights.length;
      contributions[j] = (score - base) * share;
    }
    return new Attribution(score, base, contributions, normal);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Attribution that
        && score == that.score
        && base == that.base
        && Arrays.equals(contributions, that.contributions)
        && Arrays.equals(normal, that.normal);
  }

  @Override
  public int hashCode() {
    return 31 * Double.hashCode(score) + Arrays.hashCode(contributions);
  }
}
