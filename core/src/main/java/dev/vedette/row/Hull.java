package dev.vedette.row;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The point w nearest to the origin in the hull of points of a feature space, each given by its
 * products with the landmarks that span the space.
 */
final class Hull {
  /** A square of the distance below this, in units of the mean kernel value, is as good as 0. */
  static final double LEAST = 1e-4;

  private static final int STEPS = 10_000;

  private final double[][] inverse;
  private final double tolerance;
  private final List<double[]> points = new ArrayList<>();
  private final List<double[]> betas = new ArrayList<>();
  private double[][] products = new double[0][];
  private double[] shares = new double[0];

  /**
   * @param inverse of the kernel matrix of the landmarks
   * @param tolerance how near is near enough, as a share of the square of the distance
   */
  Hull(double[][] inverse, double tolerance) {
    this.inverse = inverse;
    this.tolerance = tolerance;
  }

  /** Adds a point. */
  void add(double[] point) {
    double[] beta = new double[point.length];
    for (int l = 0; l < beta.length; l++) {
      beta[l] = dot(inverse[l], point);
    }
    points.add(point);
    betas.add(beta);
    int size = points.size();
    double[][] more = new double[size][size];
    for (int k = 0; k < size; k++) {
      for (int j = 0; j < size; j++) {
        boolean known = k < size - 1 && j < size - 1;
        more[k][j] =
            known ? products[k][j] : dot(points.get(Math.min(k, j)), betas.get(Math.max(k, j)));
      }
    }
    products = more;
    shares = Arrays.copyOf(shares, size);
    shares[size - 1] = size == 1 ? 1 : 0;
    solve();
  }

  /** Moves share from the point of largest slope to that of least until they agree. */
  private void solve() {
    double[] slopes = new double[shares.length];
    for (int k = 0; k < slopes.length; k++) {
      slopes[k] = dot(products[k], shares);
    }
    for (int step = 0; step < STEPS; step++) {
      int gain = 0;
      int lose = -1;
      for (int k = 0; k < slopes.length; k++) {
        gain = slopes[k] < slopes[gain] ? k : gain;
        lose = shares[k] > 0 && (lose < 0 || slopes[k] > slopes[lose]) ? k : lose;
      }
      double difference = slopes[lose] - slopes[gain];
      double curvature = products[gain][gain] + products[lose][lose] - 2 * products[gain][lose];
      if (difference <= tolerance * Math.max(LEAST, dot(slopes, shares)) || curvature <= 0) {
        return;
      }
      double moved = Math.min(shares[lose], difference / curvature);
      shares[gain] += moved;
      shares[lose] = moved == shares[lose] ? 0 : shares[lose] - moved;
      for (int k = 0; k < slopes.length; k++) {
        slopes[k] += moved * (products[gain][k] - products[lose][k]);
      }
    }
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** ‖w‖². */
  double square() {
    double square = 0;
    for (int k = 0; k < shares.length; k++) {
      square += shares[k] * dot(products[k], shares);
    }
    return square;
  }

  /** w as a combination of the landmarks. */
  double[] beta() {
    double[] beta = new double[inverse.length];
    for (int k = 0; k < shares.length; k++) {
      for (int l = 0; l < beta.length; l++) {
        beta[l] += shares[k] * betas.get(k)[l];
      }
    }
    return beta;
  }
}
