package dev.vedette.row;

import dev.vedette.Require;
import java.util.Arrays;

/**
 * One normal distribution of a {@link Gmm}, in standard units.
 *
 * @param weight the share of the rows it stands for, more than 0
 * @param mean of each column
 * @param whitening the inverse of the Cholesky factor of the covariance, lower triangular: row i
 *     holds the coefficients of the columns up to i, and only the last of them, 1 / deviation,
 *     where the covariance is diagonal
 * @param height ln of the weighted density at the mean, in the units of the columns
 */
public record Component(double weight, double[] mean, double[][] whitening, double height) {
  public Component {
    Require.that(weight > 0 && weight <= 1, "the weight of a component is damaged");
    Require.that(Double.isFinite(height), "the height of a component is damaged");
    Require.finite("the mean of a component", mean);
    Require.that(whitening.length == mean.length, "a component has another width");
    for (int i = 0; i < whitening.length; i++) {
      int length = whitening[i].length;
      Require.that(length == 1 || length == i + 1, "the whitening is not triangular");
      Require.finite("the whitening of a component", whitening[i]);
      Require.that(whitening[i][length - 1] > 0, "a deviation of a component is damaged");
    }
  }

  /** Room for the rows of a tile less the mean, and for a row of the whitened tile. */
  static final class Room {
    private final double[][] deviations;
    private final double[] whitened = new double[Tile.ROWS];

    Room(int columns) {
      deviations = new double[columns][Tile.ROWS];
    }
  }

  /** ln of the weighted density at each row of {@code tile}. */
  void logDensities(Tile tile, Room room, double[] into) {
    for (int j = 0; j < mean.length; j++) {
      double m = mean[j];
      double[] column = tile.columns()[j];
      double[] deviation = room.deviations[j];
      for (int r = 0; r < deviation.length; r++) {
        deviation[r] = column[r] - m;
      }
    }
    Arrays.fill(into, 0);
    double[] whitened = room.whitened;
    for (int i = 0; i < mean.length; i++) {
      Arrays.fill(whitened, 0);
      Tile.addProduct(whitening[i], room.deviations, i + 1 - whitening[i].length, whitened);
      for (int r = 0; r < into.length; r++) {
        into[r] = Math.fma(whitened[r], whitened[r], into[r]);
      }
    }
    for (int r = 0; r < into.length; r++) {
      into[r] = height - 0.5 * into[r];
    }
  }

  /** The same of one row, bit for bit. */
  double logDensity(double[] z) {
    double squared = 0;
    for (int i = 0; i < mean.length; i++) {
      double whitened = whitened(i, z);
      squared = Math.fma(whitened, whitened, squared);
    }
    return height - 0.5 * squared;
  }

  private double whitened(int i, double[] z) {
    double[] weights = whitening[i];
    int first = i + 1 - weights.length;
    double sum = 0;
    for (int t = 0; t < weights.length; t++) {
      sum = Math.fma(weights[t], z[first + t] - mean[first + t], sum);
    }
    return sum;
  }

  /** The inverse covariance times {@code z} less the mean: how each column pulls the row away. */
  double[] pull(double[] z) {
    double[] pull = new double[z.length];
    for (int i = 0; i < z.length; i++) {
      double whitened = whitened(i, z);
      double[] weights = whitening[i];
      int first = i + 1 - weights.length;
      for (int t = 0; t < weights.length; t++) {
        pull[first + t] = Math.fma(weights[t], whitened, pull[first + t]);
      }
    }
    return pull;
  }

  /** The diagonal of the inverse covariance. */
  double[] precision() {
    double[] precision = new double[mean.length];
    for (int i = 0; i < mean.length; i++) {
      double[] weights = whitening[i];
      int first = i + 1 - weights.length;
      for (int t = 0; t < weights.length; t++) {
        precision[first + t] += weights[t] * weights[t];
      }
    }
    return precision;
  }
}
