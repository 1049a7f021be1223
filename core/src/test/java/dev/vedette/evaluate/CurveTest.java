package dev.vedette.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.evaluate.Curve.Point;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CurveTest {
  private static final double[] SCORES = {4, 3, 3, 2, 1};
  private static final boolean[] LABELS = {true, true, false, false, true};
  private static final double NOTHING = Double.POSITIVE_INFINITY;

  @Test
  void rocByHand() {
    assertThat(Curve.roc(SCORES, LABELS, 100).points())
        .containsExactly(
            new Point(0, 0, NOTHING),
            new Point(0, 1 / 3.0, 4),
            new Point(0.5, 2 / 3.0, 3),
            new Point(1, 2 / 3.0, 2),
            new Point(1, 1, 1));
  }

  @Test
  void precisionRecallByHand() {
    assertThat(Curve.precisionRecall(SCORES, LABELS, 100).points())
        .containsExactly(
            new Point(0, 1, NOTHING),
            new Point(1 / 3.0, 1, 4),
            new Point(2 / 3.0, 2 / 3.0, 3),
            new Point(2 / 3.0, 0.5, 2),
            new Point(1, 0.6, 1));
  }

  @Test
  void pointsOnALineAreLeftOut() {
    double[] scores = {5, 4, 3, 2, 1};
    boolean[] labels = {true, true, true, false, false};
    assertThat(Curve.roc(scores, labels, 100).points())
        .containsExactly(new Point(0, 0, NOTHING), new Point(0, 1, 3), new Point(1, 1, 1));
  }

  @Test
  void thinningKeepsTheShape() {
    var random = new SplittableRandom(41);
    int n = 20_000;
    double[] scores = new double[n];
    boolean[] labels = new boolean[n];
    for (int i = 0; i < n; i++) {
      labels[i] = i % 20 == 0;
      scores[i] = random.nextGaussian() + (labels[i] ? 1.5 : 0);
    }
    Curve full = Curve.roc(scores, labels, Integer.MAX_VALUE);
    Curve thin = Curve.roc(scores, labels, 200);
    assertThat(thin.points()).hasSize(200);
    assertThat(full.points()).containsAll(thin.points());
    assertThat(area(full)).isCloseTo(Evaluate.rocAuc(scores, labels), within(1e-9));
    assertThat(area(thin)).isCloseTo(area(full), within(0.002));
    assertThat(thin.points().getFirst()).isEqualTo(full.points().getFirst());
    assertThat(thin.points().getLast()).isEqualTo(full.points().getLast());
    assertThat(Curve.precisionRecall(scores, labels, 300).points()).hasSize(300);
    assertThat(Curve.roc(scores, labels, 2).points()).hasSize(2);
  }

  private static double area(Curve curve) {
    double area = 0;
    List<Point> points = curve.points();
    for (int i = 1; i < points.size(); i++) {
      Point a = points.get(i - 1);
      Point b = points.get(i);
      assertThat(b.x()).isGreaterThanOrEqualTo(a.x());
      assertThat(b.score()).isLessThan(a.score());
      area += (b.x() - a.x()) * (a.y() + b.y()) / 2;
    }
    return area;
  }

  @Test
  void fewerThanTwoPointsAreNoCurve() {
    assertThatThrownBy(() -> Curve.roc(SCORES, LABELS, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("most must be from 2");
  }
}
