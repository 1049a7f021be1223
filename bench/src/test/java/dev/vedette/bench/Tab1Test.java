package dev.vedette.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.data.Matrix;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers were computed by an implementation of the same definition in Python with NumPy. */
final class Tab1Test {
  @Test
  void theStreamIsSplitMix64() {
    var stream = new SplittableRandom(42);
    assertThat(stream.nextLong()).isEqualTo(0xbdd732262feb6e95L);
    assertThat(stream.nextLong()).isEqualTo(0x28efe333b266f103L);
    assertThat(stream.nextLong()).isEqualTo(0x47526757130f9f52L);
  }

  @ParameterizedTest
  @CsvSource({
    "10, 2.624205303296762, -28596.3278293",
    "32, 3.263915264862482, -9419.4476827",
    "100, 2.9354985657967703, 263894.5229997"
  })
  void theNumbersAreThoseOfTheTwin(int columns, double first, double sum) {
    Matrix matrix = Tab1.of(10_000, columns).matrix();
    assertThat(matrix.rows()).isEqualTo(10_000);
    assertThat(matrix.columns()).isEqualTo(columns);
    assertThat(matrix.get(0, 0)).isCloseTo(first, within(1e-13));
    double total = 0;
    for (int i = 0; i < matrix.rows(); i++) {
      for (int j = 0; j < columns; j++) {
        total += matrix.get(i, j);
      }
    }
    assertThat(total).isCloseTo(sum, within(1e-6));
  }

  @Test
  void oneRowInAHundredDoesNotBelong() {
    boolean[] labels = Tab1.of(1000, 3).labels();
    for (int i = 0; i < labels.length; i++) {
      assertThat(labels[i]).as("row %d", i).isEqualTo(i % 100 == 50);
    }
  }

  @Test
  void moreRowsBeginLikeFewer() {
    Matrix few = Tab1.of(100, 5).matrix();
    Matrix more = Tab1.of(200, 5).matrix();
    for (int i = 0; i < few.rows(); i++) {
      assertThat(more.row(i)).containsExactly(few.row(i));
    }
  }
}
