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
    if (rows instanceof LabelledDetector learner) {
      boolean[] labels = table.labels().orElseThrow(learner::noLabels);
      Encoding encoding = encoder.fit(table, rows.acceptsMissing());
      return new TableModel(this, encoding, learner.fit(encoding.encode(table), labels));
    }
    Encoding encoding = encoder.fit(table, rows.acceptsMissing());
    Matrix matrix = encoding.encode(table);
    return new TableModel(this, encoding, rows.fit(matrix));
  }
}
