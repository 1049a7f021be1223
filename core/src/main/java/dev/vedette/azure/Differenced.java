package dev.vedette.azure;

/**
 * A wandering series: its steps are judged as well, at most twice over, and what stands out there
 * stands out here.
 */
final class Differenced {
  private static final int MOST_TIMES = 2;

  /** How a series is judged as it is. */
  interface Judge {
    Judgement judge(double[] values, double ratio);
  }

  private Differenced() {}

  static Judgement judge(double[] values, double ratio, Judge judge) {
    return judge(values, ratio, judge, 0);
  }

  private static Judgement judge(double[] values, double ratio, Judge judge, int times) {
    Judgement judged = judge.judge(values, ratio);
    if (times >= MOST_TIMES || values.length <= 12 || !Stationarity.wanders(values)) {
      return judged;
    }
    int n = values.length;
    int count = 0;
    for (boolean anomaly : judged.anomaly()) {
      count += anomaly ? 1 : 0;
    }
    int left = (int) (n * ratio) - count;
    if (left <= 0) {
      return judged;
    }
    Judgement further = judge(steps(values), (double) left / n, judge, times + 1);
    boolean[] anomaly = judged.anomaly().clone();
    double[] expected = judged.expected().clone();
    for (int i = 1; i < n; i++) {
      if (further.anomaly()[i] && !anomaly[i]) {
        anomaly[i] = true;
        expected[i] = judged.expected()[i - 1] + further.expected()[i];
      }
    }
    return new Judgement(judged.detector(), expected, judged.trend(), anomaly, judged.score());
  }

  /** From each value to the next; the first point is given the step of the second. */
  private static double[] steps(double[] values) {
    double[] steps = new double[values.length];
    for (int i = 1; i < steps.length; i++) {
      steps[i] = values[i] - values[i - 1];
    }
    steps[0] = steps[1];
    return steps;
  }
}
