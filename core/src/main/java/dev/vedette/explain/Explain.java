package dev.vedette.explain;

import dev.vedette.Attribution;
import dev.vedette.RowModel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Explains the scores of a row model: {@code Explain.of(model).row(row).top(3)}.
 *
 * @param columns the names to call the columns by
 */
public record Explain(RowModel model, List<String> columns) {
  public Explain {
    columns = List.copyOf(columns);
  }

  /** Explanations of {@code model}, with columns called c0, c1, ... */
  public static Explain of(RowModel model) {
    return new Explain(model, IntStream.range(0, model.columns()).mapToObj(j -> "c" + j).toList());
  }

  /** The same with the names of the columns. */
  public Explain named(List<String> names) {
    return new Explain(model, names);
  }

  /** Why {@code row} has its score. */
  public Explanation row(double[] row) {
    Attribution attribution = model.attribute(row);
    List<Input> inputs = new ArrayList<>();
    for (int j = 0; j < row.length; j++) {
      inputs.add(
          Input.of(
              columns.get(j), row[j], attribution.normal()[j], attribution.contributions()[j]));
    }
    return Explanation.of(attribution.score(), attribution.base(), inputs);
  }
}
