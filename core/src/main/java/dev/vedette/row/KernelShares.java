package dev.vedette.row;

import java.util.Arrays;

/**
 * What each column adds to −Σ wᵢ k(x, vᵢ) on the way from one row to another. The change is an
 * integral over the way, taken by Gauss and Legendre's rule, which is exact for the polynomials met
 * here up to 64 columns.
 */
final class KernelShares {
  private static final int MOST_NODES = 32;

  private final KernelExpansion expansion;
  private final int columns;
  private final double[] nodes;
  private final double[] shares;

  KernelShares(KernelExpansion expansion) {
    this.expansion = expansion;
    this.columns = expansion.vectors().length;
    boolean product = expansion.kernel().kernel() == SvmKernel.Shape.RBF;
    int degree = (product ? columns : expansion.kernel().degree()) - 1;
    this.nodes = new double[Math.min(MOST_NODES, degree / 2 + 1)];
    this.shares = new double[nodes.length];
    gaussLegendre(nodes, shares);
  }

  double[] of(float[] from, float[] to) {
    double[] contributions = new double[columns];
    float[] vector = new float[columns];
    KernelRows rows = expansion.rows();
    for (int i = 0; i < expansion.weights().length; i++) {
      for (int j = 0; j < columns; j++) {
        vector[j] = rows.columns()[j][i];
      }
      if (expansion.kernel().kernel() == SvmKernel.Shape.RBF) {
        addProduct(from, to, vector, -expansion.weights()[i], contributions);
      } else {
        addPower(from, to, vector, -expansion.weights()[i], contributions);
      }
    }
    return contributions;
  }

  /**
   * The kernel is a product with one factor a column. Its Shapley values are ∫ (qⱼ − pⱼ) Π over the
   * other columns of (p + t (q − p)) dt over [0, 1], with the factors p before and q after (Owen,
   * "Multilinear Extensions of Games", 1972, doi:10.1287/mnsc.18.5.64).
   */
  private void addProduct(
      float[] from, float[] to, float[] vector, double weight, double[] contributions) {
    double[] before = new double[columns];
    double[] change = new double[columns];
    for (int j = 0; j < columns; j++) {
      before[j] = factor(from[j], vector[j]);
      change[j] = factor(to[j], vector[j]) - before[j];
    }
    double[] later = new double[columns + 1];
    for (int n = 0; n < nodes.length; n++) {
      later[columns] = weight * shares[n];
      for (int j = columns - 1; j >= 0; j--) {
        later[j] = later[j + 1] * (before[j] + nodes[n] * change[j]);
      }
      double earlier = 1;
      for (int j = 0; j < columns; j++) {
        contributions[j] += change[j] * earlier * later[j + 1];
        earlier *= before[j] + nodes[n] * change[j];
      }
    }
  }

  private double factor(float value, float vector) {
    double difference = (double) value - vector;
    return Math.exp(-expansion.kernel().gamma() * difference * difference);
  }

  /** Aumann and Shapley: the derivative by each column along the straight way. */
  private void addPower(
      float[] from, float[] to, float[] vector, double weight, double[] contributions) {
    SvmKernel kernel = expansion.kernel();
    double start = 0;
    double end = 0;
    for (int j = 0; j < columns; j++) {
      start += (double) from[j] * vector[j];
      end += (double) to[j] * vector[j];
    }
    double slope = 0;
    for (int n = 0; n < nodes.length; n++) {
      double base = kernel.gamma() * (start + nodes[n] * (end - start)) + kernel.coef0();
      slope += shares[n] * power(base, kernel.degree() - 1);
    }
    double factor = weight * kernel.degree() * kernel.gamma() * slope;
    for (int j = 0; j < columns; j++) {
      contributions[j] += factor * vector[j] * ((double) to[j] - from[j]);
    }
  }

  private static double power(double base, int exponent) {
    double power = 1;
    for (int k = 0; k < exponent; k++) {
      power *= base;
    }
    return power;
  }

  /** Nodes and weights of the rule on [0, 1]: the roots of a Legendre polynomial, by Newton. */
  private static void gaussLegendre(double[] nodes, double[] weights) {
    int size = nodes.length;
    for (int i = 0; i < size; i++) {
      double x = Math.cos(Math.PI * (i + 0.75) / (size + 0.5));
      double slope = 1;
      for (int round = 0; round < 20; round++) {
        double previous = 1;
        double value = x;
        for (int k = 2; k <= size; k++) {
          double next = ((2 * k - 1) * x * value - (k - 1) * previous) / k;
          previous = value;
          value = next;
        }
        slope = size * (x * value - previous) / (x * x - 1);
        x -= value / slope;
      }
      nodes[i] = (1 + x) / 2;
      weights[i] = 1 / ((1 - x * x) * slope * slope);
    }
    double sum = Arrays.stream(weights).sum();
    for (int i = 0; i < size; i++) {
      weights[i] /= sum;
    }
  }
}
