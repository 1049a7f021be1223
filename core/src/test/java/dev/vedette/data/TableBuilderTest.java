package dev.vedette.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vedette.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TableBuilderTest {
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              new Schema.Field("amount", Kind.NUMBER),
              new Schema.Field("chip", Kind.FLAG),
              new Schema.Field("country", Kind.CATEGORY),
              new Schema.Field("at", Kind.TIME)));

  private static void same(Table left, Table right) {
    assertThat(left.schema()).isEqualTo(right.schema());
    assertThat(left.rows()).isEqualTo(right.rows());
    for (int j = 0; j < left.columns().size(); j++) {
      Column one = left.columns().get(j);
      Column other = right.columns().get(j);
      assertThat(IntStream.range(0, left.rows()).mapToObj(one::text))
          .containsExactlyElementsOf(
              IntStream.range(0, left.rows()).mapToObj(other::text).toList());
    }
  }

  @Test
  void valuesAreReadAsInAFile(@TempDir Path folder) throws IOException {
    String[][] rows = {
      {"12.5", "yes", "DE", "2026-01-31T23:59:00Z"},
      {" -0 ", "0", "12", "1700000000"},
      {"NA", "", "null", "-"},
      {"1e3", "true", "de", "31.01.2026"}
    };
    var text = new StringBuilder("amount,chip,country,at\n");
    var builder = new TableBuilder(SCHEMA);
    for (String[] row : rows) {
      text.append(String.join(",", row)).append('\n');
      for (int column = 0; column < row.length; column++) {
        builder.text(column, row[column]);
      }
      builder.endRow();
    }
    assertThat(builder.rows()).isEqualTo(4);
    Path file = Files.writeString(folder.resolve("rows.csv"), text);
    try (TableFile source = TableFile.open(file)) {
      same(builder.build(), source.read(SCHEMA));
    }
  }

  @Test
  void numbersColumnByColumn() {
    var builder = new TableBuilder(SCHEMA);
    for (double amount : new double[] {1.5, Double.NaN}) {
      builder.number(0, amount);
    }
    builder.number(1, 1);
    builder.missing(1);
    builder.number(2, 12);
    builder.number(2, 1.5);
    builder.number(3, 1_700_000_000);
    builder.number(3, 1_700_000_000_000.0);
    Table table = builder.build();
    assertThat(table.columns())
        .extracting(column -> column.text(0) + "|" + column.text(1))
        .containsExactly("1.5|", "1|", "12|1.5", "2023-11-14T22:13:20Z|2023-11-14T22:13:20Z");
  }

  @Test
  void whatIsWrongIsNamed() {
    var builder = new TableBuilder(SCHEMA);
    builder.endRow();
    assertThatThrownBy(() -> builder.text(0, "much"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "row 2, column 'amount': 'much' is not a number; correct it, or leave it empty where"
                + " it is not known");
    assertThatThrownBy(() -> builder.number(0, Double.POSITIVE_INFINITY))
        .hasMessageContaining("row 2, column 'amount': Infinity is not a finite number");
    assertThatThrownBy(() -> builder.number(3, 1e30)).hasMessageContaining("column 'at'");
    assertThatThrownBy(() -> builder.text(1, "perhaps")).hasMessageContaining("a flag such as");
    builder.number(0, 1);
    builder.number(0, 2);
    assertThatThrownBy(builder::endRow).hasMessageContaining("two values in one row");
    assertThatThrownBy(builder::build).hasMessageContaining("different lengths");
  }
}
