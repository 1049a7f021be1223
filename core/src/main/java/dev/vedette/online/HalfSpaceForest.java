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

  /** What a node holds: the column and the bits of the cut, and the counts of two windows. */
  private static final int WIDTH = 4;

  private static final int CUT = 1;
  private static final int COUNTS = 2;

  private final HalfSpaceTrees detector;
  private final Spreads spreads;
  private final int[] nodes; // four each, so that a visit touches one cache line: see below
  private final double[] log; // log[m] = log₂(m + 1)
  private final double[] scale;
  private final float[] place; // scratch: the row, measured
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
    nodes = new int[WIDTH * state.known.length];
    for (int tree = 0; tree < detector.trees(); tree++) {
      halve(tree);
    }
    epoch = 2;
    first = state.finished == 0;
    filled = state.filled;
    for (int node = 0; node < state.known.length; node++) {
      nodes[WIDTH * node + COUNTS] = (2 << 16) | state.counted[node];
      nodes[WIDTH * node + COUNTS + 1] = (1 << 16) | state.known[node];
    }
    log = new double[detector.window() + 1];
    for (int m = 0; m < log.length; m++) {
      log[m] = Math.log(m + 1.0) / Math.log(2);
    }
    scale = new double[spreads.columns()];
    place = new float[spreads.columns()];
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
    nodes[WIDTH * (root + node)] = j;
    nodes[WIDTH * (root + node) + CUT] = Float.floatToRawIntBits((float) middle);
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

  private float measure(int j, double value) {
    double far = Math.clamp((value - spreads.mean(j)) * scale[j], -0.5, 0.5);
    return Double.isNaN(far) ? 0.5f : (float) (0.5 + far);
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
    for (int root = 0; root < nodes.length / WIDTH; root += size) {
      int node = 1;
      int mass = rows;
      while (mass > few && node < deepest) {
        node = child(root, node);
        int count = nodes[WIDTH * (root + node) + COUNTS + (known & 1)];
        mass = count >>> 16 == known ? count & 0xffff : 0;
      }
      total += log[rows] - log[mass] - (31 - Integer.numberOfLeadingZeros(node));
    }
    return total / detector.trees() + 0.0; // no −0
  }

  private int child(int root, int node) {
    int at = WIDTH * (root + node);
    return 2 * node + (place[nodes[at]] >= Float.intBitsToFloat(nodes[at + CUT]) ? 1 : 0);
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
    for (int root = 0; root < nodes.length / WIDTH; root += size) {
      int node = 1;
      while (true) {
        int slot = WIDTH * (root + node) + COUNTS + (epoch & 1);
        int count = nodes[slot];
        nodes[slot] = count >>> 16 == epoch ? count + 1 : fresh + 1;
        if (node >= deepest) {
          break;
        }
        node = child(root, node);
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
      for (int node = 0; node < nodes.length; node += WIDTH) {
        for (int slot = node + COUNTS; slot < node + WIDTH; slot++) {
          boolean current = nodes[slot] >>> 16 == LAST_EPOCH;
          nodes[slot] = current ? (1 << 16) | (nodes[slot] & 0xffff) : 0; // both are odd
        }
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
      float there = place[j];
      place[j] = 0.5f;
      weights[j] = Math.max(0, score - rarity());
      place[j] = there;
    }
    Arrays.fill(place, 0.5f);
    return Attribution.proportional(score, rarity(), weights, spreads.means());
  }

  @Override
  public State snapshot() {
    return new State(
        detector, spreads.snapshot(), first ? 0 : 1, filled, counted(epoch - 1), counted(epoch));
  }

  private int[] counted(int window) {
    int[] masses = new int[nodes.length / WIDTH];
    for (int node = 0; node < masses.length; node++) {
      int count = nodes[WIDTH * node + COUNTS + (window & 1)];
      masses[node] = count >>> 16 == window ? count & 0xffff : 0;
    }
    return masses;
  }

  @Override
  public long bytes() {
    return spreads.bytes()
        + (long) nodes.length * Integer.BYTES
        + (long) place.length * Float.BYTES
        + (long) (log.length + scale.length) * Double.BYTES;
  }
}
