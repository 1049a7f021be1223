package dev.vedette.azure;

/** How wide the band of V2 and V3 is for each sensitivity, in units of the series. */
final class Sensitivity {
  private static final int[] AT = {0, 25, 30, 50, 55, 60, 70, 80, 90, 95, 97, 98, 99, 100};
  private static final double[] FACTOR = {
    532, 30, 23.75, 3, 1, 0.8, 0.45, 0.225, 1.0 / 11, 0.008, 0.00415, 0.002225, 0.0003, 0
  };

  private Sensitivity() {}

  /** The factor of a sensitivity, 0 to 100; falls from 532 to 0. */
  static double factor(double sensitivity) {
    int right = 1;
    while (AT[right] < sensitivity) {
      right++;
    }
    double share = (sensitivity - AT[right - 1]) / (AT[right] - AT[right - 1]);
    return FACTOR[right - 1] + share * (FACTOR[right] - FACTOR[right - 1]);
  }

  /** 100 less the sensitivity that has this factor: 0 to 100, rising with it. */
  static double inverse(double factor) {
    if (factor >= FACTOR[0]) {
      return 100;
    }
    int right = 1;
    while (FACTOR[right] > factor) {
      right++;
    }
    double share = (FACTOR[right - 1] - factor) / (FACTOR[right - 1] - FACTOR[right]);
    return 100 - (AT[right - 1] + share * (AT[right] - AT[right - 1]));
  }
}
