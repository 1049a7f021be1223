package dev.vedette.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

class SubsequenceJoinTest {
  /** A walk with flat stretches, a spike a million times its steps, and a far-away level. */
  private static double[] walk(long seed, int points, boolean awkward) {
    var random = new SplittableRandom(seed);
    double[] series = new double[points];
    double value = awkward ? 1e6 : 0;
    for (int i = 0; i < points; i++) {
      value += awkward && i % 200 > 120 && i % 200 < 190 ? 0 : random.nextGaussian();
      series[i] = value;
    }
    if (awkward) {
      series[points / 3] += 1e6;
    }
    return series;
  }

  private static double correlation(double[] a, int i, double[] b, int j, int length) {
    double[] x = normalised(a, i, length);
    double[] y = normalised(b, j, length);
    double sum = 0;
    double of = 0;
    for (int t = 0; t < length; t++) {
      sum += x[t] * y[t];
      of += Math.abs(x[t]) + Math.abs(y[t]);
    }
    boolean bothConstant = of == 0;
    boolean oneConstant =
        Arrays.stream(x).allMatch(v -> v == 0) || Arrays.stream(y).allMatch(v -> v == 0);
    return bothConstant ? 1 : oneConstant ? 0.5 : sum;
  }

  private static double[] normalised(double[] series, int from, int length) {
    double[] x = Arrays.copyOfRange(series, from, from + length);
    if (Arrays.stream(x).allMatch(v -> v == x[0])) {
      return new double[length];
    }
    double mean = Arrays.stream(x).sum() / length;
    double squares = 0;
    for (int t = 0; t < length; t++) {
      x[t] -= mean;
      squares += x[t] * x[t];
    }
    double norm = Math.sqrt(squares);
    return Arrays.stream(x).map(v -> v / norm).toArray();
  }

  private static double[] byHand(double[] a, double[] b, int length, int exclusion) {
    double[] best = new double[a.length - length + 1];
    Arrays.fill(best, Double.NEGATIVE_INFINITY);
    for (int i = 0; i < best.length; i++) {
      for (int j = 0; j + length <= b.length; j++) {
        if (Math.abs(i - j) > exclusion) {
          best[i] = Math.max(best[i], correlation(a, i, b, j, length));
        }
      }
    }
    return best;
  }

  @Test
  void findsWhatComparingAllPairsFinds() {
    for (int length : new int[] {2, 7, 30}) {
      for (boolean awkward : new boolean[] {false, true}) {
        double[] series = walk(length, 700, awkward);
        double precision = awkward ? 1e-5 : 1e-9; // the spike is moved closer
        var all = Subsequences.of(series, length);
        NearestSubsequences nearest = SubsequenceJoin.self(all, length / 2);
        double[] expected = byHand(series, series, length, length / 2);
        assertThat(nearest.correlation())
            .as("length %s, awkward %s", length, awkward)
            .usingComparatorWithPrecision(precision)
            .containsExactly(expected);
        for (int i = 0; i < expected.length; i++) {
          assertThat(Math.abs(i - nearest.index()[i])).isGreaterThan(length / 2);
          assertThat(correlation(series, i, series, nearest.index()[i], length))
              .isCloseTo(expected[i], within(precision));
        }
      }
    }
  }

  @Test
  void joinsTwoSeriesOfAnyLengths() {
    int[][] sizes = {{20, 900}, {900, 20}, {300, 301}, {19, 19}, {600, 21}};
    for (int[] size : sizes) {
      double[] query = walk(1, size[0], false);
      double[] history = walk(2, size[1], size[1] > 500);
      NearestSubsequences nearest =
          SubsequenceJoin.of(Subsequences.of(query, 19), Subsequences.of(history, 19));
      assertThat(nearest.correlation())
          .usingComparatorWithPrecision(1e-5)
          .containsExactly(byHand(query, history, 19, -1));
    }
  }

  @Test
  void scalarAndTwinGiveTheSameBits() {
    for (int points : new int[] {12, 257, 300, 1000, 9001}) {
      for (boolean awkward : new boolean[] {false, true}) {
        var all = Subsequences.of(walk(points, points, awkward), 11);
        NearestSubsequences twin = SubsequenceJoin.self(new VectorKernels(), all, 5);
        NearestSubsequences scalar = SubsequenceJoin.self(new ScalarKernels(), all, 5);
        assertThat(twin.correlation()).containsExactly(scalar.correlation());
        assertThat(twin.index()).containsExactly(scalar.index());
      }
    }
  }

  @Test
  void anyNumberOfThreadsGivesTheSameBits() {
    var all = Subsequences.of(walk(3, 6000, true), 40);
    NearestSubsequences one = in(1, all);
    NearestSubsequences four = in(4, all);
    assertThat(one.correlation()).containsExactly(four.correlation());
    assertThat(one.index()).containsExactly(four.index());
  }

  private static NearestSubsequences in(int threads, Subsequences all) {
    try (var pool = new ForkJoinPool(threads)) {
      return pool.submit(() -> SubsequenceJoin.self(all, 20)).join();
    }
  }

  @Test
  void ofEquallySimilarOnesTheEarliestIsTaken() {
    double[] series = new double[600];
    Arrays.setAll(series, i -> new double[] {0, 1, 4, 2, 8, 5, 7}[i % 7]);
    int[] index = SubsequenceJoin.self(Subsequences.of(series, 14), 7).index();
    for (int i = 14; i < index.length; i++) {
      assertThat(index[i] % 7).isEqualTo(i % 7);
    }
  }

  @Test
  void tooShortASeriesHasNoSubsequences() {
    assertThatThrownBy(() -> Subsequences.of(new double[5], 6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the length of a subsequence must be from 2 to 5, is 6");
    NearestSubsequences none = SubsequenceJoin.self(Subsequences.of(walk(1, 8, false), 6), 3);
    assertThat(none.index()).containsExactly(-1, -1, -1);
  }

  /** Values of stumpy 1.14.1 with STUMPY_EXCL_ZONE_DENOM = 2; subsequence 20 is constant. */
  @Test
  void agreesWithStumpy() {
    double[] series = new double[40];
    Arrays.setAll(series, i -> i >= 20 && i < 28 ? 4 : i * i * 7 % 23 + i % 5 * 3);
    NearestSubsequences self = SubsequenceJoin.self(Subsequences.of(series, 8), 4);
    assertThat(distances(self, 8))
        .usingComparatorWithPrecision(1e-9)
        .containsExactly(
            1.593591017,
            1.6787678194,
            1.9471289376,
            0.9387123775,
            0.9655604963,
            1.0136419894,
            1.2449914688,
            1.1094777045,
            0.9354268017,
            0.9655604963,
            1.0136419894,
            1.2449914688,
            1.1094777045,
            0.9354268017,
            1.8904142227,
            2.593803139,
            2.5496857398,
            3.0574028754,
            2.4637507838,
            2.2683678973,
            2.8284271247,
            2.3197991985,
            2.7525816998,
            2.9274733306,
            3.0670592571,
            1.593591017,
            1.6787678194,
            1.9471289376,
            2.4637507838,
            2.2683678973,
            2.5488740118,
            2.2023558082,
            2.1819957129);
    double[] query = new double[20];
    Arrays.setAll(query, i -> i * 5 % 17 + i % 3);
    NearestSubsequences joined =
        SubsequenceJoin.of(Subsequences.of(query, 8), Subsequences.of(series, 8));
    assertThat(distances(joined, 8))
        .usingComparatorWithPrecision(1e-9)
        .containsExactly(
            1.4195530189,
            1.8741529968,
            2.5460547722,
            2.4100166499,
            2.5372225248,
            2.514080993,
            2.008621175,
            1.6354876299,
            2.3131910685,
            2.6179775419,
            2.470348691,
            2.3131910685,
            2.6179775419);
    assertThat(joined.index()).containsExactly(1, 2, 18, 32, 28, 29, 30, 1, 2, 18, 6, 2, 18);
  }

  private static double[] distances(NearestSubsequences nearest, int length) {
    return Arrays.stream(nearest.correlation())
        .map(correlation -> Math.sqrt(2 * length * (1 - correlation)))
        .toArray();
  }
}
