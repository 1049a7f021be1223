package dev.vedette.row;

import static dev.vedette.row.MadeRows.assertClose;
import static dev.vedette.row.MadeRows.picked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.data.Matrix;
import dev.vedette.row.Kde.Bandwidth;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Golden values are those of scikit-learn 1.9.1 (KernelDensity on the rows in robust units) and
 * SciPy 1.17.1, on rows that anyone can make again.
 */
class KdeTest {
  private static final Matrix TRAINING = MadeRows.shifted(60, 1);
  private static final Matrix FRESH = MadeRows.shifted(4, 2);

  @Test
  void densitiesAreScikitLearns() {
    assertClose(
        new Kde().bandwidth(Bandwidth.SCOTT).factor(1).fit(TRAINING).score(FRESH),
        1e-10,
        10.335486374885932,
        13.152810180655276,
        9.245279978398141,
        8.203284748897856);
    assertClose(
        new Kde().bandwidth(Bandwidth.SILVERMAN).factor(1).fit(TRAINING).score(FRESH),
        1e-10,
        10.325850922928055,
        13.30560675760619,
        9.219033766351938,
        8.151163960944551);
  }

  @Test
  void aTrainingRowDoesNotCountForItself() {
    var model = new Kde().bandwidth(Bandwidth.SCOTT).factor(1).fit(TRAINING);
    assertClose(
        picked(model.scoreTraining(TRAINING)),
        1e-10,
        11.024888977770718,
        8.673648558991765,
        32.42815449025577,
        137.32837122228565,
        10.561679894482147);
  }

  @Test
  void theLikeliestWidthIsFound() {
    var model = new Kde().bandwidth(Bandwidth.LIKELIHOOD).factor(1).fit(TRAINING);
    assertThat(model.width()).isCloseTo(1.0243583512471992, within(1e-4));
  }

  @Test
  void onePairByHand() {
    // Points at ±1 unit around the middle; the kernels are 2^(−1/5) wide.
    double unit = 1.482602218505602;
    Matrix rows = Matrix.of(new double[][] {{-unit}, {unit}});
    var model = new Kde().bandwidth(Bandwidth.SCOTT).factor(1).fit(rows);
    double width = Math.pow(2, -0.2);
    double unitOfPair = 1.482602218505602 * unit;
    double away = unit / unitOfPair;
    double expected =
        0.5 * Math.log(2 * Math.PI)
            + Math.log(width * unitOfPair)
            + away * away / (2 * width * width);
    assertThat(model.score(new double[] {0})).isCloseTo(expected, within(1e-12));
  }

  @Test
  void farRowsStayInOrder() {
    var model = new Kde().fit(TRAINING);
    double last = model.score(TRAINING.row(0));
    for (double far : new double[] {1e3, 1e6, 1e20, 1e100}) {
      double score = model.score(new double[] {far, far, far});
      assertThat(score).isFinite().isGreaterThan(last);
      last = score;
    }
  }

  @Test
  void onlySomePointsAreKept() {
    Matrix many = MadeRows.shifted(3000, 3);
    var model = new Kde().points(500).fit(many);
    assertThat(model.members()).hasSize(500).isSorted().doesNotHaveDuplicates();
    double[] own = model.scoreTraining(many);
    double[] plain = model.score(many);
    int member = model.members()[7];
    assertThat(own[member]).isGreaterThan(plain[member]);
    int other = 0;
    while (Arrays.binarySearch(model.members(), other) >= 0) {
      other++;
    }
    assertThat(own[other]).isEqualTo(plain[other]);
  }

  @Test
  void exponentialsAgreeWithTheLibrary() {
    double[] values = new double[2001];
    Arrays.setAll(values, i -> 5 + i * 0.05);
    double[] terms = values.clone();
    Exponentials.ofScaled(terms, 5, -1);
    for (int i = 0; i < values.length; i++) {
      double expected = Math.exp(5 - values[i]);
      assertThat(terms[i]).isCloseTo(expected, within(expected * 1e-12));
    }
    double[] far = {5, Exponentials.NEVER, Double.MAX_VALUE};
    Exponentials.ofScaled(far, 5, -1e11);
    assertThat(far[0]).isEqualTo(1);
    assertThat(far[1]).isLessThan(1e-300);
    assertThat(far[2]).isLessThan(1e-300);
    assertThat(Exponentials.least(new double[] {3, 2, 5, 1, 0.5})).isEqualTo(0.5);
    assertThat(Exponentials.sum(new double[] {3, 2, 5, 1, 0.5})).isEqualTo(11.5);
  }

  @Test
  void refusesByName() {
    assertThatThrownBy(() -> new Kde().points(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("points must be from 2 to 65536, is 1");
  }
}
