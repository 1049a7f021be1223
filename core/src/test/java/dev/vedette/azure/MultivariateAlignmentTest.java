package dev.vedette.azure;

import static dev.vedette.azure.MultivariateAlignment.Fill.FIXED;
import static dev.vedette.azure.MultivariateAlignment.Fill.LINEAR;
import static dev.vedette.azure.MultivariateAlignment.Fill.NOT_FILL;
import static dev.vedette.azure.MultivariateAlignment.Fill.PREVIOUS;
import static dev.vedette.azure.MultivariateAlignment.Fill.SUBSEQUENT;
import static dev.vedette.azure.MultivariateAlignment.Fill.ZERO;
import static dev.vedette.azure.MultivariateAlignment.Mode.INNER;
import static dev.vedette.azure.MultivariateAlignment.Mode.OUTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vedette.azure.MultivariateAlignment.Fill;
import dev.vedette.azure.MultivariateAlignment.Mode;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MultivariateAlignmentTest {
  private static final double NAN = Double.NaN;

  /** Points at 10, 20, 30, 60 and at 20, 30, 40, 50, of which the one at 30 is missing. */
  private static final List<MultivariateVariable> TWO =
      List.of(
          new MultivariateVariable("a", new long[] {10, 20, 30, 60}, new double[] {1, 2, 3, 6}),
          new MultivariateVariable("b", new long[] {20, 30, 40, 50}, new double[] {5, NAN, 9, 7}));

  private static MultivariateData align(Mode mode, Fill fill) {
    return new MultivariateAlignment(mode, fill, -1).align(TWO, 0, 100, 0);
  }

  private static void assertValues(Mode mode, Fill fill, double[] a, double[] b) {
    MultivariateData data = align(mode, fill);
    assertThat(data.series().values(0)).as("a, %s %s", mode, fill).containsExactly(a);
    assertThat(data.series().values(1)).as("b, %s %s", mode, fill).containsExactly(b);
  }

  @Test
  void outerKeepsAllTimesAndFills() {
    assertThat(align(OUTER, LINEAR).series().times()).containsExactly(10, 20, 30, 40, 50, 60);
    assertValues(OUTER, LINEAR, new double[] {1, 2, 3, 4, 5, 6}, new double[] {5, 5, 7, 9, 7, 7});
    assertValues(OUTER, PREVIOUS, new double[] {1, 2, 3, 3, 3, 6}, new double[] {5, 5, 5, 9, 7, 7});
    assertValues(
        OUTER, SUBSEQUENT, new double[] {1, 2, 3, 6, 6, 6}, new double[] {5, 5, 9, 9, 7, 7});
    assertValues(OUTER, ZERO, new double[] {1, 2, 3, 0, 0, 6}, new double[] {0, 5, 0, 9, 7, 0});
    assertValues(
        OUTER, FIXED, new double[] {1, 2, 3, -1, -1, 6}, new double[] {-1, 5, -1, 9, 7, -1});
  }

  @Test
  void innerKeepsCommonTimes() {
    assertThat(align(INNER, ZERO).series().times()).containsExactly(20, 30);
    assertValues(INNER, ZERO, new double[] {2, 3}, new double[] {5, 0});
    assertValues(INNER, NOT_FILL, new double[] {2}, new double[] {5});
  }

  @Test
  void statesSayWhatWasFilled() {
    assertThat(align(OUTER, LINEAR).states())
        .containsExactly(
            new MultivariateState("a", 2 / 6.0, 4, 10, 60),
            new MultivariateState("b", 3 / 6.0, 3, 20, 50));
  }

  /** What lies before the start is kept as history, as far as wanted, but not counted. */
  @Test
  void historyIsKept() {
    MultivariateData data = new MultivariateAlignment().align(TWO, 30, 50, 1);
    assertThat(data.series().times()).containsExactly(20, 30, 40, 50);
    assertThat(data.first()).isEqualTo(1);
    assertThat(data.states())
        .containsExactly(
            new MultivariateState("a", 2 / 3.0, 1, 30, 30),
            new MultivariateState("b", 1 / 3.0, 2, 40, 50));
  }

  @Test
  void timesOutOfOrderAreSorted() {
    var mixed = new MultivariateVariable("a", new long[] {30, 10, 20}, new double[] {3, 1, 2});
    MultivariateData data = new MultivariateAlignment().align(List.of(mixed), 0, 100, 0);
    assertThat(data.series().values(0)).containsExactly(1, 2, 3);
  }

  private static void assertRefused(String code, Runnable what) {
    assertThatThrownBy(what::run)
        .isInstanceOfSatisfying(
            MultivariateException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void whatCannotBeAlignedIsRefused() {
    var alignment = new MultivariateAlignment();
    assertRefused("NoVariablesFound", () -> alignment.align(List.of(), 0, 100, 0));
    assertRefused(
        "DuplicatedVariables",
        () -> alignment.align(List.of(TWO.getFirst(), TWO.getFirst()), 0, 100, 0));
    assertRefused("NoData", () -> alignment.align(TWO, 70, 100, 0));
    var twice = new MultivariateVariable("a", new long[] {10, 10}, new double[] {1, 2});
    assertRefused("MergeDataFailed", () -> alignment.align(List.of(twice), 0, 100, 0));
    assertRefused("InvalidFillNAMethod", () -> new MultivariateAlignment(OUTER, NOT_FILL, 0));
    assertRefused("RequiredPaddingValue", () -> new MultivariateAlignment(OUTER, FIXED, NAN));
    assertRefused(
        "VariableParseError",
        () -> new MultivariateVariable("a", new long[] {1, 2}, new double[] {1}));
  }

  /** Times of their own of a hundred variables would be all those of each. */
  @Test
  void whatWouldTakeTooMuchRoomIsToldBefore() {
    var apart =
        IntStream.range(0, 300)
            .mapToObj(
                v ->
                    new MultivariateVariable(
                        "v" + v,
                        LongStream.range(0, 3_000).map(i -> 1_000 * i + v).toArray(),
                        new double[3_000]))
            .toList();
    assertThatThrownBy(() -> new MultivariateAlignment().align(apart, 0, Long.MAX_VALUE, 0, 2_880))
        .isInstanceOfSatisfying(
            MultivariateException.class, e -> assertThat(e.code()).isEqualTo("DataExceedsLimit"))
        .hasMessageContaining("exceeds limit(2880)");
    // In common they have none; points before the start do not count.
    var inner = new MultivariateAlignment(INNER, LINEAR, 0);
    assertRefused("NoData", () -> inner.align(apart, 0, Long.MAX_VALUE, 0, 2_880));
    MultivariateData kept = new MultivariateAlignment().align(TWO, 40, 100, 1, 3);
    assertThat(kept.series().times()).containsExactly(30, 40, 50, 60);
    assertRefused("DataExceedsLimit", () -> new MultivariateAlignment().align(TWO, 40, 100, 1, 2));
  }
}
