package dev.vedette.server.azure;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a batch detection.
 *
 * @param dataSource where the data are, a URI
 * @param startTime milliseconds since 1970-01-01T00:00Z; the first point judged
 * @param endTime the last
 * @param topContributorCount how many variables explain an anomaly at most
 */
public record DetectionInfo(
    String dataSource, long startTime, long endTime, int topContributorCount) {
  private static final int CONTRIBUTORS = 10;

  /** The data source for people: without the query of a web address, which may be a secret. */
  public String shownSource() {
    return DataSource.shown(dataSource);
  }

  /**
   * Reads the fields of a request; unknown ones are passed over.
   *
   * @throws AzureException for the first thing that is wrong
   */
  public static DetectionInfo parse(Map<String, ? extends @Nullable Object> given) {
    var fields = new Fields(given);
    String source = fields.source();
    long start = fields.time("startTime", "RequiredStartTime");
    long end = fields.time("endTime", "RequiredEndTime");
    Fields.checkSpan(start, end);
    return new DetectionInfo(source, start, end, contributors(given));
  }

  /** How many variables explain an anomaly at most, where {@code given} says so; 10 otherwise. */
  public static int contributors(Map<String, ? extends @Nullable Object> given) {
    return new Fields(given)
        .whole("topContributorCount", CONTRIBUTORS, "InvalidRequestParameterError", 1, 301);
  }
}
