package dev.vedette;

import dev.vedette.data.Encoder;
import dev.vedette.data.Encoding;
import dev.vedette.data.Matrix;
import dev.vedette.data.Table;

/**
 * Any {@link RowDetector} on tables with numbers, flags, categories, times and missing values:
 * encode and scale, then detect.
 */
public record TableDetector(Encoder encoder, RowDetector rows) implements Detector<Table> {
  /** {@code rows} behind the default encoder. */
  public TableDetector(RowDetector rows) {
    this(new Encoder(), rows);
  }

  /** Fits; a {@link LabelledDetector} learns from the labels of the table, no other sees them. */
  @Override
  public TableModel fit(Table table) {
    Encoding encoding = encoder.fit(table, rows.acceptsMissing());
    Matrix matrix = encoding.encode(table);
    RowModel model =
        rows instanceof LabelledDetector learner
            ? learner.fit(matrix, table.labels().orElseThrow(learner::noLabels))
            : rows.fit(matrix);
    // Not always this one: auto leaves the detector it chose.
    return new TableModel(new TableDetector(encoder, model.detector()), encoding, model);
  }
}
