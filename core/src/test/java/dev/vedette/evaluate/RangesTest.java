package dev.vedette.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.DataException;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Measures of stretches of anomalies in a series. */
class RangesTest {
  private static boolean[] flags(String text) {
    boolean[] flags = new boolean[text.length()];
    for (int i = 0; i < flags.length; i++) {
      flags[i] = text.charAt(i) == '1';
    }
    return flags;
  }

  private static boolean[] labels() {
    boolean[] labels = new boolean[60];
    Arrays.fill(labels, 10, 15, true);
    labels[30] = true;
    Arrays.fill(labels, 36, 42, true);
    Arrays.fill(labels, 58, 60, true);
    return labels;
  }

  private static double[] scores() {
    double[] scores = new double[60];
    Arrays.setAll(
        scores, i -> i * 37 % 61 / 61.0 + ((i >= 9 && i < 13) || (i >= 37 && i < 46) ? 0.5 : 0));
    return scores;
  }

  private static void assertVolume(double[] scores, int buffer, double roc, double pr) {
    var volume = VolumeUnderSurface.of(scores, labels(), buffer);
    assertThat(volume.roc()).isCloseTo(roc, within(1e-12));
    assertThat(volume.precisionRecall()).isCloseTo(pr, within(1e-12));
    assertThat(volume.buffer()).isEqualTo(buffer);
  }

  /** Values of RangeAUC_volume_opt of vus 0.0.6, which looks at all scores of so few points. */
  @Test
  void theVolumesAreThoseOfVus() {
    assertVolume(scores(), 0, 0.517080745341615, 0.3586683921060063);
    assertVolume(scores(), 1, 0.517080745341615, 0.3586683921060063);
    assertVolume(scores(), 4, 0.6762720282126294, 0.47061352388268884);
    assertVolume(scores(), 10, 0.8087543082134292, 0.6465547779994613);
    double[] tied = Arrays.stream(scores()).map(s -> Math.rint(s * 5)).toArray();
    assertVolume(tied, 0, 0.5064052795031055, 0.3420889837113241);
    assertVolume(tied, 4, 0.6574331003044525, 0.4277317509245724);
  }

  /** One labelled point of ten, no edges: the areas of the plain curves. */
  @Test
  void withoutEdgesASinglePointHasThePlainAreas() {
    boolean[] label = flags("0000100000");
    double[] scores = {0, 1, 2, 3, 7, 4, 9, 8, 5, 6};
    var volume = VolumeUnderSurface.of(scores, label, 0);
    assertThat(volume.roc()).isCloseTo(Evaluate.rocAuc(scores, label), within(1e-12));
    assertThat(volume.precisionRecall())
        .isCloseTo(Evaluate.averagePrecision(scores, label), within(1e-12));
  }

  /**
   * 5 points, the middle one labelled, an edge of 2: its neighbours count √½. A point of the edge
   * scores highest, then the middle: recall √½ / (1 + √½/2) with precision √½, then 1 with (1 +
   * √½)/2; the mean with the sharp labels, where it is ½.
   */
  @Test
  void anEdgeIsPartOfAnAnomaly() {
    double half = Math.sqrt(0.5);
    double first = half / (1 + half / 2);
    double second = Math.min(1, (1 + half) / (1 + half / 2));
    double blurred = first * half + (second - first) * (1 + half) / 2;
    double[] scores = {0, 5, 4, 2, 1};
    // Edges of width 1 reach no point, as half of 1 is cut off.
    assertThat(VolumeUnderSurface.of(scores, flags("00100"), 2).precisionRecall())
        .isCloseTo((0.5 + 0.5 + blurred) / 3, within(1e-12));
  }

  @Test
  void scoresOfAnyScaleAndNoneAtAllAreHandled() {
    double[] scaled = Arrays.stream(scores()).map(s -> 1e9 * s - 7).toArray();
    assertVolume(scaled, 4, 0.6762720282126294, 0.47061352388268884);
    assertThatThrownBy(() -> VolumeUnderSurface.of(new double[3], new boolean[3], 2))
        .isInstanceOf(DataException.class);
    assertThatThrownBy(() -> VolumeUnderSurface.of(new double[3], flags("010"), -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Values of range_recall_new of vus 0.0.6 with α = 0.2, and 0 for the precision. */
  @Test
  void rangeScoresAreThoseOfVus() {
    double[] scores = scores();
    boolean[] flags = new boolean[60];
    for (int i = 0; i < flags.length; i++) {
      flags[i] = scores[i] > 0.9;
    }
    RangeScore score = RangeScore.of(flags, labels(), 0.2, RangeScore.Bias.FLAT);
    assertThat(score.recall()).isCloseTo(0.17333333333333334, within(1e-12));
    assertThat(score.precision()).isCloseTo(0.2916666666666667, within(1e-12));
  }

  /**
   * By hand: of the stretch 2–5 the points 3 and 5 are flagged by two stretches. Flat: 2/4/2 = 1/4.
   * Front: weights 4 3 2 1, (3 + 1)/10/2 = 1/5. Back: (2 + 4)/10/2 = 3/10. Middle: 1 2 2 1, (2 +
   * 1)/6/2 = 1/4. The stretch 8–9 is missed. Precision: 1, 1/2 (5–6), 0 (11).
   */
  @Test
  void whereInAStretchTheFlagsAreCounts() {
    boolean[] labels = flags("001111001100");
    boolean[] flags = flags("000101100001");
    assertThat(RangeScore.of(flags, labels).recall()).isCloseTo(0.25 / 2, within(1e-12));
    assertThat(RangeScore.of(flags, labels).precision()).isCloseTo(1.5 / 3, within(1e-12));
    Map<RangeScore.Bias, Double> byBias =
        Map.of(
            RangeScore.Bias.FLAT, 0.25,
            RangeScore.Bias.FRONT, 0.2,
            RangeScore.Bias.MIDDLE, 0.25,
            RangeScore.Bias.BACK, 0.3);
    byBias.forEach(
        (bias, share) -> {
          assertThat(RangeScore.of(flags, labels, 0, bias).recall())
              .as("%s", bias)
              .isCloseTo(share / 2, within(1e-12));
          assertThat(RangeScore.of(flags, labels, 0.5, bias).recall())
              .isCloseTo((0.5 + 0.5 * share) / 2, within(1e-12));
        });
    assertThat(RangeScore.of(labels, labels).f1()).isEqualTo(1);
    assertThat(RangeScore.of(new boolean[12], labels).f1()).isZero();
    assertThatThrownBy(() -> RangeScore.of(flags, new boolean[12]))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("none of the 12 points is labelled");
  }

  /** Each of the flags was once weighed against the whole stretch anew: minutes. */
  @Test
  void manyFlagsInOneLongStretchAreNoTrouble() {
    boolean[] labels = new boolean[400_000];
    Arrays.fill(labels, true);
    boolean[] flags = new boolean[labels.length];
    for (int i = 0; i < flags.length; i += 2) {
      flags[i] = true;
    }
    RangeScore score = RangeScore.of(flags, labels);
    assertThat(score.recall()).isCloseTo(0.5 / 200_000, within(1e-15));
    assertThat(score.precision()).isEqualTo(1);
  }

  @Test
  void theDelayIsToTheFirstFlagInAStretch() {
    DetectionDelay delay = DetectionDelay.of(flags("010100100000011"), flags("001110110011001"));
    assertThat(delay.stretches()).isEqualTo(4);
    assertThat(delay.found()).isEqualTo(3);
    assertThat(delay.delays()).containsExactly(1, 0, 0);
    assertThat(delay.median()).isZero();
    assertThat(delay.mean()).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(DetectionDelay.of(flags("10"), flags("01")).median()).isNaN();
  }

  /** Kim et al. 2022: random flags look good after the adjustment; the chance says so. */
  @Test
  void pointAdjustmentMakesRandomFlagsLookGood() {
    var random = new SplittableRandom(1);
    boolean[] labels = new boolean[20_000];
    boolean[] flags = new boolean[labels.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 2000 < 200;
      flags[i] = random.nextDouble() < 0.02;
    }
    PointAdjusted adjusted = PointAdjusted.of(flags, labels);
    assertThat(adjusted.f1()).isGreaterThan(0.85);
    assertThat(adjusted.chance()).isCloseTo(adjusted.f1(), within(0.05));
    assertThat(RangeScore.of(flags, labels).f1()).isLessThan(0.05);
    PointAdjusted byHand = PointAdjusted.of(flags("0100001"), flags("0110100"));
    assertThat(byHand.recall()).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(byHand.precision()).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(PointAdjusted.WARNING).contains("random");
  }
}
