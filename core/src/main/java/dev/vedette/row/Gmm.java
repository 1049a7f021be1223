package dev.vedette.row;

import dev.vedette.Attribution;
import dev.vedette.Require;
import dev.vedette.RowDetector;
import dev.vedette.RowModel;
import dev.vedette.data.Matrix;

/**
 * Gaussian mixture: how improbable a row is where the usual rows form a few clusters, each with its
 * own relations between the columns.
 *
 * <p>Score: −ln of the density in the units of the columns; any number, the higher the rarer. Two
 * rows whose scores differ by 1 differ by a factor of e in density. With one component and {@code
 * keep=1} it rises with the squared Mahalanobis distance.
 *
 * <p>Fitted by expectation maximisation (Dempster, Laird and Rubin 1977,
 * doi:10.1111/j.2517-6161.1977.tb01600.x) in robust units of the columns, until the mean ln density
 * changes by less than 0.001. Each step is made from the {@code keep} share of the rows that are
 * most likely (trimmed likelihood, Neykov et al. 2007, doi:10.1016/j.csda.2006.12.024), and starts
 * are k-means clusters of the {@code keep} share that lies closest to the middle, so that anomalies
 * do not shape the components. A group of anomalies might still be dense enough for a component of
 * its own; so one that holds less than (1 − keep) / 2 of the kept rows, or less than two rows, is
 * dropped, and {@code Fitted.components()} tells which are left. The best of the {@code restarts},
 * tried on 4,096 rows at most, is refined on all.
 *
 * <p>Fit O(steps · n · components · d²), row O(components · d²), diagonal O(components · d). Full
 * covariances want several times as many rows as columns in each component. Known clean training
 * rows are better modelled with {@code keep=1}.
 *
 * @param components 1 to 1,000; 0 takes the number from 1 to 8 with the best Bayesian information
 *     criterion (Schwarz 1978, doi:10.1214/aos/1176344136) on 4,096 rows at most
 * @param covariance how the columns may vary together
 * @param keep the share of the rows that shape the components, 0.5 (most robust) to 1 (classical)
 * @param regularization added to the variance of each column, in its squared robust unit: 1e-9 to 1
 * @param restarts 1 to 100
 * @param seed of all randomness
 */
public record Gmm(
    int components,
    Covariances covariance,
    double keep,
    double regularization,
    int restarts,
    long seed)
    implements RowDetector {
  /** How the columns may vary together within a component. */
  public enum Covariances {
    /** In any way. */
    FULL,
    /** Not at all: each column by itself. */
    DIAGONAL
  }

  public Gmm {
    Require.range("components", components, 0, 1000);
    Require.range("keep", keep, 0.5, 1);
    Require.range("regularization", regularization, 1e-9, 1);
    Require.range("restarts", restarts, 1, 100);
  }

  /** Three full components of the most likely three quarters of the rows. */
  public Gmm() {
    this(3, Covariances.FULL, 0.75, 1e-3, 3, 42);
  }

  public Gmm components(int components) {
    return new Gmm(components, covariance, keep, regularization, restarts, seed);
  }

  public Gmm covariance(Covariances covariance) {
    return new Gmm(components, covariance, keep, regularization, restarts, seed);
  }

  public Gmm keep(double keep) {
    return new Gmm(components, covariance, keep, regularization, restarts, seed);
  }

  public Gmm regularization(double regularization) {
    return new Gmm(components, covariance, keep, regularization, restarts, seed);
  }

  public Gmm restarts(int restarts) {
    return new Gmm(components, covariance, keep, regularization, restarts, seed);
  }

  public Gmm seed(long seed) {
    return new Gmm(components, covariance, keep, regularization, restarts, seed);
  }

  boolean full() {
    return covariance == Covariances.FULL;
  }

  /** The least share of the kept rows that a component stands for. */
  double least() {
    return (1 - keep) / 2;
  }

  @Override
  public Fitted fit(Matrix rows) {
    rows.requireRows(2);
    rows.requireComplete();
    var standard = StandardRows.robust(rows, seed);
    double logUnits = 0;
    for (double unit : standard.unit()) {
      logUnits += Math.log(unit);
    }
    Mixture mixture = new MixtureFit(this, logUnits).fit(standard);
    return new Fitted(this, standard.origin(), standard.unit(), mixture.components());
  }

  /**
   * A fitted {@link Gmm}.
   *
   * @param center of each column, the origin of the standard units
   * @param unit of each column, more than 0
   * @param components that are left, in standard units
   */
  public record Fitted(Gmm detector, double[] center, double[] unit, Component[] components)
      implements RowModel {
    public Fitted {
      Require.that(center.length == unit.length && unit.length > 0, "one unit per column");
      Require.finite("the centre", center);
      Require.finite("the unit", unit);
      for (double value : unit) {
        Require.that(value > 0, "a unit is not positive");
      }
      Require.that(components.length > 0, "no component is left");
      for (Component component : components) {
        Require.that(component.mean().length == unit.length, "a component has another width");
      }
    }

    @Override
    public int columns() {
      return center.length;
    }

    private Mixture mixture() {
      return new Mixture(components);
    }

    @Override
    public double score(double[] row) {
      Require.row(row, center.length, false);
      return -Mixture.share(mixture().terms(Tile.standardise(row, center, unit)));
    }

    @Override
    public double[] score(Matrix rows) {
      rows.requireUsable(center.length, false);
      double[] scores = mixture().logDensities(new StandardRows(rows, center, unit));
      for (int i = 0; i < scores.length; i++) {
        scores[i] = -scores[i];
      }
      return scores;
    }

    /**
     * With the components' shares p of the density, −ln density = Σ p (squared distance / 2) + what
     * does not depend on the column, and the squared distance zᵀP z is Σ zⱼ(P z)ⱼ. Normal is what
     * the other columns predict in each component, by the shares.
     */
    @Override
    public Attribution attribute(double[] row) {
      Require.row(row, center.length, false);
      double[] z = Tile.standardise(row, center, unit);
      double[] shares = mixture().terms(z);
      double score = -Mixture.share(shares);
      double[] contributions = new double[row.length];
      double[] normal = row.clone();
      for (int k = 0; k < shares.length; k++) {
        Component component = components[k];
        double[] pull = component.pull(z);
        double[] precision = component.precision();
        for (int j = 0; j < row.length; j++) {
          contributions[j] += shares[k] * 0.5 * (z[j] - component.mean()[j]) * pull[j];
          normal[j] -= shares[k] * unit[j] * pull[j] / precision[j];
        }
      }
      double base = score;
      for (double contribution : contributions) {
        base -= contribution;
      }
      return new Attribution(score, base, contributions, normal);
    }
  }
}
