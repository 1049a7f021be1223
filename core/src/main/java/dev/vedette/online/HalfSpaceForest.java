package dev.vedette.online;

import dev.vedette.Attribution;
import dev.vedette.Online;
import dev.vedette.OnlineState;
import dev.vedette.Require;
import dev.vedette.math.Seeds;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * {@link HalfSpaceTrees} at work.
 *
 * <p>The halvings follow from the seed. Each tree is a heap of 2<sup>depth+1</sup> nodes, the root
 * at 1; a node keeps two counts side by side, of the window that fills and of the one before. A
 * count carries the number of its window in its upper 16 bits and is 0 in any other window, so that
 * nothing has to be cleared when a window ends.
 */
public final class HalfSpaceForest implements Online {
  private static final int LAST_EPOCH = 0xffff;

  private final HalfSpaceTrees detector;
  private final Spreads spreads;
  private final int[] column;
  private final double[] cut;
  private final int[] counts;
  private final double[] log; // log[m] = log₂(m + 1)
  private final double[] scale;
  private final double[] place; // scratch: the row, measured
  private int epoch;
  private int filled;
  private boolean first;

  /**
   * What {@link HalfSpaceTrees} learned, as it was at one moment.
   *
   * @param finished windows
   * @param filled rows of the window that fills
   * @param known rows of the window before, per node
   * @param counted rows of the window that fills, per node
   */
  public record State(
      HalfSpaceTrees detector,
      Spreads.State spreads,
      int finished,
      int filled,
      int[] known,
      int[] counted)
      implements OnlineState {
    public State {
      int nodes = detector.trees() << (detector.depth() + 1);
      Require.that(
          known.length == nodes && counted.length == nodes, "a count per node of every tree");
      Require.range("finished windows", finished, 0, 1);
      Require.range("filled", filled, 0, detector.window() - 1);
      for (int node = 0; node < nodes; node++) {
        Require.range("count", known[node], 0, finished * detector.window());
        Require.range("count", counted[node], 0, filled);
      }
      Require.that(
          (long) spreads.columns() * detector.trees() <= 1 << 26, "too many columns for the trees");
    }

    @Override
    public HalfSpaceForest resume() {
      return new HalfSpaceForest(this);
    }
  }

  private HalfSpaceForest(State state) {
    detector = state.detector;
    spreads = new Spreads(state.spreads, detector.halfLife());
    int nodes = state.known.length;
    column = new int[nodes];
    cut = new double[nodes];
    for (int tree = 0; tree < detector.trees(); tree++) {
      halve(tree);
    }
    epoch = 2;
    first = state.finished == 0;
    filled = state.filled;
    counts = new int[2 * nodes];
    for (int node = 0; node < nodes; node++) {
      counts[2 * node] = (2 << 16) | state.counted[node];
      counts[2 * node + 1] = (1 << 16) | state.known[node];
    }
    log = new double[detector.window() + 1];
    for (int m = 0; m < log.length; m++) {
      log[m] = Math.log(m + 1.0) / Math.log(2);
    }
    scale = new double[spreads.columns()];
    place = new double[spreads.columns()];
    rescale();
  }

  /** Draws the work ranges and the halvings of one tree: Section 3.2 and Algorithm 1. */
  private void halve(int tree) {
    SplittableRandom random = Seeds.stream(detector.seed(), tree);
    int columns = spreads.columns();
    double[] low = new double[columns];
    double[] high = new double[columns];
    for (int j = 0; j < columns; j++) {
      double middle = random.nextDouble();
      double half = 2 * Math.max(middle, 1 - middle);
      low[j] = middle - half;
      high[j] = middle + half;
    }
    halve(tree << (detector.depth() + 1), 1, random, low, high);
  }

  private void halve(int root, int node, SplittableRandom random, double[] low, double[] high) {
    if (node >= 1 << detector.depth()) {
      return;
    }
    int j = random.nextInt(low.length);
    double middle = (low[j] + high[j]) / 2;
    column[root + node] = j;
    cut[root + node] = middle;
    double end = high[j];
    high[j] = middle;
    halve(root, 2 * node, random, low, high);
    high[j] = end;
    double start = low[j];
    low[j] = middle;
    halve(root, 2 * node + 1, random, low, high);
    low[j] = start;
  }

  private void rescale() {
    for (int j = 0; j < scale.length; j++) {
      scale[j] = 0.1 / Math.sqrt(spreads.squaredUnit(j)); // ±5 spreads are the unit range
    }
  }

  private void measure(double[] row) {
    for (int j = 0; j < row.length; j++) {
      place[j] = measure(j, row[j]);
    }
  }

  private double measure(int j, double value) {
    double far = Math.clamp((value - spreads.mean(j)) * scale[j], -0.5, 0.5);
    return Double.isNaN(far) ? 0.5 : 0.5 + far;
  }

  @Override
  public HalfSpaceTrees detector() {
    return detector;
  }

  @Override
  public int columns() {
    return scale.length;
  }

  @Override
  public double score(double[] row) {
    Require.row(row, scale.length, true);
    measure(row);
    return rarity();
  }

  /** The score of the row that was measured last. */
  private double rarity() {
    int known = first ? epoch : epoch - 1;
    int rows = first ? filled : detector.window();
    int few = rows / 10;
    int deepest = 1 << detector.depth();
    int size = 2 * deepest;
    double total = 0;
    for (int root = 0; root < column.length; root += size) {
      int node = 1;
      int mass = rows;
      while (mass > few && node < deepest) {
        int at = root + node;
        node = 2 * node + (place[column[at]] >= cut[at] ? 1 : 0);
        int count = counts[2 * (root + node) + (known & 1)];
        mass = count >>> 16 == known ? count & 0xffff : 0;
      }
      total += log[rows] - log[mass] - (31 - Integer.numberOfLeadingZeros(node));
    }
    return total / detector.trees() + 0.0; // no −0
  }

  @Override
  public void learn(double[] row) {
    Require.row(row, scale.length, true);
    spreads.learn(row);
    rescale();
    measure(row);
    int deepest = 1 << detector.depth();
    int size = 2 * deepest;
    int fresh = epoch << 16;
    for (int root = 0; root < column.length; root += size) {
      int node = 1;
      while (true) {
        int at = root + node;
        int slot = 2 * at + (epoch & 1);
        int count = counts[slot];
        counts[slot] = count >>> 16 == epoch ? count + 1 : fresh + 1;
        if (node >= deepest) {
          break;
        }
        node = 2 * node + (place[column[at]] >= cut[at] ? 1 : 0);
      }
    }
    if (++filled == detector.window()) {
      endWindow();
    }
  }

  private void endWindow() {
    filled = 0;
    first = false;
    if (epoch == LAST_EPOCH) {
      for (int slot = 0; slot < counts.length; slot++) {
        boolean current = counts[slot] >>> 16 == LAST_EPOCH;
        counts[slot] = current ? (1 << 16) | (counts[slot] & 0xffff) : 0; // both numbers are odd
      }
      epoch = 1;
    }
    epoch++;
  }

  /**
   * The base is the score of the usual row; the rest is divided in proportion to how much the score
   * falls when one column is made usual.
   */
  @Override
  public Attribution attribute(double[] row) {
    double score = score(row);
    double[] weights = new double[row.length];
    for (int j = 0; j < row.length; j++) {
      double there = place[j];
      place[j] = 0.5;
      weights[j] = Math.max(0, score - rarity());
      place[j] = there;
    }
    Arrays.fill(place, 0.5);
    return Attribution.proportional(score, rarity(), weights, spreads.means());
  }

  @Override
  public State snapshot() {
    return new State(
        detector, spreads.snapshot(), first ? 0 : 1, filled, counted(epoch - 1), counted(epoch));
  }

  private int[] counted(int window) {
    int[] masses = new int[column.length];
    for (int node = 0; node < masses.length; node++) {
      int count = counts[2 * node + (window & 1)];
      masses[node] = count >>> 16 == window ? count & 0xffff : 0;
    }
    return masses;
  }

  @Override
  public long bytes() {
    return spreads.bytes()
        + (long) column.length * Integer.BYTES
        + (long) counts.length * Integer.BYTES
        + (long) (cut.length + log.length + scale.length + place.length) * Double.BYTES;
  }
}
