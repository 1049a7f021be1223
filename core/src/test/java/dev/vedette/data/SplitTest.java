package dev.vedette.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SplitTest {
  /** The values are the row numbers; the first {@code anomalies} rows are labelled. */
  private static Table numbered(int rows, int anomalies) {
    double[] values = IntStream.range(0, rows).mapToDouble(i -> i).toArray();
    Table table = Table.of(List.of(Column.Numeric.numbers("row", values)));
    boolean[] labels = new boolean[rows];
    Arrays.fill(labels, 0, anomalies, true);
    return anomalies > 0 ? table.withLabels(labels) : table;
  }

  private static double[] rows(Table table) {
    return table.matrix().column(0);
  }

  private static int anomalies(Table table) {
    boolean[] labels = table.labels().orElseThrow();
    return (int) IntStream.range(0, labels.length).filter(i -> labels[i]).count();
  }

  private static double[] together(Stream<Table> parts) {
    return parts.flatMapToDouble(part -> Arrays.stream(rows(part))).sorted().toArray();
  }

  @Test
  void everyRowIsInOneOfTheTwoParts() {
    for (int rows : new int[] {2, 3, 10, 101}) {
      for (double share : new double[] {0.01, 0.3, 0.5, 0.7, 0.99}) {
        Split split = numbered(rows, 0).split(share, rows);
        assertThat(together(Stream.of(split.train(), split.test())))
            .containsExactly(rows(numbered(rows, 0)));
        assertThat(split.train().rows()).isEqualTo((int) Math.round(rows * share));
        assertThat(rows(split.train())).isSorted();
        assertThat(rows(split.test())).isSorted();
      }
    }
  }

  @Test
  void everyClassIsCutInProportion() {
    Split split = numbered(200, 30).split(0.7, 5);
    assertThat(anomalies(split.train())).isEqualTo(21);
    assertThat(anomalies(split.test())).isEqualTo(9);
    assertThat(split.train().rows()).isEqualTo(21 + 119);
    for (Table part : List.of(split.train(), split.test())) {
      boolean[] labels = part.labels().orElseThrow();
      for (int i = 0; i < labels.length; i++) {
        assertThat(labels[i]).isEqualTo(rows(part)[i] < 30);
      }
    }
  }

  @Test
  void theSeedDecides() {
    Table table = numbered(50, 5);
    assertThat(rows(table.split(0.5, 1).train()))
        .containsExactly(rows(table.split(0.5, 1).train()));
    assertThat(rows(table.split(0.5, 1).train())).isNotEqualTo(rows(table.split(0.5, 2).train()));
    int[] seen = new int[50];
    for (int seed = 0; seed < 400; seed++) {
      for (double row : rows(numbered(50, 0).split(0.5, seed).train())) {
        seen[(int) row]++;
      }
    }
    assertThat(IntStream.of(seen)).allMatch(count -> count > 155 && count < 245); // 200 ± 4.5 σ
  }

  @Test
  void foldsPartitionTheRows() {
    for (int rows : new int[] {2, 5, 23, 100}) {
      for (int folds : new int[] {2, 3, 5, rows}) {
        if (folds > rows) {
          continue;
        }
        Table table = numbered(rows, rows / 5);
        List<Split> splits = Split.folds(table, folds, 7);
        assertThat(splits).hasSize(folds);
        assertThat(together(splits.stream().map(Split::test))).containsExactly(rows(table));
        for (Split split : splits) {
          assertThat(together(Stream.of(split.train(), split.test()))).containsExactly(rows(table));
          assertThat(split.test().rows()).isBetween(rows / folds, (rows + folds - 1) / folds);
        }
      }
    }
  }

  @Test
  void foldsHaveTheirShareOfEachClass() {
    List<Split> splits = Split.folds(numbered(103, 17), 5, 1);
    assertThat(splits).extracting(split -> anomalies(split.test())).allMatch(n -> n == 3 || n == 4);
    assertThat(splits)
        .extracting(split -> split.test().rows() - anomalies(split.test()))
        .allMatch(n -> n == 17 || n == 18);
    assertThat(rows(Split.folds(numbered(103, 17), 5, 1).get(2).test()))
        .containsExactly(rows(splits.get(2).test()));
  }

  @Test
  void refusesShapesThatAreNone() {
    for (double share : new double[] {0, 1, -0.1, 1.5, Double.NaN}) {
      assertThatThrownBy(() -> numbered(10, 0).split(share, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the training share must be between 0 and 1, is " + share);
    }
    assertThatThrownBy(() -> Split.folds(numbered(4, 0), 5, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("folds must be from 2 to 4, is 5");
    assertThatThrownBy(() -> Split.folds(numbered(4, 0), 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
