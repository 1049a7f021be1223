package dev.vedette.online;

import dev.vedette.Attribution;
import dev.vedette.Online;
import dev.vedette.OnlineState;
import dev.vedette.Require;

/** {@link RandomCutForest} at work. */
public final class CutForest implements Online {
  /** Rows held count as this many more: little is claimed of few. */
  private static final int DOUBT = 30;

  private static final double LARGEST_WEIGHT = 1e140;

  private final RandomCutForest detector;
  private final Spreads spreads;
  private final CutTree[] trees;
  private final RandomCuts random;
  private final double[] weights; // 1 / spread
  private final double[] place; // scratch: the row without holes
  private long rows;

  /**
   * What a {@link RandomCutForest} learned, as it was at one moment.
   *
   * @param rows learned
   * @param random the state of the randomness to come
   * @param spreads of the columns
   * @param trees one each
   */
  public record State(
      RandomCutForest detector,
      long rows,
      long random,
      Spreads.State spreads,
      CutTree.State[] trees)
      implements OnlineState {
    public State {
      Require.that(rows >= 0, "the number of rows is negative");
      Require.that(trees.length == detector.trees(), "there are not as many trees as announced");
      for (CutTree.State tree : trees) {
        Require.that(
            tree.leafOf().length == detector.sample() && tree.columns() == spreads.columns(),
            "a tree has another shape");
        Require.that(tree.size() == Math.min(rows, detector.sample()), "a tree is not full");
      }
    }

    @Override
    public CutForest resume() {
      return new CutForest(this);
    }
  }

  private CutForest(State state) {
    detector = state.detector;
    rows = state.rows;
    random = new RandomCuts(state.random);
    spreads = new Spreads(state.spreads, detector.halfLife());
    trees = new CutTree[state.trees.length];
    for (int tree = 0; tree < trees.length; tree++) {
      trees[tree] = new CutTree(state.trees[tree]);
    }
    weights = new double[spreads.columns()];
    place = new double[spreads.columns()];
    weigh();
  }

  private void weigh() {
    for (int j = 0; j < weights.length; j++) {
      weights[j] = Math.min(LARGEST_WEIGHT, 1 / Math.sqrt(spreads.squaredUnit(j)));
    }
  }

  private void fill(double[] row) {
    for (int j = 0; j < row.length; j++) {
      double value = Double.isNaN(row[j]) ? spreads.mean(j) : row[j];
      place[j] = Math.clamp(value, -RandomCuts.FARTHEST, RandomCuts.FARTHEST);
    }
  }

  @Override
  public RandomCutForest detector() {
    return detector;
  }

  @Override
  public int columns() {
    return weights.length;
  }

  @Override
  public double score(double[] row) {
    Require.row(row, weights.length, true);
    fill(row);
    double sum = 0;
    for (CutTree tree : trees) {
      sum += tree.displacement(place, weights);
    }
    return sum / scale();
  }

  private double scale() {
    return (double) trees.length * (trees[0].size() + DOUBT);
  }

  @Override
  public void learn(double[] row) {
    Require.row(row, weights.length, true);
    spreads.learn(row);
    weigh();
    fill(row);
    rows++;
    int sample = detector.sample();
    double taken = sample * Math.max(1.0 / rows, Math.log(2) / detector.halfLife());
    for (CutTree tree : trees) {
      if (tree.size() < sample) {
        tree.insert(place, weights, random);
      } else if (random.uniform() < taken) {
        tree.replace(random.below(sample), place, weights, random);
      }
    }
  }

  /** The base is 0: every cut that sets a row apart is one of a column. */
  @Override
  public Attribution attribute(double[] row) {
    double score = score(row);
    double[] contributions = new double[row.length];
    for (CutTree tree : trees) {
      tree.share(place, weights, contributions);
    }
    for (int j = 0; j < contributions.length; j++) {
      contributions[j] /= scale();
    }
    return new Attribution(score, 0, contributions, spreads.means());
  }

  @Override
  public State snapshot() {
    var held = new CutTree.State[trees.length];
    for (int tree = 0; tree < held.length; tree++) {
      held[tree] = trees[tree].snapshot();
    }
    return new State(detector, rows, random.state(), spreads.snapshot(), held);
  }

  @Override
  public long bytes() {
    long bytes = spreads.bytes() + (long) (weights.length + place.length) * Double.BYTES;
    for (CutTree tree : trees) {
      bytes += tree.bytes();
    }
    return bytes;
  }
}
