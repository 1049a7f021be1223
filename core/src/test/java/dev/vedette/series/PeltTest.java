package dev.vedette.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.DataException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class PeltTest {
  private static final int GOLDEN = 240;

  /** Evenly distributed from −½ to ½, and the same in any language. */
  private static double[] golden(IntToDoubleFunction level, IntToDoubleFunction spread) {
    double[] values = new double[GOLDEN];
    for (int i = 0; i < GOLDEN; i++) {
      double noise = (7919L * i * i + 104_729L * i) % 1009 / 1009.0 - 0.5;
      values[i] = level.applyAsDouble(i) + spread.applyAsDouble(i) * noise;
    }
    return values;
  }

  /**
   * ruptures 1.1.10: {@code Pelt(model="l2", min_size=5, jump=1).fit(x).predict(pen)}, the same as
   * its {@code Dynp} with as many cuts.
   */
  @Test
  void meansAreCutAsByRuptures() {
    double[] values = golden(i -> i < 60 ? 0 : i < 100 ? 1 : i < 170 ? 0.6 : 2, i -> 1);
    var cost = SegmentCost.Mean.of(values);
    assertThat(Partition.cuts(cost, 1, 5)).containsExactly(60, 100, 170);
    assertThat(Partition.cuts(cost, 3, 5)).containsExactly(60, 100, 170);
    int[] many = {8, 18, 41, 51, 60, 66, 71, 84, 100, 110, 115, 130, 140, 163, 170, 177, 196, 229};
    assertThat(Partition.cuts(cost, 0.2, 5)).containsExactly(many);
    assertThat(total(cost, many)).isCloseTo(16.91672443260565, within(1e-9));
  }

  /** As above with {@code model="normal"}. */
  @Test
  void meansAndVariancesAreCutAsByRuptures() {
    double[] values = golden(i -> 0, i -> i >= 60 && i < 130 ? 3 : 1);
    var cost = new SegmentCost.MeanVariance(SegmentCost.Mean.of(values), 1e-6);
    assertThat(Partition.cuts(cost, 12, 5)).containsExactly(60, 130);
    int[] many = {8, 18, 41, 51, 60, 110, 115, 130, 140, 163, 173, 196, 229};
    assertThat(Partition.cuts(cost, 5, 5)).containsExactly(many);
    // Up to the constant of one per value, and 1e-6 that ruptures adds to a variance.
    assertThat(total(cost, many) - GOLDEN).isCloseTo(-498.7620405905849, within(0.05));
  }

  /** As above with {@code model="linear"} on the columns value, index, 1. */
  @Test
  void linesAreCutAsByRuptures() {
    double[] values =
        golden(
            i -> i < 90 ? 0.02 * i : i < 160 ? 1.8 - 0.03 * (i - 90) : -0.3 + 0.05 * (i - 160),
            i -> 1);
    double[] axis = new double[GOLDEN];
    Arrays.setAll(axis, i -> i);
    var cost = SegmentCost.Slope.of(values, axis);
    assertThat(Partition.cuts(cost, 5, 5)).containsExactly(84, 163);
    assertThat(Partition.cuts(cost, 1.5, 5)).containsExactly(84, 163);
    assertThat(total(cost, 84, 163)).isCloseTo(21.41773629618161, within(1e-9));
    int[] many = {18, 41, 66, 84, 110, 130, 163, 173, 229};
    assertThat(Partition.cuts(cost, 0.4, 5)).containsExactly(many);
    assertThat(total(cost, many)).isCloseTo(17.55124903302617, within(1e-9));
  }

  private static double total(SegmentCost cost, int... cuts) {
    double total = 0;
    for (int i = 0; i <= cuts.length; i++) {
      total += cost.of(i == 0 ? 0 : cuts[i - 1], i == cuts.length ? cost.count() : cuts[i]);
    }
    return total;
  }

  @Test
  void bothSearchesFindTheOptimum() {
    var random = new SplittableRandom(5);
    for (int round = 0; round < 100; round++) {
      double[] values = shifting(random, 20 + random.nextInt(200));
      int minimum = 2 + random.nextInt(8);
      double penalty = 1 + 20 * random.nextDouble();
      var mean = SegmentCost.Mean.of(values);
      int[] best = exhaustive(mean, penalty, minimum);
      assertThat(Partition.cuts(mean, penalty, minimum)).containsExactly(best);
      var spread = new SegmentCost.MeanVariance(mean, 0.01);
      assertThat(Partition.cuts(spread, penalty, minimum))
          .containsExactly(exhaustive(spread, penalty, minimum));
    }
  }

  private static double[] shifting(SplittableRandom random, int count) {
    double[] values = new double[count];
    double level = 0;
    for (int i = 0; i < count; i++) {
      level = random.nextInt(40) == 0 ? 3 * random.nextGaussian() : level;
      values[i] = level + random.nextGaussian();
    }
    return values;
  }

  private static int[] exhaustive(SegmentCost cost, double penalty, int minimum) {
    double[] best = new double[cost.count() + 1];
    int[][] cuts = new int[cost.count() + 1][];
    best[0] = -penalty;
    cuts[0] = new int[0];
    for (int to = minimum; to < best.length; to++) {
      best[to] = Double.POSITIVE_INFINITY;
      for (int from = 0; from <= to - minimum; from++) {
        int[] earlier = cuts[from];
        if (earlier != null && best[from] + penalty + cost.of(from, to) < best[to]) {
          best[to] = best[from] + penalty + cost.of(from, to);
          cuts[to] = from == 0 ? earlier : Arrays.copyOf(earlier, earlier.length + 1);
          if (from > 0) {
            cuts[to][earlier.length] = from;
          }
        }
      }
    }
    return cuts[cost.count()];
  }

  private static double[] noise(long seed, int count) {
    var random = new SplittableRandom(seed);
    return random.doubles(count).map(u -> random.nextGaussian()).toArray();
  }

  @Test
  void shiftsAreFoundWhereTheyAre() {
    double[] values = noise(1, 1000);
    for (int i = 0; i < values.length; i++) {
      values[i] = 50 + 10 * (values[i] + (i >= 300 ? 4 : 0) - (i >= 700 ? 6 : 0));
    }
    List<ChangePoint> changes = new Pelt().find(values);
    assertThat(changes).hasSize(2);
    assertThat(changes.get(0).index()).isBetween(298, 302);
    assertThat(changes.get(1).index()).isBetween(698, 702);
    assertThat(changes).allSatisfy(c -> assertThat(c.confidence()).isBetween(0.99, 1.0));
    assertThat(changes.get(0).before()).isCloseTo(50, within(3.0));
    assertThat(changes.get(0).after()).isCloseTo(90, within(3.0));
    assertThat(changes.get(1).after()).isCloseTo(30, within(3.0));
  }

  @Test
  void bendsAreFoundAsSlopes() {
    double[] values = noise(2, 600);
    for (int i = 0; i < values.length; i++) {
      values[i] += i < 400 ? 0.1 * i : 40 - 0.2 * (i - 400);
    }
    List<ChangePoint> changes = new Pelt().cost(Pelt.Cost.SLOPE).find(values);
    assertThat(changes).hasSize(1);
    assertThat(changes.getFirst().index()).isBetween(385, 415);
    assertThat(changes.getFirst().before()).isCloseTo(0.1, within(0.01));
    assertThat(changes.getFirst().after()).isCloseTo(-0.2, within(0.01));
  }

  @Test
  void aLargerSpreadIsFoundWithMeanVarianceOnly() {
    double[] values = noise(3, 600);
    for (int i = 350; i < values.length; i++) {
      values[i] *= 4;
    }
    int[] changes = new Pelt().cost(Pelt.Cost.MEAN_VARIANCE).changePoints(values);
    assertThat(changes).hasSize(1);
    assertThat(changes[0]).isBetween(345, 355);
  }

  @Test
  void beyondTheGridCutsLieWhereTheyBelong() {
    double[] values = noise(4, 10_000);
    for (int i = 4321; i < values.length; i++) {
      values[i] += 20;
    }
    for (Pelt.Cost cost : Pelt.Cost.values()) {
      assertThat(new Pelt().cost(cost).changePoints(values)).as("%s", cost).containsExactly(4321);
    }
  }

  @Test
  void missingValuesAndSpikesAreNoChanges() {
    double[] values = noise(5, 500);
    for (int i = 0; i < values.length; i++) {
      values[i] += i >= 250 ? 6 : 0;
      values[i] = i % 7 == 3 ? Double.NaN : i % 50 == 20 ? 100 : values[i];
    }
    int[] changes = new Pelt().changePoints(values);
    assertThat(changes).hasSize(1);
    assertThat(changes[0]).isBetween(248, 252);
  }

  @Test
  void whatOnlyWandersIsRarelyCut() {
    int cut = 0;
    for (int seed = 0; seed < 100; seed++) {
      double[] values = noise(100 + seed, 500);
      for (int i = 1; i < values.length; i++) {
        values[i] += 0.5 * values[i - 1];
      }
      cut += new Pelt().changePoints(values).length > 0 ? 1 : 0;
    }
    assertThat(cut).isLessThan(10);
  }

  @Test
  void nothingInNothing() {
    assertThat(new Pelt().changePoints(new double[0])).isEmpty();
    assertThat(new Pelt().changePoints(new double[9])).isEmpty();
    for (Pelt.Cost cost : Pelt.Cost.values()) {
      assertThat(new Pelt().cost(cost).changePoints(new double[1000])).isEmpty();
      double[] missing = new double[1000];
      Arrays.fill(missing, Double.NaN);
      assertThat(new Pelt().cost(cost).changePoints(missing)).isEmpty();
    }
  }

  @Test
  void aStepWithoutNoiseIsFoundExactly() {
    double[] values = new double[300];
    Arrays.fill(values, 120, 300, 5);
    for (Pelt.Cost cost : Pelt.Cost.values()) {
      assertThat(new Pelt().cost(cost).changePoints(values)).as("%s", cost).containsExactly(120);
    }
  }

  @Test
  void damageIsNamed() {
    double[] values = new double[20];
    values[7] = Double.POSITIVE_INFINITY;
    assertThatThrownBy(() -> new Pelt().changePoints(values))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("value 7 is Infinity");
    assertThatThrownBy(() -> new Pelt().penalty(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("penalty must be from 0.1 to 1000");
  }
}
