package dev.vedette;

import dev.vedette.data.Column;
import dev.vedette.data.Encoding;
import dev.vedette.data.Matrix;
import dev.vedette.data.Table;
import dev.vedette.explain.Explanation;
import dev.vedette.explain.Input;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A fitted {@link TableDetector}: scores tables and explains their rows in terms of their own
 * columns.
 */
public record TableModel(TableDetector detector, Encoding encoding, RowModel rows)
    implements Model<Table> {
  public TableModel {
    Require.that(
        encoding.names().size() == rows.columns(), "the encoding and the model differ in width");
  }

  /**
   * The scores of all rows of {@code table}, in parallel.
   *
   * @throws DataException naming a column that is missing or of another kind
   */
  @Override
  public double[] score(Table table) {
    return rows.score(encoding.encode(table));
  }

  /**
   * As {@link RowModel#scoreTraining}: {@code training} is exactly the table given to {@code fit}.
   */
  public double[] scoreTraining(Table training) {
    return rows.scoreTraining(encoding.encode(training));
  }

  /** Why row number {@code row} of {@code table} has its score. */
  public Explanation explain(Table table, int row) {
    Table one = table.select(new int[] {row});
    return explain(one, rows.attribute(encoding.encode(one).row(0)));
  }

  /**
   * Why rows of the training table have the scores that {@link #scoreTraining} gives them, in the
   * order {@code wanted}.
   */
  public List<Explanation> explainTraining(Table training, int[] wanted) {
    Matrix encoded = encoding.encode(training);
    return Arrays.stream(wanted)
        .mapToObj(
            row -> explain(training.select(new int[] {row}), rows.attributeTraining(encoded, row)))
        .toList();
  }

  private Explanation explain(Table one, Attribution attribution) {
    double[] contributions = encoding.perInput(attribution.contributions());
    List<Input> inputs = new ArrayList<>();
    for (int i = 0; i < encoding.inputs(); i++) {
      Column column = one.column(encoding.input(i)).orElseThrow();
      inputs.add(Input.of(column, encoding.text(i, attribution.normal()), contributions[i]));
    }
    return Explanation.of(attribution.score(), attribution.base(), inputs);
  }
}
