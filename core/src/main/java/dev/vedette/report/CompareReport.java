package dev.vedette.report;

import dev.vedette.Require;
import dev.vedette.data.Table;
import java.util.List;

/**
 * Models that learned from the same rows and were judged by the same others. Immutable: the lists
 * given are copied. {@link CompareHtml} draws it.
 *
 * @param source what was judged by, and when the report was made
 * @param judged the rows judged by
 * @param models the best first
 * @param background notices and origin; the rest is not shown
 */
public record CompareReport(
    Report.Source source, Judged judged, List<Model> models, Report.Background background) {
  public CompareReport {
    models = List.copyOf(models);
    for (Model model : models) {
      Require.that(
          model.detection().scores().size() == judged.table().rows(),
          "every model must score every row");
    }
  }

  /**
   * The rows judged by.
   *
   * @param table with labels
   * @param numbers of its rows, as the reader counts rows
   */
  public record Judged(Table table, List<Integer> numbers) {
    public Judged {
      numbers = List.copyOf(numbers);
      Require.that(table.labels().isPresent(), "rows judged by have labels");
      Require.that(table.rows() == numbers.size(), "there must be one number per row");
    }
  }

  /**
   * One model.
   *
   * @param name what it is called in the report, different from those of the others
   * @param detection its threshold and scores, with labels
   * @param quality with ROC curve, confusion and metrics
   * @param costs what it costs, in the order to be read
   */
  public record Model(
      String name, Report.Detection detection, Report.Quality quality, List<Report.Metric> costs) {
    public Model {
      costs = List.copyOf(costs);
      Require.that(detection.scores().labels() != null, "a model compared has labels");
      Require.that(quality.roc() != null, "a model compared has a ROC curve");
    }
  }
}
