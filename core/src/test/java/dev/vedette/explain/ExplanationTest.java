package dev.vedette.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.data.Column;
import dev.vedette.data.Matrix;
import dev.vedette.row.Iqr;
import dev.vedette.row.ZScore;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationTest {
  private static Input input(
      String column, String value, String normal, Direction direction, double contribution) {
    return new Input(column, value, normal, direction, contribution);
  }

  private static String text(Input input) {
    return new Reason(input, 0.625).toString();
  }

  @Test
  void aReasonIsOneClause() {
    assertThat(text(input("amount", "9812", "34", Direction.HIGH, 1)))
        .isEqualTo("amount 9812 is high, normal is about 34 (63 %)");
    assertThat(text(input("amount", "-3", "34", Direction.LOW, 1)))
        .isEqualTo("amount -3 is low, normal is about 34 (63 %)");
    assertThat(text(input("city", "Atlantis", "Rome", Direction.UNUSUAL, 1)))
        .isEqualTo("city Atlantis is unusual, normal is about Rome (63 %)");
    assertThat(text(input("city", "", "Rome", Direction.MISSING, 1)))
        .isEqualTo("city is missing, normal is about Rome (63 %)");
    assertThat(text(input("city", "Rome", "Rome", Direction.UNUSUAL, 1)))
        .isEqualTo("city Rome is unusual (63 %)");
    assertThat(text(input("amount", "3", "", Direction.UNUSUAL, 1)))
        .isEqualTo("amount 3 is unusual (63 %)");
    assertThat(text(input("path", "/etc/passwd; rm", "ü", Direction.UNUSUAL, 1)))
        .isEqualTo("path '/etc/passwd; rm' is unusual, normal is about 'ü' (63 %)");
  }

  @Test
  void sharesAreOfWhatPushesUp() {
    Explanation explanation =
        Explanation.of(
            5,
            1,
            List.of(
                input("a", "1", "0", Direction.HIGH, 1.25),
                input("b", "1", "0", Direction.HIGH, -1),
                input("c", "1", "0", Direction.HIGH, 3.75),
                input("d", "1", "0", Direction.HIGH, 0)));
    assertThat(explanation.reasons())
        .extracting(reason -> reason.input().column())
        .containsExactly("c", "a", "d", "b");
    assertThat(explanation.reasons())
        .extracting(Reason::share)
        .containsExactly(0.75, 0.25, 0.0, 0.0);
    assertThat(explanation.top(1))
        .extracting(reason -> reason.input().column())
        .containsExactly("c");
    assertThat(explanation.top(9)).hasSize(2);
    assertThat(explanation)
        .hasToString(
            "c 1 is high, normal is about 0 (75 %); a 1 is high, normal is about 0 (25 %)");
  }

  @Test
  void nothingPushesUp() {
    Explanation explanation =
        Explanation.of(0, 0, List.of(input("a", "1", "1", Direction.UNUSUAL, 0)));
    assertThat(explanation.top(3)).isEmpty();
    assertThat(explanation).hasToString("");
    assertThat(explanation.reasons()).hasSize(1);
  }

  @Test
  void equalContributionsKeepTheOrderOfTheColumns() {
    Matrix training = Matrix.of(new double[][] {{-1, -1, -1}, {1, 1, 1}});
    Explanation explanation =
        Explain.of(new ZScore().fit(training))
            .named(List.of("z", "a", "m"))
            .row(new double[] {2, -2, 2});
    assertThat(explanation.reasons())
        .extracting(reason -> reason.input().column())
        .containsExactly("z", "a", "m");
    assertThat(explanation.reasons())
        .extracting(reason -> reason.input().direction())
        .containsExactly(Direction.HIGH, Direction.LOW, Direction.HIGH);
    assertThat(explanation.reasons().stream().mapToDouble(Reason::share).sum())
        .isCloseTo(1, within(1e-12));
  }

  @Test
  void aRowIsExplainedByItsColumns() {
    // Quartiles 2 and 4 in both columns; 10 is 3 quartile ranges above.
    Matrix training = Matrix.of(new double[][] {{1, 1}, {2, 2}, {3, 3}, {4, 4}, {5, 5}});
    Explanation explanation = Explain.of(new Iqr().fit(training)).row(new double[] {3, 10});
    assertThat(explanation.score()).isEqualTo(3);
    assertThat(explanation.base()).isZero();
    assertThat(explanation).hasToString("c1 10 is high, normal is about 4 (100 %)");
  }

  @Test
  void aSmallDifferenceOfLargeNumbersIsNotRoundedAway() {
    // Rounded to four digits 100008 would be 100000, and 100006 would be called high.
    Column.Numeric column = Column.Numeric.numbers("x", new double[] {100_006});
    Input input = Input.of(column, "100008", 1);
    assertThat(input.direction()).isEqualTo(Direction.LOW);
    assertThat(text(input)).isEqualTo("x 100006 is low, normal is about 100008 (63 %)");
    assertThat(text(Input.of("x", 1e9 + 0.5, 1e9, 1)))
        .isEqualTo("x 1000000000.5 is high, normal is about 1000000000 (63 %)");
    assertThat(text(Input.of("x", 12.3456789, 1.23456789, 1)))
        .isEqualTo("x 12.3457 is high, normal is about 1.235 (63 %)");
    assertThat(text(Input.of("x", 1e300, 0, 1)))
        .isEqualTo("x 1.0E300 is high, normal is about 0 (63 %)");
    assertThat(text(Input.of("x", Double.MIN_VALUE, 0, 1))).contains("is high");
    assertThat(text(Input.of("x", Double.NaN, 3, 1)))
        .isEqualTo("x is missing, normal is about 3 (63 %)");
    assertThat(text(Input.of("x", 3, Double.NaN, 1))).isEqualTo("x 3 does not fit the rest (63 %)");
  }
}
