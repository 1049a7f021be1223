package dev.vedette.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vedette.DataException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  private static final double NAN = Double.NaN;
  private final Column.Numeric amount =
      Column.Numeric.numbers("amount", new double[] {1.5, NAN, 3});
  private final Column.Numeric known = Column.Numeric.flags("known", new double[] {1, 0, NAN});
  private final Column.Categorical city =
      new Column.Categorical("city", List.of("Rome", "Bonn"), new int[] {1, -1, 0});
  private final Column.Time at =
      new Column.Time("at", new long[] {0, Column.Time.MISSING, 86_400_000});
  private final Table table =
      Table.of(List.of(amount, known, city, at)).withLabels(new boolean[] {false, true, false});

  @Test
  void columnsHaveTextKindAndMissingValues() {
    assertThat(List.of(amount.text(0), amount.text(1), amount.text(2)))
        .containsExactly("1.5", "", "3");
    assertThat(List.of(known.text(0), known.text(1), known.text(2))).containsExactly("1", "0", "");
    assertThat(List.of(city.text(0), city.text(1), city.text(2)))
        .containsExactly("Bonn", "", "Rome");
    assertThat(List.of(at.text(0), at.text(1), at.text(2)))
        .containsExactly("1970-01-01T00:00:00Z", "", "1970-01-02T00:00:00Z");
    assertThat(table.columns())
        .extracting(column -> column.isMissing(1))
        .containsExactly(true, false, true, true);
    assertThat(table.schema().fields())
        .containsExactly(
            new Schema.Field("amount", Kind.NUMBER),
            new Schema.Field("known", Kind.FLAG),
            new Schema.Field("city", Kind.CATEGORY),
            new Schema.Field("at", Kind.TIME));
    assertThat(table).hasToString("Table[3 × 4, labelled]");
  }

  @Test
  void selectsRowsAndTheirLabels() {
    Table selected = table.select(new int[] {2, 1, 1});
    assertThat(selected.labels().orElseThrow()).containsExactly(false, true, true);
    for (int j = 0; j < 4; j++) {
      Column column = selected.columns().get(j);
      assertThat(column.name()).isEqualTo(table.columns().get(j).name());
      assertThat(column.kind()).isEqualTo(table.columns().get(j).kind());
      assertThat(column.text(0)).isEqualTo(table.columns().get(j).text(2));
      assertThat(column.text(2)).isEqualTo(table.columns().get(j).text(1));
    }
    assertThat(table.labelled(true).rows()).isEqualTo(1);
    assertThat(table.labelled(false).column("amount").orElseThrow().text(1)).isEqualTo("3");
  }

  @Test
  void keepsNoView() {
    double[] values = {1, 2};
    boolean[] labels = {true, false};
    Table numbers = Table.of(List.of(Column.Numeric.numbers("x", values))).withLabels(labels);
    values[0] = 9;
    labels[0] = false;
    numbers.labels().orElseThrow()[0] = false;
    assertThat(numbers.matrix().get(0, 0)).isEqualTo(1);
    assertThat(numbers.labels().orElseThrow()).containsExactly(true, false);
  }

  @Test
  void numbersAndFlagsAreAMatrix() {
    Matrix matrix = Table.of(List.of(amount, known)).matrix();
    assertThat(matrix.names()).containsExactly("amount", "known");
    assertThat(matrix.row(2)).containsExactly(3, NAN);
    assertThatThrownBy(table::matrix)
        .isInstanceOf(DataException.class)
        .hasMessage(
            "column 'city' is a category, not a number; encode the table first (TableDetector does)");
  }

  @Test
  void refusesWhatDoesNotFit() {
    Column two = Column.Numeric.numbers("two", new double[2]);
    assertRefused(() -> Table.of(List.of()), "a table needs at least one column");
    assertRefused(() -> Table.of(List.of(amount, amount)), "two columns are named 'amount'");
    assertRefused(() -> Table.of(List.of(amount, two)), "column 'two' has 2 rows, the first has 3");
    assertRefused(() -> table.withLabels(new boolean[4]), "4 labels for 3 rows");
    assertRefused(
        () -> Column.Numeric.flags("f", new double[] {2}), "a flag is 0, 1 or NaN, not 2.0");
    assertRefused(
        () -> new Column.Categorical("c", List.of("x"), new int[] {1}), "no level has the code 1");
    assertThatThrownBy(() -> Table.of(List.of(amount)).labelled(true))
        .isInstanceOf(DataException.class)
        .hasMessage("the table has no labels");
    assertThat(table.column("nothing")).isEmpty();
  }

  private static void assertRefused(Runnable action, String message) {
    assertThatThrownBy(action::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
