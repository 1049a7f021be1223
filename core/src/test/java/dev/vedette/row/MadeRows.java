package dev.vedette.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vedette.data.Matrix;
import java.util.Arrays;
import org.assertj.core.data.Offset;

/**
 * Rows out of a linear congruential generator, that other programs can make again. In Python:
 *
 * <pre>{@code
 * def u(): global s; s = (s * 1103515245 + 12345) % 2**31; return s / 2.0**31
 * }</pre>
 */
final class MadeRows {
  private long state;

  private MadeRows(long seed) {
    state = seed;
  }

  private double next() {
    state = (state * 1103515245L + 12345L) % 2147483648L;
    return state / 2147483648.0;
  }

  /**
   * Rows × 3 columns that vary together; every twentieth is shifted in one column.
   *
   * <pre>{@code
   * a = u() + u() + u(); b = u(); c = u(); row = [10*a, 20 - 4*a + b, 100*c*c]
   * if i % 20 == 19: row[i // 20 % 3] += 25
   * }</pre>
   */
  static Matrix shifted(int count, long seed) {
    var made = new MadeRows(seed);
    double[][] rows = new double[count][];
    for (int i = 0; i < count; i++) {
      double a = made.next() + made.next() + made.next();
      double b = made.next();
      double c = made.next();
      rows[i] = new double[] {10 * a, 20 - 4 * a + b, 100 * c * c};
      if (i % 20 == 19) {
        rows[i][i / 20 % 3] += 25;
      }
    }
    return Matrix.of(rows);
  }

  /**
   * Rows × 2 columns in three groups far from each other.
   *
   * <pre>{@code
   * a = u() + u() - 1; b = u() + u() - 1; row = [10*(i % 3) + a, 7*(i % 3 == 1) + a + b/2]
   * }</pre>
   */
  static double[][] groups(int count, long seed) {
    var made = new MadeRows(seed);
    double[][] rows = new double[count][];
    for (int i = 0; i < count; i++) {
      double a = made.next() + made.next() - 1;
      double b = made.next() + made.next() - 1;
      rows[i] = new double[] {10 * (i % 3) + a, (i % 3 == 1 ? 7 : 0) + a + b / 2};
    }
    return rows;
  }

  /** {@code groups(6, 4)}, of which the last three are off in the second column by 1.5. */
  static Matrix freshGroups() {
    double[][] rows = groups(6, 4);
    for (int i = 3; i < 6; i++) {
      rows[i][1] += 1.5;
    }
    return Matrix.of(rows);
  }

  /** The rows of {@code matrix} whose scores are compared: two usual ones and the shifted ones. */
  static double[] picked(double[] scores) {
    return Arrays.stream(new int[] {0, 1, 19, 39, 59}).mapToDouble(i -> scores[i]).toArray();
  }

  static void assertClose(double[] actual, double relative, double... expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      double tolerance = relative * Math.max(1, Math.abs(expected[i]));
      assertThat(actual[i]).as("score %s", i).isCloseTo(expected[i], Offset.offset(tolerance));
    }
  }
}
