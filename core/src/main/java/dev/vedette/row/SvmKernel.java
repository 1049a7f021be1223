package dev.vedette.row;

import dev.vedette.Require;

/**
 * How similar two rows x and y are to a support vector machine.
 *
 * @param kernel the formula
 * @param gamma γ, the scale of the formula, 0 to 1e300; 0: one over the number of columns times
 *     their mean variance, scikit-learn's {@code scale}
 * @param degree d of the polynomial, 1 to 5
 * @param coef0 c of the polynomial, 0 to 1,000
 * @param standardise whether each column is measured in its own standard deviation; otherwise the
 *     columns are as they are and should be comparable
 */
public record SvmKernel(Shape kernel, double gamma, int degree, double coef0, boolean standardise) {
  /** The formulas. */
  public enum Shape {
    /** exp(−γ‖x−y‖²): near rows are similar; 1 for equal rows. */
    RBF,
    /** x·y. */
    LINEAR,
    /** (γ x·y + c)^d. */
    POLYNOMIAL
  }

  public SvmKernel {
    Require.range("gamma", gamma, 0, 1e300);
    Require.range("degree", degree, 1, 5);
    Require.range("coef0", coef0, 0, 1000);
  }

  /** RBF with a γ that suits the columns, which are as they are. */
  public SvmKernel() {
    this(Shape.RBF, 0, 3, 0, false);
  }

  public SvmKernel kernel(Shape kernel) {
    return new SvmKernel(kernel, gamma, degree, coef0, standardise);
  }

  public SvmKernel gamma(double gamma) {
    return new SvmKernel(kernel, gamma, degree, coef0, standardise);
  }

  public SvmKernel degree(int degree) {
    return new SvmKernel(kernel, gamma, degree, coef0, standardise);
  }

  public SvmKernel coef0(double coef0) {
    return new SvmKernel(kernel, gamma, degree, coef0, standardise);
  }

  public SvmKernel standardise(boolean standardise) {
    return new SvmKernel(kernel, gamma, degree, coef0, standardise);
  }

  /** Whether only the distance of two rows counts, not where they lie. */
  boolean isCentred() {
    return kernel == Shape.RBF;
  }

  /**
   * The same similarity of rows that were divided by a unit.
   *
   * @param square of the unit
   * @param auto γ of the divided rows where it was 0
   */
  SvmKernel resolve(double square, double auto) {
    if (kernel == Shape.LINEAR) {
      return new SvmKernel(Shape.LINEAR, square, 1, 0, standardise);
    }
    return gamma(gamma > 0 ? Math.max(gamma * square, Double.MIN_NORMAL) : auto);
  }
}
