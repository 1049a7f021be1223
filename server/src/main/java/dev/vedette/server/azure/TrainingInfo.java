package dev.vedette.server.azure;

import dev.vedette.azure.MultivariateAlignment;
import dev.vedette.azure.MultivariateAlignment.Fill;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a multivariate model is to be made of.
 *
 * @param dataSource where its data are, a URI
 * @param layout how they lie there; null to see by what they are
 * @param startTime milliseconds since 1970-01-01T00:00Z; nothing before is learned from
 * @param endTime the last that is
 * @param displayName for people, at most 24 characters
 * @param slidingWindow points of history before a point is judged
 * @param alignment how variables are brought to common times
 */
public record TrainingInfo(
    String dataSource,
    @Nullable Layout layout,
    long startTime,
    long endTime,
    @Nullable String displayName,
    int slidingWindow,
    MultivariateAlignment alignment) {
  /** How variables lie in data. */
  public enum Layout {
    /** One CSV file with the columns timestamp and one a variable. */
    ONE_TABLE("OneTable"),
    /** One CSV file a variable, named after it, with the columns timestamp and value. */
    MULTI_TABLE("MultiTable");

    private final String text;

    Layout(String text) {
      this.text = text;
    }

    /** As the service writes it. */
    public String text() {
      return text;
    }
  }

  /** The data source for people: without the query of a web address, which may be a secret. */
  public String shownSource() {
    return DataSource.shown(dataSource);
  }

  /**
   * Reads the fields of a request; unknown ones are passed over.
   *
   * @throws AzureException for the first thing that is wrong
   */
  public static TrainingInfo parse(Map<String, ? extends @Nullable Object> given) {
    var fields = new Fields(given);
    String source = fields.source();
    long start = fields.time("startTime", "RequiredStartTime");
    long end = fields.time("endTime", "RequiredEndTime");
    Fields.checkSpan(start, end);
    return new TrainingInfo(
        source,
        fields.layout(),
        start,
        end,
        fields.displayName(),
        fields.whole("slidingWindow", 300, "InvalidSlidingWindow", 28, 2880),
        fields.alignment());
  }

  /** {@code fill} as the service writes it. */
  public static String text(Fill fill) {
    return switch (fill) {
      case PREVIOUS -> "Previous";
      case SUBSEQUENT -> "Subsequent";
      case LINEAR -> "Linear";
      case ZERO -> "Zero";
      case FIXED -> "Fixed";
      case NOT_FILL -> "NotFill";
    };
  }
}
