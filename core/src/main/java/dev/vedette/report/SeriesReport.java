package dev.vedette.report;

import dev.vedette.Decision;
import dev.vedette.Require;
import dev.vedette.report.Report.Fact;
import dev.vedette.report.Report.Timing;
import java.time.Instant;
import java.util.List;

/**
 * What was found in series, or how they go on, to be drawn by {@link SeriesHtml}. Lists are copied,
 * arrays are not.
 *
 * @param charts one per variable of a series
 * @param anomalies stretches that stand out, strongest first
 */
public record SeriesReport(
    Source source, List<Chart> charts, List<Anomaly> anomalies, Background background) {
  public SeriesReport {
    charts = List.copyOf(charts);
    anomalies = List.copyOf(anomalies);
  }

  /**
   * What was read, and what was made of it.
   *
   * @param title of the page
   * @param headline the finding in one sentence
   * @param facts under the title, at most four
   */
  public record Source(String title, String headline, List<Fact> facts, Instant made) {
    public Source {
      facts = List.copyOf(facts);
    }
  }

  /**
   * One variable over time.
   *
   * @param name what it is called
   * @param note what the reader should know about it; may be empty
   * @param times in milliseconds since 1970-01-01T00:00Z, ascending
   * @param values one per time; NaN is missing
   * @param band what was expected
   * @param marks which points are flagged, and which are known anomalies
   * @param panels curves on the same times, drawn below
   */
  public record Chart(
      String name,
      String note,
      long[] times,
      double[] values,
      Band band,
      Marks marks,
      List<Panel> panels) {
    public Chart {
      panels = List.copyOf(panels);
      Require.that(
          values.length == times.length && band.expected().length == times.length,
          "a chart needs a value and an expected value per time");
      for (Panel panel : panels) {
        Require.that(panel.values().length == times.length, "a panel needs a value per time");
      }
    }
  }

  /**
   * Which points are marked.
   *
   * @param flags one per time
   * @param labels one per time; empty where nothing is known
   */
  public record Marks(boolean[] flags, boolean[] labels) {}

  /**
   * What would be normal; NaN where that is not known.
   *
   * @param name what lies between its ends, such as "normal"
   * @param expected one per time
   * @param lower one per time, or empty where there is no band
   * @param upper one per time, or empty where there is no band
   */
  public record Band(String name, double[] expected, double[] lower, double[] upper) {
    public Band {
      Require.that(
          lower.length == upper.length && (lower.length == 0 || lower.length == expected.length),
          "a band needs both ends at each time, or none");
    }
  }

  /**
   * A further curve, such as the trend.
   *
   * @param values one per time; NaN is missing
   * @param dotted whether flagged points have a dot on it
   */
  public record Panel(String name, double[] values, boolean dotted) {
    /** A curve without dots. */
    public Panel(String name, double[] values) {
      this(name, values, false);
    }
  }

  /**
   * A stretch that stands out.
   *
   * @param chart the index of the chart it is in
   * @param from its first moment, in milliseconds
   * @param to its last moment
   * @param when its time in words
   * @param decision on the point that stands out most
   * @param why in plain words
   */
  public record Anomaly(
      int chart, long from, long to, String when, Decision decision, String why) {}

  /** What else a reader may want to know. */
  public record Background(List<String> notices, List<Timing> timings, List<Fact> origin) {
    public Background {
      notices = List.copyOf(notices);
      timings = List.copyOf(timings);
      origin = List.copyOf(origin);
    }
  }
}
