package dev.vedette.cli;

import dev.vedette.DataException;
import dev.vedette.Detectors;
import dev.vedette.LabelledDetector;
import dev.vedette.RowDetector;
import dev.vedette.TableDetector;
import dev.vedette.auto.Auto;
import dev.vedette.data.Encoder;
import dev.vedette.data.Table;
import dev.vedette.threshold.Rule;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of every command that fits a detector. */
final class FitMixin {
  /** All these options. */
  static final List<String> NAMES =
      List.of("--detector", "--threshold", "--scaling", "--categories");

  @Option(
      names = "--detector",
      paramLabel = "TEXT",
      defaultValue = "bagged-neighbor",
      description =
          "detector and its options, such as 'iforest trees=200'; auto chooses by the table;"
              + " default ${DEFAULT-VALUE}, of series auto-series")
  String detector = "";

  @Option(
      names = "--threshold",
      paramLabel = "RULE",
      defaultValue = "false-alarms=0.01",
      description =
          "what is flagged; default ${DEFAULT-VALUE}, of series stand-out. Others: quantile=0.99,"
              + " share=0.01,"
              + " 'budget per-day=50 rows-per-day=10000', best-f1, best-accuracy,"
              + " 'cost miss=100 alarm=1'")
  String threshold = "";

  @Option(
      names = "--scaling",
      paramLabel = "KIND",
      defaultValue = "central",
      description =
          "how columns are brought to one scale: central, standard or none; default central")
  Encoder.Scaling scaling = Encoder.Scaling.CENTRAL;

  @Option(
      names = "--categories",
      paramLabel = "KIND",
      defaultValue = "indicators",
      description = "what names become: indicators or rarity; default indicators")
  Encoder.Categories categories = Encoder.Categories.INDICATORS;

  /** The rows that --normal-only leaves. */
  static Table normal(Table table) {
    Table normal = table.labelled(false);
    if (normal.rows() == 0) {
      throw new DataException(
          "all %d rows to learn from are labelled anomalies; leave out --normal-only"
              .formatted(table.rows()));
    }
    return normal;
  }

  /**
   * The detector asked for.
   *
   * @param clean whether it is known to learn from normal rows only
   */
  TableDetector detector(boolean clean) {
    return new TableDetector(new Encoder(scaling, categories), parse(detector, clean));
  }

  /**
   * The detector in {@code text}.
   *
   * @param clean whether it is known to learn from normal rows only, which {@code auto} then takes
   *     into account unless it was told otherwise
   */
  static RowDetector parse(String text, boolean clean) {
    RowDetector rows = Detectors.standard().parse(text);
    if (clean && rows instanceof LabelledDetector) {
      throw new IllegalArgumentException(
          "--normal-only leaves no anomalies for %s to learn from; leave it out"
              .formatted(Detectors.standard().entry(rows).name()));
    }
    return clean && rows instanceof Auto auto && !text.contains(" regime=")
        ? auto.regime(Auto.Regime.CLEAN)
        : rows;
  }

  Rule rule() {
    return Rule.parse(threshold);
  }
}
