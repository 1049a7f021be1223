package dev.vedette.row;

import dev.vedette.Require;
import dev.vedette.RowDetector;
import dev.vedette.data.Matrix;
import dev.vedette.math.Parallel;
import dev.vedette.math.Quantiles;
import dev.vedette.math.Seeds;

/**
 * Isolation forest: anomalies are few and different, so random splits isolate them early.
 *
 * <p>Score in (0, 1): 2<sup>−E[h]/c(ψ)</sup> with h the path length in a tree and c(ψ) the mean
 * path length of a random tree (Eq. 2). Near 1 is isolated at once, 0.5 is like the average row,
 * below 0.5 is deep inside the crowd. A constant model (all training rows equal) scores 0.5.
 *
 * <p>Missing values are native: while fitting, a row without a value follows either branch at
 * random, in the proportion of the rows that have one; while scoring it follows both, weighted by
 * that proportion.
 *
 * <p>Fit O(trees · sample · log sample) on one pass of sampling, row O(trees · log sample), with
 * missing values O(trees · sample), memory O(trees · sample). It is blind to anomalies that break
 * only the relation between columns: splits are parallel to the axes.
 *
 * <p>Liu, Ting and Zhou, "Isolation Forest", ICDM 2008, doi:10.1109/ICDM.2008.17.
 *
 * @param trees number of trees t, 1 to 10,000
 * @param sample rows per tree ψ, 2 to 65,536; a smaller training set is used whole
 * @param seed of all randomness
 */
public record IsolationForest(int trees, int sample, long seed) implements RowDetector {
  public IsolationForest {
    Require.range("trees", trees, 1, 10_000);
    Require.range("sample", sample, 2, 65_536);
  }

  /** 100 trees of 256 rows, as in the paper. */
  public IsolationForest() {
    this(100, 256, 42);
  }

  public IsolationForest trees(int trees) {
    return new IsolationForest(trees, sample, seed);
  }

  public IsolationForest sample(int sample) {
    return new IsolationForest(trees, sample, seed);
  }

  public IsolationForest seed(long seed) {
    return new IsolationForest(trees, sample, seed);
  }

  @Override
  public boolean acceptsMissing() {
    return true;
  }

  @Override
  public IsolationForestModel fit(Matrix rows) {
    rows.requireRows(2);
    int size = Math.min(sample, rows.rows());
    int depth = 32 - Integer.numberOfLeadingZeros(size - 1); // ceil(log2(size)), Algorithm 2
    var forest = new IsolationForestModel.Trees(trees, depth);
    Parallel.each(
        trees,
        tree -> {
          var random = Seeds.stream(seed, tree);
          Matrix drawn = rows.select(Seeds.sample(random, rows.rows(), size));
          new IsolationTree(drawn, forest, tree, random).grow();
        });
    return new IsolationForestModel(
        this, size, rows.columns(), forest, Quantiles.medians(rows, 1024));
  }

  /**
   * The mean path length of an unsuccessful search in a binary search tree of {@code rows} rows:
   * c(n), Eq. 1.
   */
  public static double averagePath(int rows) {
    if (rows <= 1) {
      return 0;
    }
    if (rows == 2) {
      return 1;
    }
    double harmonic = Math.log(rows - 1.0) + 0.5772156649015329;
    return 2 * harmonic - 2.0 * (rows - 1) / rows;
  }
}
