package dev.vedette.neural;

import java.util.List;

/**
 * Steps down a gradient, of a size adapted to each weight (Kingma and Ba 2015, Algorithm 1,
 * arXiv:1412.6980). L2 regularisation adds {@code l2}·w to the gradient of w.
 */
final class Adam {
  private static final float EPSILON = 1e-8f;

  private final float beta1;
  private final float beta2 = 0.999f;
  private final float l2;
  private double rate;
  private int steps;
  private float scaledRate;
  private float scaledEpsilon;

  Adam(double rate, double beta1, double l2) {
    this.rate = rate;
    this.beta1 = (float) beta1;
    this.l2 = (float) l2;
  }

  float l2() {
    return l2;
  }

  void rate(double rate) {
    this.rate = rate;
  }

  /** One step of all {@code weights} down their gradients, which are zero afterwards. */
  void step(List<Weights> weights) {
    steps++;
    double root = Math.sqrt(1 - Math.pow(beta2, steps));
    scaledRate = (float) (rate * root / (1 - Math.pow(beta1, steps)));
    scaledEpsilon = (float) (EPSILON * root);
    weights.forEach(each -> each.step(this));
  }

  void step(float[] weights, float[] gradients, float[] first, float[] second, float l2) {
    float size = scaledRate;
    float epsilon = scaledEpsilon;
    float b1 = beta1;
    float b2 = beta2;
    for (int j = 0; j < weights.length; j++) {
      float gradient = Math.fma(l2, weights[j], gradients[j]);
      float m = Math.fma(b1, first[j] - gradient, gradient);
      float v = Math.fma(b2, second[j] - gradient * gradient, gradient * gradient);
      first[j] = m;
      second[j] = v;
      weights[j] -= size * m / ((float) Math.sqrt(v) + epsilon);
    }
  }
}
