package dev.vedette.online;

import dev.vedette.OnlineDetector;
import dev.vedette.Require;

/**
 * Half-space trees: random halvings of the space, and how many rows of the last window fell into
 * each part.
 *
 * <p>The score is the mean over the trees of −log₂ of how dense the part is in which a row ends, (m
 * + 1)/(n + 1) · 2<sup>k</sup> with m of n rows at depth k: 0 is the density of rows spread evenly,
 * below 0 is a crowd, about log₂(n/2) is a part of the first halvings where nothing ever fell. A
 * row ends where a tenth of the window or less is left, or at full depth.
 *
 * <p>Two things differ from the paper. It takes the mean of the mass m · 2<sup>k</sup> (Section
 * 3.3), in which the densest tree drowns the others. And it needs the range of each column before
 * the first row: here each column is measured in spreads from its running mean, ±5 of them are the
 * unit range, and what lies further out counts as lying at its end. While the first window fills,
 * its growing mass is used, so that scores mean something from the first rows on. A missing value
 * counts as the usual value of its column.
 *
 * <p>O(trees · depth) a row, independent of the number of columns but for O(d) to measure them;
 * memory O(trees · 2<sup>depth</sup>). Each path asks for at most depth columns, so among very many
 * columns a single strange one is rarely asked for.
 *
 * <p>Tan, Ting and Liu, "Fast Anomaly Detection for Streaming Data", IJCAI 2011,
 * doi:10.5591/978-1-57735-516-8/IJCAI11-254.
 *
 * @param trees number of trees, 1 to 1,000
 * @param depth number of halvings h, 1 to 16; trees · 2<sup>depth</sup> at most 4,194,304
 * @param window rows ψ after which what was counted replaces what is known, 2 to 65,535
 * @param seed of all randomness
 */
public record HalfSpaceTrees(int trees, int depth, int window, long seed)
    implements OnlineDetector {
  public HalfSpaceTrees {
    Require.range("trees", trees, 1, 1_000);
    Require.range("depth", depth, 1, 16);
    Require.range("window", window, 2, 65_535);
    Require.that(
        (long) trees << depth <= 1 << 22,
        "trees · 2^depth must be at most 4194304, is " + ((long) trees << depth));
  }

  /** 25 trees of depth 12 and a window of 250 rows. */
  public HalfSpaceTrees() {
    this(25, 12, 250, 42);
  }

  public HalfSpaceTrees trees(int trees) {
    return new HalfSpaceTrees(trees, depth, window, seed);
  }

  public HalfSpaceTrees depth(int depth) {
    return new HalfSpaceTrees(trees, depth, window, seed);
  }

  public HalfSpaceTrees window(int window) {
    return new HalfSpaceTrees(trees, depth, window, seed);
  }

  public HalfSpaceTrees seed(long seed) {
    return new HalfSpaceTrees(trees, depth, window, seed);
  }

  /** Spreads and ranges are remembered over ten windows. */
  double halfLife() {
    return 10.0 * window;
  }

  @Override
  public HalfSpaceForest start(int columns) {
    var spreads = Spreads.State.none(columns);
    int nodes = trees << (depth + 1);
    return new HalfSpaceForest.State(this, spreads, 0, 0, new int[nodes], new int[nodes]).resume();
  }
}
