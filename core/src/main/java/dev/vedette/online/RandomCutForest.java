package dev.vedette.online;

import dev.vedette.OnlineDetector;
import dev.vedette.Require;
import dev.vedette.math.Seeds;

/**
 * Random cut forest: a row is strange when putting it into random trees of recent rows would move
 * many of them.
 *
 * <p>The score is the expected displacement (Definition 3): how many rows of a tree the cut that
 * first sets the row apart leaves on the other side, on average over all cuts and trees, divided by
 * rows held + 30, so that little is claimed while little is known. 0 is a row that is there
 * already, about 0.05 is in the crowd, close to 1 is far outside of everything.
 *
 * <p>Cuts fall on columns in proportion to their range in spreads from the running mean, so the
 * unit of a column does not matter (the paper takes them as they are). A missing value counts as
 * the usual value of its column. Each tree keeps a sample of its own in which older rows are
 * replaced at random, so that the share of rows of a given age halves with each half-life.
 *
 * <p>Score O(trees · d · log sample), learning the same for the trees that take the row, which are
 * trees · sample · ln 2 / half-life on average; memory O(trees · sample · d). Many equal anomalies
 * hide each other, as they displace none of their like.
 *
 * <p>Guha, Mishra, Roy and Schrijvers, "Robust Random Cut Forest Based Anomaly Detection on
 * Streams", ICML 2016, PMLR 48:2712–2721, no DOI; the sampling is Algorithm 2.1 of Aggarwal, "On
 * Biased Reservoir Sampling in the Presence of Stream Evolution", VLDB 2006.
 *
 * @param trees number of trees, 1 to 1,000
 * @param sample rows per tree, 2 to 4,096; trees · sample · columns at most 16,777,216
 * @param halfLife rows after which half of a sample was replaced, 10 to 1,000,000,000
 * @param seed of all randomness
 */
public record RandomCutForest(int trees, int sample, int halfLife, long seed)
    implements OnlineDetector {
  public RandomCutForest {
    Require.range("trees", trees, 1, 1_000);
    Require.range("sample", sample, 2, 4_096);
    Require.range("half-life", halfLife, 10, 1_000_000_000);
  }

  /** 50 trees of 256 rows, with a half-life of 2,000 rows. */
  public RandomCutForest() {
    this(50, 256, 2_000, 42);
  }

  public RandomCutForest trees(int trees) {
    return new RandomCutForest(trees, sample, halfLife, seed);
  }

  public RandomCutForest sample(int sample) {
    return new RandomCutForest(trees, sample, halfLife, seed);
  }

  public RandomCutForest halfLife(int halfLife) {
    return new RandomCutForest(trees, sample, halfLife, seed);
  }

  public RandomCutForest seed(long seed) {
    return new RandomCutForest(trees, sample, halfLife, seed);
  }

  @Override
  public CutForest start(int columns) {
    var spreads = Spreads.State.none(columns);
    Require.that(
        (long) trees * sample * columns <= 1 << 24,
        "trees · sample · columns must be at most 16777216, is " + (long) trees * sample * columns);
    var none = new CutTree.State[trees];
    for (int tree = 0; tree < trees; tree++) {
      none[tree] = CutTree.State.none(sample, columns);
    }
    return new CutForest.State(this, 0, Seeds.mix(seed), spreads, none).resume();
  }
}
