package dev.vedette.azure;

import dev.vedette.azure.Tuning.Boundary;

/**
 * The band around what was expected, and how severe what lies outside is.
 *
 * @param anomaly what is left of the anomalies once those inside the band are let go
 */
record Margins(double[] upper, double[] lower, boolean[] anomaly, double[] severity) {
  private static final double EQUAL = 1e-8;

  static Margins of(double[] values, Judgement judged, Tuning tuning) {
    int n = values.length;
    var band = new Margins(new double[n], new double[n], judged.anomaly().clone(), new double[n]);
    for (int i = 0; i < n; i++) {
      if (Math.abs(values[i] - judged.expected()[i]) < EQUAL) {
        band.anomaly[i] = false;
      }
    }
    if (tuning.boundary() == Boundary.V1) {
      band.byShare(values, judged, tuning.sensitivity());
    } else {
      band.byUnit(values, judged, tuning.sensitivity());
    }
    return band;
  }

  /** V1: a share of the expected value, no farther than values ever went. */
  private void byShare(double[] values, Judgement judged, int sensitivity) {
    double[] expected = judged.expected();
    double share = (100 - sensitivity) / 100.0;
    double[] wanted = new double[values.length];
    boolean scored = judged.score().length > 0;
    double quiet = scored ? 0.01 * range(values) : 0;
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < values.length; i++) {
      low = Math.min(low, Math.min(values[i], expected[i]));
      high = Math.max(high, Math.max(values[i], expected[i]));
      double away = Math.abs(values[i] - expected[i]);
      if (!scored) {
        wanted[i] = Math.abs(expected[i]) * share;
      } else if (judged.score()[i] > 0) {
        wanted[i] = away / judged.score()[i] * share;
      } else {
        wanted[i] = quiet;
      }
    }
    for (int i = 0; i < values.length; i++) {
      upper[i] = Math.max(0, Math.min(expected[i] + wanted[i], high) - expected[i]);
      lower[i] = Math.max(0, expected[i] - Math.max(expected[i] - wanted[i], low));
      double away = values[i] - expected[i];
      boolean inside = away <= upper[i] && -away <= lower[i];
      anomaly[i] &= !inside;
      if (anomaly[i]) {
        double base = Math.abs(expected[i]) < EQUAL ? 0.3 : Math.abs(expected[i]);
        severity[i] = Math.min(1, Math.abs(away) / base);
      } else if (!inside) {
        upper[i] = Math.abs(away) * 1.01;
        lower[i] = upper[i];
      }
    }
  }

  private static double range(double[] values) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return high - low;
  }

  /** V2 and V3: by the size of the trend and a factor for the sensitivity. */
  private void byUnit(double[] values, Judgement judged, int sensitivity) {
    double[] expected = judged.expected();
    double mean = 0;
    int normals = 0;
    for (int i = 0; i < values.length; i++) {
      if (!anomaly[i]) {
        mean += Math.abs(judged.trend()[i]);
        normals++;
      }
    }
    mean = normals > 0 ? mean / normals : 0;
    for (int i = 0; i < values.length; i++) {
      double unit = Math.max(0.3, 0.5 * Math.abs(judged.trend()[i]) + 0.5 * mean);
      double delta = unit * Sensitivity.factor(sensitivity);
      double away = values[i] - expected[i];
      if (anomaly[i]) {
        upper[i] = delta;
        lower[i] = delta;
        severity[i] = Sensitivity.inverse(Math.abs(away) / unit) / 100;
        anomaly[i] = Math.abs(away) > delta;
      } else {
        double near = Math.abs(away) + 0.5 * delta;
        upper[i] = away > 0 ? near : near / 3;
        lower[i] = away > 0 ? near / 3 : near;
      }
    }
  }
}
