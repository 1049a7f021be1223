package dev.vedette.azure;

/**
 * The band around what was expected, and how severe what lies outside is.
 *
 * @param anomaly what is left of the anomalies once those inside the band are let go
 */
record Margins(double[] upper, double[] lower, boolean[] anomaly, double[] severity) {

  static Margins of(double[] values, Judgement judged, Tuning tuning) {
    int n = values.length;
    double[] expected = judged.expected();
    boolean[] anomaly = judged.anomaly().clone();
    double[] upper = new double[n];
    double[] lower = new double[n];
    double[] severity = new double[n];
    for (int i = 0; i < n; i++) {
      double share = (100 - tuning.sensitivity()) / 100.0;
      double margin = Math.abs(expected[i]) * share;
      double away = Math.abs(values[i] - expected[i]);
      if (away < 1e-8 || away <= margin) {
        anomaly[i] = false;
      }
      if (!anomaly[i] && away > margin) {
        margin = away * 1.01;
      }
      if (tuning.sensitivity() == 100) {
        margin = 0;
      }
      upper[i] = margin;
      lower[i] = margin;
      if (anomaly[i]) {
        double base = Math.abs(expected[i]) < 1e-8 ? 0.3 : Math.abs(expected[i]);
        severity[i] = Math.min(1, away / base);
      }
    }
    return new Margins(upper, lower, anomaly, severity);
  }
}
