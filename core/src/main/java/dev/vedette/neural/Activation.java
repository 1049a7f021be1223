package dev.vedette.neural;

/**
 * What a unit makes of its weighted sum z. Computed by additions, multiplications and divisions
 * only, so that it has the same bits on every platform.
 */
public enum Activation {
  /** z. */
  IDENTITY {
    @Override
    void apply(float[] z, int count) {
      // As it is.
    }

    @Override
    void chain(float[] out, float[] gradient, int count) {
      // The derivative is 1.
    }
  },

  /** max(0, z). */
  RELU {
    @Override
    void apply(float[] z, int count) {
      for (int k = 0; k < count; k++) {
        z[k] = Math.max(0, z[k]);
      }
    }

    @Override
    void chain(float[] out, float[] gradient, int count) {
      for (int k = 0; k < count; k++) {
        gradient[k] = out[k] > 0 ? gradient[k] : 0;
      }
    }
  },

  /** z above 0, z/10 below: no unit dies. */
  LEAKY_RELU {
    @Override
    void apply(float[] z, int count) {
      for (int k = 0; k < count; k++) {
        z[k] = Math.max(0.1f * z[k], z[k]);
      }
    }

    @Override
    void chain(float[] out, float[] gradient, int count) {
      for (int k = 0; k < count; k++) {
        gradient[k] = out[k] > 0 ? gradient[k] : 0.1f * gradient[k];
      }
    }
  },

  /** The logistic function 1/(1 + e⁻ᶻ), in (0, 1). */
  SIGMOID {
    @Override
    void apply(float[] z, int count) {
      for (int k = 0; k < count; k++) {
        z[k] = sigmoid(z[k]);
      }
    }

    @Override
    void chain(float[] out, float[] gradient, int count) {
      for (int k = 0; k < count; k++) {
        gradient[k] *= out[k] * (1 - out[k]);
      }
    }
  },

  /** The hyperbolic tangent, in (−1, 1). */
  TANH {
    @Override
    void apply(float[] z, int count) {
      for (int k = 0; k < count; k++) {
        z[k] = tanh(z[k]);
      }
    }

    @Override
    void chain(float[] out, float[] gradient, int count) {
      for (int k = 0; k < count; k++) {
        gradient[k] *= 1 - out[k] * out[k];
      }
    }
  };

  private static final float LOG2_E = 0x1.715476p0f;

  /** ln 2 in two parts, the first with so few digits that a multiple of it is exact. */
  private static final float LN2_HIGH = 0x1.62e4p-1f;

  private static final float LN2_LOW = 0x1.7f7d1cp-20f;

  /** Replaces the first {@code count} sums by what the unit makes of them. */
  abstract void apply(float[] z, int count);

  /** Multiplies {@code gradient} by the derivative, which follows from what {@link #apply} made. */
  abstract void chain(float[] out, float[] gradient, int count);

  /** 1/(1 + e⁻ᶻ), to about 1e-7. */
  static float sigmoid(float z) {
    return 1 / (1 + exp(-z));
  }

  /** 2σ(2z) − 1. */
  static float tanh(float z) {
    return 2 * sigmoid(2 * z) - 1;
  }

  /**
   * eᶻ for |z| ≤ 87, beyond that as at the end: 2ⁿ·eʳ with |r| ≤ ½ ln 2, and eʳ by its series.
   * Written without a branch, so that HotSpot vectorises loops over it.
   */
  static float exp(float z) {
    float bounded = Math.max(-87f, Math.min(87f, z));
    // Adding and taking away 1.5·2²³ rounds to the nearest whole number.
    float n = Math.fma(bounded, LOG2_E, 12582912f) - 12582912f;
    float r = Math.fma(n, -LN2_HIGH, bounded);
    r = Math.fma(n, -LN2_LOW, r);
    float series = Math.fma(r, 1f / 720, 1f / 120);
    series = Math.fma(r, series, 1f / 24);
    series = Math.fma(r, series, 1f / 6);
    series = Math.fma(r, series, 0.5f);
    series = Math.fma(r, series, 1f);
    series = Math.fma(r, series, 1f);
    return series * Float.intBitsToFloat(((int) n + 127) << 23);
  }
}
