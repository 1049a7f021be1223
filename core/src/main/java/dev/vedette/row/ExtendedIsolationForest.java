package dev.vedette.row;

import dev.vedette.Attribution;
import dev.vedette.Require;
import dev.vedette.RowDetector;
import dev.vedette.RowModel;
import dev.vedette.data.Matrix;
import dev.vedette.math.Neighbors;
import dev.vedette.math.Parallel;
import dev.vedette.math.Quantiles;
import dev.vedette.math.Seeds;

/**
 * Extended isolation forest: isolates rows by random sloping cuts, hyperplanes over several columns
 * at once, so that it also sees rows that break the relation between columns.
 *
 * <p>Score in (0, 1], read as that of {@link IsolationForest}: near 1 is isolated at once, 0.5 is
 * like the average row, below 0.5 is deep inside the crowd.
 *
 * <p>Path lengths are measured against c(ψ) of the option {@code sample}, also where there are
 * fewer rows: far out they hardly depend on the rows of a tree, so models fitted on different
 * numbers of rows, as those that calibrate a threshold, agree. On few rows all scores are higher.
 *
 * <p>A cut weighs {@code extension + 1} columns that vary among the rows of its node with standard
 * normal weights, and goes through a point drawn evenly from the box of these rows (Algorithm 2).
 * Columns of different units must be scaled first: a cut mixes them. A value that is missing has no
 * side, so missing values are refused.
 *
 * <p>Fit O(trees · sample · log sample · extension), row O(trees · log sample · extension), memory
 * O(trees · sample · extension).
 *
 * <p>Hariri, Carrasco Kind and Brunner, "Extended Isolation Forest", TKDE 2019,
 * doi:10.1109/TKDE.2019.2947676.
 *
 * @param trees number of trees t, 1 to 10,000
 * @param sample rows per tree ψ, 2 to 65,536; a smaller training set is used whole
 * @param extension level: columns of a cut less one, 0 (cuts along one column) to 10,000; d − 1 of
 *     d columns is the most that has an effect
 * @param seed of all randomness
 */
public record ExtendedIsolationForest(int trees, int sample, int extension, long seed)
    implements RowDetector {
  private static final long MOST_WEIGHTS = 1L << 28;

  public ExtendedIsolationForest {
    Require.range("trees", trees, 1, 10_000);
    Require.range("sample", sample, 2, 65_536);
    Require.range("extension", extension, 0, 10_000);
  }

  /** 100 trees of 256 rows, as in the paper, with cuts over three columns. */
  public ExtendedIsolationForest() {
    this(100, 256, 2, 42);
  }

  public ExtendedIsolationForest trees(int trees) {
    return new ExtendedIsolationForest(trees, sample, extension, seed);
  }

  public ExtendedIsolationForest sample(int sample) {
    return new ExtendedIsolationForest(trees, sample, extension, seed);
  }

  public ExtendedIsolationForest extension(int extension) {
    return new ExtendedIsolationForest(trees, sample, extension, seed);
  }

  public ExtendedIsolationForest seed(long seed) {
    return new ExtendedIsolationForest(trees, sample, extension, seed);
  }

  @Override
  public Fitted fit(Matrix rows) {
    rows.requireRows(2);
    rows.requireComplete();
    double[] center = Quantiles.medians(rows, 4096);
    Neighbors.requireMeasurable(rows, center);
    int size = Math.min(sample, rows.rows());
    int depth = 32 - Integer.numberOfLeadingZeros(size - 1); // ceil(log2(size))
    int width = Math.min(extension, rows.columns() - 1) + 1;
    long needed = (((long) trees << depth) - trees) * width;
    Require.that(
        needed <= MOST_WEIGHTS,
        "extended-iforest: %s trees of %s rows with %s columns a cut need %s weights, at most %s fit; lower one of them"
            .formatted(trees, size, width, needed, MOST_WEIGHTS));
    var forest = new SlopingTrees(trees, depth, width);
    Parallel.each(
        trees,
        tree -> {
          var random = Seeds.stream(seed, tree);
          Matrix drawn = rows.select(Seeds.sample(random, rows.rows(), size));
          new SlopingTree(drawn, center, forest, tree, random).grow();
        });
    return new Fitted(this, center, forest);
  }

  /**
   * A fitted {@link ExtendedIsolationForest}.
   *
   * @param center the median of each column, subtracted first
   */
  public record Fitted(ExtendedIsolationForest detector, double[] center, SlopingTrees forest)
      implements RowModel {
    public Fitted {
      Require.that(center.length >= 1, "a forest has at least 1 column");
      Require.finite("the centre", center);
      Require.that(
          forest.trees().count() == detector.trees, "the number of trees differs from the option");
      Require.that(forest.useOnly(center.length), "a cut uses a column that is not there");
    }

    @Override
    public int columns() {
      return center.length;
    }

    @Override
    public double score(double[] row) {
      return scale().score(forest.paths(offsets(row)));
    }

    private double[] offsets(double[] row) {
      Require.row(row, center.length, false);
      double[] offsets = new double[row.length];
      for (int j = 0; j < row.length; j++) {
        offsets[j] = Standard.clamp(row[j] - center[j]);
      }
      return offsets;
    }

    private PathScale scale() {
      return new PathScale(detector.trees, detector.sample);
    }

    /**
     * As in {@link IsolationForestModel#attribute}, with the change at a cut shared by its columns
     * in proportion to how far each moves the row across, |weight · (value − median)|. Normal is
     * the median.
     */
    @Override
    public Attribution attribute(double[] row) {
      double[] offsets = offsets(row);
      double[] change = new double[row.length];
      var paths = new ExpectedPaths(forest.trees());
      double start = 0;
      double end = 0;
      for (int tree = 0; tree < detector.trees; tree++) {
        paths.enter(tree);
        start += paths.atRoot();
        end += walk(tree, offsets, paths, change);
      }
      double score = scale().score(forest.paths(offsets));
      return scale().attribution(start, end, score, change, center.clone());
    }

    private double walk(int tree, double[] offsets, ExpectedPaths paths, double[] change) {
      int inner = forest.trees().inner();
      int node = 0;
      while (node < inner) {
        int cut = tree * inner + node;
        double threshold = forest.trees().threshold()[cut];
        if (threshold == Double.POSITIVE_INFINITY) {
          break;
        }
        int next = 2 * node + (forest.sum(cut, offsets) > threshold ? 2 : 1);
        share(cut, offsets, paths.at(next) - paths.at(node), change);
        node = next;
      }
      return paths.at(node);
    }

    private void share(int cut, double[] offsets, double amount, double[] into) {
      double sum = 0;
      for (int i = 0; i < forest.width(); i++) {
        sum += Math.abs(forest.weight(cut, i) * offsets[forest.column(cut, i)]);
      }
      for (int i = 0; i < forest.width(); i++) {
        int column = forest.column(cut, i);
        double move = Math.abs(forest.weight(cut, i) * offsets[column]);
        into[column] += amount * (sum > 0 ? move / sum : 1.0 / forest.width());
      }
    }
  }
}
