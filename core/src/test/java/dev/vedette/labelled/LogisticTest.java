package dev.vedette.labelled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Expected values: scipy 1.17.1, optimize.minimize by L-BFGS-B with the same loss and bounds, which
 * without bounds and with prior 0 agrees with scikit-learn 1.9.1, LogisticRegression(C=1/l2).
 */
class LogisticTest {
  private static final double[][] INPUTS = new double[12][];
  private static final boolean[] POSITIVE = new boolean[12];

  static {
    for (int i = 0; i < 12; i++) {
      INPUTS[i] = new double[] {(i * 7 % 12) / 4.0, (i * i % 11) / 3.0};
    }
    for (int i : new int[] {1, 4, 6, 8, 11}) {
      POSITIVE[i] = true;
    }
  }

  private static void check(double[] prior, double l2, double intercept, double... weights) {
    Logistic fitted = Logistic.fit(INPUTS, POSITIVE, prior, l2);
    assertThat(fitted.intercept()).isCloseTo(intercept, within(1e-6));
    assertThat(fitted.weights()).containsExactly(weights, within(1e-6));
  }

  @Test
  void weightsAreThoseOfOthers() {
    check(new double[] {2, 0.5}, 1, -1.58415279, 0.87279073, 0.00125245);
    check(new double[] {1, 1}, 1, -1.25934969, 0.49861092, 0.17806950);
    check(new double[] {0, 0}, 0.1, -0.72252221, 0.27730225, 0);
  }

  @Test
  void oneColumnWithoutABoundIsThatOfScikitLearn() {
    double[][] first = Arrays.stream(INPUTS).map(r -> new double[] {r[0]}).toArray(double[][]::new);
    Logistic fitted = Logistic.fit(first, POSITIVE, new double[] {0}, 1);
    assertThat(fitted.weights()[0]).isCloseTo(0.19760445, within(1e-6));
    assertThat(fitted.intercept()).isCloseTo(-0.61059846, within(1e-6));
  }

  @Test
  void strongerIsNearerToThePrior() {
    Logistic fitted = Logistic.fit(INPUTS, POSITIVE, new double[] {0.7, 0.3}, 1e6);
    assertThat(fitted.weights()).containsExactly(new double[] {0.7, 0.3}, within(1e-5));
  }

  @Test
  void withoutInputsItIsTheShare() {
    Logistic fitted = Logistic.fit(new double[12][0], POSITIVE, new double[0], 1);
    assertThat(fitted.intercept()).isCloseTo(Math.log(5.0 / 7), within(1e-12));
  }

  @Test
  void separableAndHugeInputsGiveFiniteWeights() {
    for (double far : new double[] {1, 1e3, 1e9}) {
      double[][] inputs = new double[40][1];
      boolean[] positive = new boolean[40];
      for (int i = 0; i < 40; i++) {
        inputs[i][0] = i < 35 ? i / 35.0 : 1 + far * i;
        positive[i] = i >= 35;
      }
      Logistic fitted = Logistic.fit(inputs, positive, new double[] {2.3}, 1);
      assertThat(fitted.weights()[0]).isPositive().isFinite();
      assertThat(fitted.logOdds(inputs[39])).isGreaterThan(fitted.logOdds(inputs[0]));
    }
  }
}
