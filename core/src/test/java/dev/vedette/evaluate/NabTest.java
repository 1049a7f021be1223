package dev.vedette.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.DataException;
import dev.vedette.evaluate.Nab.Profile;
import dev.vedette.evaluate.Nab.Scores;
import dev.vedette.evaluate.Nab.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Expected numbers are worked out by hand from σ(y) = 2 / (1 + e^{5y}) − 1 of the paper. */
class NabTest {
  private static final Window WINDOW = new Window(40, 49);

  private static Scores flags(int... points) {
    double[] scores = new double[100];
    for (int point : points) {
      scores[point] = 1;
    }
    return new Scores(scores, List.of(WINDOW));
  }

  private static double raw(Profile profile, int... points) {
    return Nab.at(List.of(flags(points)), profile, 1).raw();
  }

  @Test
  void nothingFlaggedIsZeroAndTheLeftEdgeIsAHundred() {
    assertThat(Nab.at(List.of(flags()), Profile.STANDARD, 1).score()).isZero();
    assertThat(Nab.at(List.of(flags(40)), Profile.STANDARD, 1).score()).isEqualTo(100);
    assertThat(Nab.at(List.of(flags(40)), Profile.REWARD_LOW_FN, 1).score()).isEqualTo(100);
  }

  @Test
  void aLaterFlagIsWorthLessAndOnlyTheEarliestCounts() {
    // σ(-0.5) / σ(-1) = 0.8482836 / 0.9866143 at the sixth of ten points, σ(-0.1) / σ(-1) at the
    // last
    assertThat(raw(Profile.STANDARD, 45)).isCloseTo(0.8597925, within(1e-6));
    assertThat(raw(Profile.STANDARD, 49)).isCloseTo(0.2449187 / 0.9866143, within(1e-6));
    assertThat(raw(Profile.STANDARD, 45, 46, 49)).isCloseTo(0.8597925, within(1e-6));
  }

  @Test
  void aFalseAlarmCostsLessShortlyAfterAWindow() {
    assertThat(raw(Profile.STANDARD, 40, 39)).isCloseTo(0.89, within(1e-12));
    assertThat(raw(Profile.REWARD_LOW_FP, 40, 39)).isCloseTo(0.78, within(1e-12));
    // 3 of 9 steps past: σ(1/3) = -0.6822618
    assertThat(raw(Profile.STANDARD, 40, 52)).isCloseTo(1 - 0.11 * 0.6822618, within(1e-6));
    assertThat(raw(Profile.STANDARD, 40, 76)).isCloseTo(0.89, within(1e-12));
  }

  @Test
  void aMissCostsWhatTheProfileSays() {
    assertThat(raw(Profile.STANDARD)).isEqualTo(-1);
    assertThat(raw(Profile.REWARD_LOW_FN)).isEqualTo(-2);
  }

  @Test
  void probationIsFifteenPercent() {
    assertThat(raw(Profile.STANDARD, 0, 14, 40)).isEqualTo(1);
    assertThat(raw(Profile.STANDARD, 15, 40)).isCloseTo(0.89, within(1e-12));
  }

  @Test
  void probationIsAtMost750Points() {
    double[] scores = new double[10_000];
    scores[749] = 1;
    scores[750] = 1;
    var nab =
        Nab.at(List.of(new Scores(scores, List.of(new Window(900, 999)))), Profile.STANDARD, 1);
    assertThat(nab.falseAlarms()).isEqualTo(1);
  }

  @Test
  void oneThresholdServesAllSeries() {
    double[] first = new double[100];
    first[40] = 3;
    first[20] = 2;
    double[] second = new double[100];
    second[45] = 1.5;
    var series = List.of(new Scores(first, List.of(WINDOW)), new Scores(second, List.of(WINDOW)));

    Nab nab = Nab.best(series, Profile.STANDARD);

    // The hit at 1.5 is worth more than the false alarm at 2 costs.
    assertThat(nab.threshold()).isEqualTo(1.5);
    assertThat(nab.raw()).isCloseTo(1 - 0.11 + 0.8597925, within(1e-6));
    assertThat(nab.series()[0]).isCloseTo(0.89, within(1e-9));
    assertThat(nab.found()).isEqualTo(2);
    assertThat(nab.falseAlarms()).isEqualTo(1);
  }

  @Test
  void equalScoresAreFlaggedTogether() {
    double[] scores = new double[100];
    java.util.Arrays.fill(scores, 7);
    Nab nab = Nab.best(List.of(new Scores(scores, List.of(WINDOW))), Profile.STANDARD);
    assertThat(nab.score()).isZero();
    assertThat(nab.threshold()).isInfinite();
  }

  @Test
  void refusesWhatHasNoMeaning() {
    assertThatThrownBy(() -> new Scores(new double[10], List.of(new Window(8, 10))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("window 8 to 10");
    assertThatThrownBy(() -> new Scores(new double[] {0, Double.NaN}, List.of()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("point 1 is NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Nab.best(List.of(new Scores(new double[9], List.of())), Profile.STANDARD))
        .withMessageContaining("no series has a window");
  }
}
