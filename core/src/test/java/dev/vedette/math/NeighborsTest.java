package dev.vedette.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vedette.DataException;
import dev.vedette.data.Matrix;
import dev.vedette.math.Neighbors.Query;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The tree and the scan against a sorted list of all distances. */
class NeighborsTest {
  /** A point at a squared distance, ordered as a search must find them. */
  private record Found(float squared, int point) {
    static final Comparator<Found> ORDER =
        Comparator.comparingDouble(Found::squared).thenComparingInt(Found::point);
  }

  private static List<Found> naive(
      Neighbors points, double[] row, int k, int excluded, boolean distinct) {
    double[] center = points.center();
    List<Found> found = new ArrayList<>();
    for (int i = 0; i < points.points(); i++) {
      float squared = 0;
      for (int j = 0; j < center.length; j++) {
        float d = Neighbors.single(row[j] - center[j]) - points.offsets(i)[j];
        squared = Math.fma(d, d, squared);
      }
      if (i != excluded && !(distinct && squared == 0)) {
        found.add(new Found(squared, i));
      }
    }
    found.sort(Found.ORDER);
    return found.subList(0, Math.min(k, found.size()));
  }

  private static List<Found> found(Query answered) {
    return IntStream.range(0, answered.nearest().size())
        .mapToObj(r -> new Found(answered.nearest().squared(r), answered.nearest().index(r)))
        .toList();
  }

  private static Matrix random(
      int rows, int columns, long seed, ToDoubleFunction<SplittableRandom> value) {
    var random = new SplittableRandom(seed);
    return Matrix.fill(
        IntStream.range(0, columns).mapToObj(j -> "c" + j).toList(),
        rows,
        (i, into) -> {
          for (int j = 0; j < columns; j++) {
            into[j] = value.applyAsDouble(random);
          }
        });
  }

  /**
   * Asks tree and scan for the neighbours of some rows and of some points that are no rows, several
   * at a time.
   */
  private static void check(Matrix matrix, Matrix strangers) {
    double[] center = Quantiles.medians(matrix, 4096);
    Neighbors scan = Scan.of(matrix, center);
    Neighbors tree = KdTree.of(matrix, center);
    int n = matrix.rows();
    int step = Math.max(1, n / 8);
    for (int k : new int[] {1, 7, Math.min(n, 60), n}) {
      if (k > n || (k == n && n > 300)) {
        continue;
      }
      for (boolean distinct : new boolean[] {false, true}) {
        for (Neighbors points : List.of(scan, tree)) {
          List<Query> queries = new ArrayList<>();
          List<List<Found>> expected = new ArrayList<>();
          for (int i = 0; i < n; i += step) {
            int excluded = i % 3 == 0 ? -1 : i;
            ask(points, matrix.row(i), k, excluded, distinct, queries, expected);
          }
          for (int i = 0; i < strangers.rows(); i++) {
            ask(points, strangers.row(i), k, -1, distinct, queries, expected);
          }
          points.search(queries.toArray(Query[]::new));
          for (int q = 0; q < queries.size(); q++) {
            assertThat(found(queries.get(q)))
                .as("%s, n %s, k %s, query %s", points.getClass().getSimpleName(), n, k, q)
                .isEqualTo(expected.get(q));
          }
        }
      }
    }
  }

  private static void ask(
      Neighbors points,
      double[] row,
      int k,
      int excluded,
      boolean distinct,
      List<Query> queries,
      List<List<Found>> expected) {
    Query query = new Query(points, k).around(row).exclude(excluded);
    queries.add(distinct ? query.distinct() : query);
    expected.add(naive(points, row, k, excluded, distinct));
  }

  @Test
  void findsTheNearestAroundEverySizeOfLeavesAndTiles() {
    int leaf = KdTree.LEAF;
    int tile = Scan.TILE;
    for (int n :
        new int[] {
          1,
          2,
          3,
          leaf - 1,
          leaf,
          leaf + 1,
          2 * leaf,
          2 * leaf + 1,
          4 * leaf + 1,
          97,
          193,
          tile - 1,
          tile,
          tile + 1,
          2 * tile + 1
        }) {
      for (int columns : new int[] {1, 3, 8}) {
        check(
            random(n, columns, n + columns, SplittableRandom::nextGaussian),
            random(5, columns, 1, r -> 3 * r.nextGaussian()));
      }
    }
  }

  @Test
  void tiesGoToTheLowerIndex() {
    for (int columns : new int[] {1, 2, 4}) {
      check(
          random(400, columns, columns, r -> r.nextInt(3)),
          random(5, columns, 2, r -> r.nextInt(3)));
    }
    check(random(100, 2, 3, r -> 7), random(2, 2, 4, r -> r.nextInt(9)));
  }

  @Test
  void clustersAndConstantColumns() {
    check(
        random(700, 3, 5, r -> 1e4 * r.nextInt(4) + 1e-3 * r.nextGaussian()),
        random(5, 3, 6, r -> 1e4 * r.nextDouble()));
    Matrix gaussian = random(600, 4, 7, SplittableRandom::nextGaussian);
    Matrix constant =
        Matrix.fill(
            gaussian.names(),
            600,
            (i, into) -> {
              gaussian.copyRow(i, into);
              into[1] = 42;
              into[3] = -1e9;
            });
    check(constant, random(5, 4, 8, r -> 40 * r.nextGaussian()));
  }

  @Test
  void anyOffsetAndScale() {
    for (double scale : new double[] {1e-30, 3e-23, 1e-22, 1e-21, 1e-10, 1e9, 1e15}) {
      check(
          random(300, 9, 9, r -> scale * r.nextGaussian()),
          random(5, 9, 10, r -> 2 * scale * r.nextGaussian()));
    }
    for (double offset : new double[] {1e3, 1e6, 1e9, -1e9}) {
      check(
          random(300, 3, 11, r -> offset + r.nextGaussian()),
          random(5, 3, 12, r -> offset + 2 * r.nextGaussian()));
    }
  }

  @Test
  void anOffsetDoesNotBlurTheDistances() {
    // In single precision 1e9 and 1e9 + 1 are one number, but not around their median.
    Matrix far = random(600, 2, 13, r -> 1e9 + r.nextInt(100));
    Neighbors neighbors = Neighbors.of(far);
    for (int i = 0; i < 10; i++) {
      Query query = new Query(neighbors, 600).around(far.row(i));
      neighbors.search(new Query[] {query});
      for (int rank = 0; rank < 600; rank++) {
        int other = query.nearest().index(rank);
        double dx = far.get(i, 0) - far.get(other, 0);
        double dy = far.get(i, 1) - far.get(other, 1);
        assertThat((double) query.nearest().squared(rank)).isEqualTo(dx * dx + dy * dy);
      }
    }
  }

  @Test
  void strangersFromVeryFarStillFindTheNearest() {
    Matrix wide = random(700, 400, 14, SplittableRandom::nextGaussian);
    Neighbors neighbors = Neighbors.of(wide);
    double[] far = new double[400];
    Arrays.fill(far, -1e200);
    Query query = new Query(neighbors, 3).around(far);
    neighbors.search(new Query[] {query});
    assertThat(query.nearest().size()).isEqualTo(3);
    assertThat(query.nearest().squared(2)).isFinite();
  }

  @Test
  void aQueryCanBeUsedAgain() {
    Matrix line = Matrix.of(new double[][] {{0}, {1}, {10}});
    Neighbors neighbors = Neighbors.of(line);
    Query query = new Query(neighbors, 2);
    neighbors.search(new Query[] {query.around(new double[] {9})});
    assertThat(found(query)).containsExactly(new Found(1, 2), new Found(64, 1));
    neighbors.search(new Query[] {query.around(new double[] {0}).exclude(0)});
    assertThat(found(query)).containsExactly(new Found(1, 1), new Found(100, 2));
    neighbors.search(new Query[] {query.around(new double[] {0}).exclude(-1).distinct()});
    assertThat(found(query)).containsExactly(new Found(1, 1), new Found(100, 2));
    neighbors.search(new Query[] {query.around(new double[] {0}).exclude(1)});
    assertThat(found(query)).containsExactly(new Found(100, 2));
    assertThat(query.nearest().limit()).isInfinite();
  }

  @Test
  void theValuesOfAPointAreKept() {
    Matrix matrix = random(600, 2, 15, r -> r.nextInt(1000));
    for (Neighbors points : List.of(Neighbors.of(matrix), Scan.of(matrix, new double[2]))) {
      for (int i = 0; i < 600; i += 37) {
        assertThat(points.center()[1] + points.offsets(i)[1]).isEqualTo(matrix.get(i, 1));
      }
    }
    assertThat(Neighbors.of(matrix)).isInstanceOf(KdTree.class);
    assertThat(Neighbors.of(random(511, 2, 16, r -> 0))).isInstanceOf(Scan.class);
    assertThat(Neighbors.of(random(512, 21, 16, r -> 0))).isInstanceOf(Scan.class);
  }

  @Test
  void whatCannotBeMeasuredIsRefused() {
    assertThatThrownBy(
            () ->
                Neighbors.of(
                    Matrix.of(List.of("a", "b"), new double[][] {{0, 1}, {0, 2}, {0, 1e300}})))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "row 2, column 'b' is 1.0E300, too far from the rest to measure distances; scale it first");
    Neighbors three = Neighbors.of(Matrix.of(new double[][] {{0}, {1}, {2}}));
    assertThatThrownBy(() -> new Query(three, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("k must be from 1 to 3, is 4");
  }
}
