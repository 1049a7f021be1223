package dev.vedette.row;

import java.util.Arrays;

/** Components that share the rows among them. */
record Mixture(Component[] components) {
  /** e to this power is lost beside 1. */
  private static final double LOST = -40;

  private static final double[][] NOT_ASKED = {};

  /**
   * How likely the rows are, and whose they are.
   *
   * @param logs ln of the density at each row
   * @param shares for each component the share of each row that is its own (components × rows)
   */
  record Expectation(double[] logs, double[][] shares) {
    /** The mean over the rows of ln density. */
    double bound() {
      return Arrays.stream(logs).sum() / logs.length;
    }

    /**
     * Gives the rows no component that are not among the {@code count} most likely; ties are.
     *
     * @return the mean of ln density over the rows that are kept
     */
    double keep(int count) {
      if (count >= logs.length) {
        return bound();
      }
      double[] sorted = logs.clone();
      Arrays.sort(sorted);
      double least = sorted[sorted.length - count];
      double sum = 0;
      int kept = 0;
      for (int i = 0; i < logs.length; i++) {
        if (logs[i] >= least) {
          sum += logs[i];
          kept++;
        } else {
          for (double[] share : shares) {
            share[i] = 0;
          }
        }
      }
      return sum / kept;
    }
  }

  Expectation expect(StandardRows rows) {
    double[] logs = new double[rows.count()];
    double[][] shares = new double[components.length][rows.count()];
    rows.tiles((tile, from, room) -> densities(tile, from, logs, shares));
    return new Expectation(logs, shares);
  }

  /** ln of the density at each row. */
  double[] logDensities(StandardRows rows) {
    double[] logs = new double[rows.count()];
    rows.tiles((tile, from, room) -> densities(tile, from, logs, NOT_ASKED));
    return logs;
  }

  /** Of the rows of one tile, into {@code logs}, and into {@code shares} where asked for. */
  private void densities(Tile tile, int from, double[] logs, double[][] shares) {
    double[][] each = logDensities(tile);
    double[] terms = new double[components.length];
    for (int r = 0; r < tile.rows(); r++) {
      for (int k = 0; k < terms.length; k++) {
        terms[k] = each[k][r];
      }
      logs[from + r] = share(terms);
      for (int k = 0; k < shares.length; k++) {
        shares[k][from + r] = terms[k];
      }
    }
  }

  private double[][] logDensities(Tile tile) {
    var room = new Component.Room(tile.columns().length);
    double[][] each = new double[components.length][Tile.ROWS];
    for (int k = 0; k < components.length; k++) {
      components[k].logDensities(tile, room, each[k]);
    }
    return each;
  }

  /** ln of the weighted density of each component at one row. */
  double[] terms(double[] z) {
    double[] terms = new double[components.length];
    for (int k = 0; k < terms.length; k++) {
      terms[k] = components[k].logDensity(z);
    }
    return terms;
  }

  /**
   * The logarithm of the sum of e to each of {@code terms}, none of which overflows on the way;
   * turns the terms into their shares of the sum.
   */
  static double share(double[] terms) {
    double largest = terms[0];
    for (double term : terms) {
      largest = Math.max(largest, term);
    }
    double sum = 0;
    for (int k = 0; k < terms.length; k++) {
      double below = terms[k] - largest;
      terms[k] = below == 0 ? 1 : below < LOST ? 0 : Math.exp(below);
      sum += terms[k];
    }
    if (sum == 1) {
      return largest;
    }
    for (int k = 0; k < terms.length; k++) {
      terms[k] /= sum;
    }
    return largest + Math.log(sum);
  }
}
