package dev.vedette.azure;

/** Lines over points that are left out; beyond the first and the last that are not, their value. */
final class Interpolation {
  private Interpolation() {}

  /** A copy of {@code values} where those left out lie on lines between their neighbours. */
  static double[] across(double[] values, boolean[] leftOut) {
    int n = values.length;
    double[] whole = values.clone();
    int last = -1;
    for (int i = 0; i <= n; i++) {
      if (i < n && leftOut[i]) {
        continue;
      }
      for (int j = last + 1; j < i; j++) {
        if (last < 0 && i == n) {
          return whole;
        }
        whole[j] =
            last < 0
                ? values[i]
                : i == n
                    ? values[last]
                    : values[last] + (values[i] - values[last]) * (j - last) / (i - last);
      }
      last = i;
    }
    return whole;
  }
}
