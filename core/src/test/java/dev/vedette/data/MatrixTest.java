package dev.vedette.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vedette.DataException;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatrixTest {
  private static final double NAN = Double.NaN;
  private final Matrix matrix =
      Matrix.of(List.of("a", "b"), new double[][] {{1, 2}, {3, NAN}, {5, 6}});

  @Test
  void holdsRowsAndColumns() {
    assertThat(matrix.rows()).isEqualTo(3);
    assertThat(matrix.columns()).isEqualTo(2);
    assertThat(matrix.get(2, 1)).isEqualTo(6);
    assertThat(matrix.row(1)).containsExactly(3, NAN);
    assertThat(matrix.column(0)).containsExactly(1, 3, 5);
    double[] into = new double[4];
    matrix.copyRows(1, 3, into);
    assertThat(into).containsExactly(3, NAN, 5, 6);
    assertThat(Matrix.of(new double[][] {{1, 2}}).names()).containsExactly("c0", "c1");
    assertThat(matrix).hasToString("Matrix[3 × 2]");
  }

  @Test
  void selectsRowsInTheGivenOrder() {
    Matrix selected = matrix.select(new int[] {2, 0, 2});
    assertThat(selected.column(1)).containsExactly(6, 2, 6);
    assertThat(selected.names()).containsExactly("a", "b");
    assertThat(matrix.select(new int[0]).rows()).isZero();
  }

  @Test
  void keepsNoViewAndGivesNone() {
    double[][] given = {{1}, {2}};
    Matrix copy = Matrix.of(given);
    given[0][0] = 9;
    copy.row(0)[0] = 8;
    copy.column(0)[0] = 7;
    assertThat(copy.get(0, 0)).isEqualTo(1);
  }

  @Test
  void theFillerStartsFromZerosInEveryRow() {
    Matrix filled =
        Matrix.fill(
            List.of("a", "b"),
            3,
            (i, into) -> {
              assertThat(into).containsExactly(0, 0);
              into[i % 2] = i + 1;
            });
    assertThat(filled.column(0)).containsExactly(1, 0, 3);
    assertThat(filled.column(1)).containsExactly(0, 2, 0);
  }

  @Test
  void namesThePlaceOfWhatItRefuses() {
    assertRefused(
        () -> Matrix.of(List.of("a", "b"), new double[][] {{1, 2}, {3}}),
        "row 1 has 1 values, expected 2");
    assertRefused(
        () -> Matrix.of(List.of("a", "b"), new double[][] {{1, 2}, {3, Double.NEGATIVE_INFINITY}}),
        "row 1, column 'b' is -Infinity; only finite numbers can be used");
    assertRefused(matrix::requireComplete, "row 1, column 'b' is NaN; impute or drop it first");
    assertRefused(
        () -> matrix.requireUsable(3, true), "the matrix has 2 columns, the model was fitted on 3");
    assertRefused(
        () -> matrix.requireUsable(2, false), "row 1, column 'b' is NaN; impute or drop it first");
    assertRefused(() -> matrix.requireRows(4), "3 rows given, at least 4 needed");
    assertRefused(
        () -> matrix.select(new int[] {1}).requireRows(2), "1 row given, at least 2 needed");
    assertRefused(
        () -> Matrix.fill(List.of("a", "b"), Integer.MAX_VALUE, (i, into) -> {}),
        "2147483647 rows × 2 columns do not fit in memory as one matrix; score in blocks or sample");
    matrix.requireUsable(2, true);
    matrix.requireRows(3);
    assertThatThrownBy(() -> Matrix.of(new double[0][]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a matrix needs at least one row to know its columns");
    assertThatThrownBy(() -> Matrix.fill(List.of(), 3, (i, into) -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a matrix needs at least one column");
  }

  private static void assertRefused(Runnable action, String message) {
    assertThatThrownBy(action::run).isInstanceOf(DataException.class).hasMessage(message);
  }
}
