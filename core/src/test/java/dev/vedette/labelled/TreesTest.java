package dev.vedette.labelled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TreesTest {
  private static final int INPUTS = 4;

  /** x1 ≤ 5 ? −1 : (x0 ≤ 2 ? 3 : 7), and 10 always; missing goes left, then right. */
  private static Trees hand() {
    return new Trees(
        new int[] {0, -4},
        new int[] {1, 0},
        new double[] {5, 2},
        new int[] {-1, -2},
        new int[] {1, -3},
        new int[] {1, 0},
        new double[] {-1, 3, 7, 10},
        new int[] {50, 20, 30, 100});
  }

  @Test
  void sumsByHand() {
    assertThat(hand().sum(new double[] {0, 5})).isEqualTo(9);
    assertThat(hand().sum(new double[] {2, 5.1})).isEqualTo(13);
    assertThat(hand().sum(new double[] {2.1, 5.1})).isEqualTo(17);
    assertThat(hand().sum(new double[] {2.1, Double.NaN})).isEqualTo(9);
    assertThat(hand().sum(new double[] {Double.NaN, 6})).isEqualTo(17);
    assertThat(Trees.none().sum(new double[0])).isZero();
  }

  @Test
  void sharesByHand() {
    Trees.Parts parts = hand().parts(new double[] {9, 9});
    // the mean: 0.5·(−1) + 0.2·3 + 0.3·7 + 10; known first: 0.5·(−1) + 0.5·7; second: 0.4·3 + 0.6·7
    assertThat(parts.expected()).isCloseTo(12.2, within(1e-12));
    double first = ((3.0 - 2.2) + (7 - 5.4)) / 2;
    double second = ((5.4 - 2.2) + (7 - 3.0)) / 2;
    assertThat(parts.shares()).containsExactly(new double[] {first, second}, within(1e-12));
  }

  /** Random trees in which inputs are met again and again, against the definition. */
  @Test
  void sharesAreShapleyValues() {
    var random = new SplittableRandom(4);
    for (int trial = 0; trial < 40; trial++) {
      Trees trees = random(random, 1 + trial % 3, 2 + trial % 12);
      double[] row = new double[INPUTS];
      for (int j = 0; j < INPUTS; j++) {
        row[j] = random.nextInt(5) == 0 ? Double.NaN : random.nextDouble();
      }
      Trees.Parts parts = trees.parts(row);
      double sum = parts.expected();
      for (int j = 0; j < INPUTS; j++) {
        assertThat(parts.shares()[j]).isCloseTo(shapley(trees, row, j), within(1e-10));
        sum += parts.shares()[j];
      }
      assertThat(sum).isCloseTo(trees.sum(row), within(1e-10));
    }
  }

  private static double shapley(Trees trees, double[] row, int input) {
    double share = 0;
    for (int set = 0; set < 1 << INPUTS; set++) {
      if (((set >> input) & 1) == 0) {
        int size = Integer.bitCount(set);
        double weight = factorial(size) * factorial(INPUTS - size - 1) / factorial(INPUTS);
        share += weight * (known(trees, row, set | (1 << input)) - known(trees, row, set));
      }
    }
    return share;
  }

  private static double factorial(int n) {
    return n < 2 ? 1 : n * factorial(n - 1);
  }

  /** The mean of the trees where only the inputs in {@code set} are known. */
  private static double known(Trees trees, double[] row, int set) {
    double sum = 0;
    for (int root : trees.roots()) {
      sum += known(trees, root, row, set);
    }
    return sum;
  }

  private static double known(Trees trees, int at, double[] row, int set) {
    if (at < 0) {
      return trees.values()[-1 - at];
    }
    double value = row[trees.columns()[at]];
    int left = trees.left()[at];
    int right = trees.right()[at];
    if (((set >> trees.columns()[at]) & 1) == 1) {
      boolean goesLeft =
          Double.isNaN(value) ? trees.missingLeft()[at] == 1 : value <= trees.thresholds()[at];
      return known(trees, goesLeft ? left : right, row, set);
    }
    double leftRows = rows(trees, left);
    double rightRows = rows(trees, right);
    return (leftRows * known(trees, left, row, set) + rightRows * known(trees, right, row, set))
        / (leftRows + rightRows);
  }

  private static double rows(Trees trees, int at) {
    return at < 0
        ? trees.rows()[-1 - at]
        : rows(trees, trees.left()[at]) + rows(trees, trees.right()[at]);
  }

  /** Trees of {@code leaves} leaves each, split at random places. */
  private static Trees random(SplittableRandom random, int count, int leaves) {
    int nodes = count * (leaves - 1);
    int all = count * leaves;
    int[] roots = new int[count];
    int[] left = new int[nodes];
    int[] right = new int[nodes];
    for (int t = 0; t < count; t++) {
      int first = t * (leaves - 1);
      roots[t] = first;
      List<int[]> open = new ArrayList<>();
      for (int n = 0; n < leaves - 1; n++) {
        if (n > 0) {
          int[] place = open.remove(random.nextInt(open.size()));
          (place[1] == 0 ? left : right)[place[0]] = first + n;
        }
        open.add(new int[] {first + n, 0});
        open.add(new int[] {first + n, 1});
      }
      int leaf = t * leaves;
      for (int[] place : open) {
        (place[1] == 0 ? left : right)[place[0]] = -1 - leaf++;
      }
    }
    return new Trees(
        roots,
        random.ints(nodes, 0, INPUTS).toArray(),
        random.doubles(nodes).toArray(),
        left,
        right,
        random.ints(nodes, 0, 2).toArray(),
        random.doubles(all, -1, 1).toArray(),
        random.ints(all, 1, 50).toArray());
  }

  @Test
  void whatIsNoTreeIsRefused() {
    int[] none = {};
    int[] one = {0};
    double[] number = {0.5};
    // a circle
    refused(one, new int[] {0}, new int[] {-1}, new double[] {1}, new int[] {1});
    // a leaf in two places
    refused(one, new int[] {-1}, new int[] {-1}, new double[] {1}, new int[] {1});
    // a leaf that is not there, and one that hangs nowhere
    refused(one, new int[] {-1}, new int[] {-3}, new double[] {1, 2}, new int[] {1, 1});
    refused(one, new int[] {-1}, new int[] {-2}, new double[] {1, 2, 3}, new int[] {1, 1, 1});
    refused(none, new int[] {-1}, new int[] {-2}, new double[] {1, 2}, new int[] {1, 1});
    refused(
        one, new int[] {-1}, new int[] {Integer.MIN_VALUE}, new double[] {1, 2}, new int[] {1, 1});
    refused(one, new int[] {-1}, new int[] {-2}, new double[] {1, Double.NaN}, new int[] {1, 1});
    refused(one, new int[] {-1}, new int[] {-2}, new double[] {1, 2}, new int[] {0, 1});
    assertThatThrownBy(() -> new Trees(one, one, number, one, one, none, number, one))
        .hasMessageContaining("differ in length");
  }

  private static void refused(int[] roots, int[] left, int[] right, double[] values, int[] rows) {
    assertThatThrownBy(
            () ->
                new Trees(
                    roots,
                    new int[] {0},
                    new double[] {1},
                    left,
                    right,
                    new int[] {1},
                    values,
                    rows))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
