package dev.vedette.report;

import dev.vedette.Decision;
import dev.vedette.Require;
import dev.vedette.evaluate.Confusion;
import dev.vedette.explain.Reason;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one run over one file: what was flagged, why, how well, on which data. Immutable:
 * the lists and arrays given are copied. Nothing is computed here; {@link Html} only draws it.
 *
 * @param source what was read, and when the report was made
 * @param detection what scored it, the scores and the threshold
 * @param quality how the flags and scores compare with labels; {@link Quality#none()} without
 * @param anomalies the rows that stand out most, strongest first
 * @param background the columns, notices, timings and origin
 */
public record Report(
    Source source,
    Detection detection,
    Quality quality,
    List<Anomaly> anomalies,
    Background background) {
  public Report {
    anomalies = List.copyOf(anomalies);
  }

  /**
   * What was read.
   *
   * @param title the title of the page
   * @param file the name of the file, as the reader knows it
   * @param rows how many rows were scored
   * @param columns how many columns the file has
   * @param made when the report was made; shown in UTC
   */
  public record Source(String title, String file, long rows, int columns, Instant made) {
    public Source {
      Require.that(rows >= 0, "rows must be at least 0, is " + rows);
      Require.that(columns >= 0, "columns must be at least 0, is " + columns);
    }
  }

  /**
   * What scored the rows and which were flagged.
   *
   * @param detector the detector with its options, such as {@code iforest trees=200}
   * @param trainingRows how many rows it was fitted on
   * @param threshold where the flags start
   * @param scores the score of every row
   */
  public record Detection(String detector, long trainingRows, Cut threshold, Scores scores) {
    public Detection {
      Require.that(trainingRows >= 0, "trainingRows must be at least 0, is " + trainingRows);
    }
  }

  /**
   * A threshold and what it flagged.
   *
   * @param sentence the threshold in words, such as {@code false-alarms 0.01: flags scores above
   *     0.5321}
   * @param value the greatest score that is not flagged; +∞ never flags
   * @param flagged how many rows were flagged
   */
  public record Cut(String sentence, double value, long flagged) {
    public Cut {
      Require.that(!Double.isNaN(value), "the threshold is NaN; give a number or infinity");
      Require.that(flagged >= 0, "flagged must be at least 0, is " + flagged);
    }
  }

  /**
   * The score of every row and, where known, whether the row is an anomaly.
   *
   * @param values finite; higher is more anomalous
   * @param labels true for an anomaly; null where nothing is known, else one per score
   */
  public record Scores(double[] values, boolean @Nullable [] labels) {
    public Scores {
      for (int i = 0; i < values.length; i++) {
        Require.that(Double.isFinite(values[i]), "score " + i + " is " + values[i]);
      }
      Require.that(
          labels == null || labels.length == values.length,
          "there must be one label per score, or none at all");
      values = values.clone();
      labels = labels == null ? null : labels.clone();
    }

    /** Scores of rows of which nothing is known. */
    public static Scores unlabelled(double[] values) {
      return new Scores(values, null);
    }

    /** How many there are. */
    public int size() {
      return values.length;
    }

    /** A copy of the scores; O(rows). */
    @Override
    public double[] values() {
      return values.clone();
    }

    /** A copy of the labels; null where nothing is known. */
    @Override
    public boolean @Nullable [] labels() {
      return labels == null ? null : labels.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Scores that
          && Arrays.equals(values, that.values)
          && Arrays.equals(labels, that.labels);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(values) + Arrays.hashCode(labels);
    }

    @Override
    public String toString() {
      return "Scores[" + values.length + (labels == null ? "]" : ", labelled]");
    }
  }

  /**
   * How the scores and flags compare with labels. Each part may be absent.
   *
   * @param roc false positive rate against true positive rate
   * @param precisionRecall recall against precision
   * @param metrics the numbers, in the order they are to be read
   * @param confusion flags against labels
   */
  public record Quality(
      @Nullable Curve roc,
      @Nullable Curve precisionRecall,
      List<Metric> metrics,
      @Nullable Confusion confusion) {
    public Quality {
      metrics = List.copyOf(metrics);
    }

    /** Nothing is known, because the rows have no labels. */
    public static Quality none() {
      return new Quality(null, null, List.of(), null);
    }
  }

  /**
   * Points of a curve in the unit square, in drawing order, and the area under it.
   *
   * @param x from 0 to 1, never falling
   * @param y from 0 to 1, one per x
   * @param area ROC AUC or average precision, from 0 to 1
   */
  public record Curve(double[] x, double[] y, double area) {
    public Curve {
      Require.that(
          x.length == y.length && x.length > 0, "a curve needs points, with one y for each x");
      for (int i = 0; i < x.length; i++) {
        Require.range("x", x[i], i == 0 ? 0 : x[i - 1], 1);
        Require.range("y", y[i], 0, 1);
      }
      Require.range("area", area, 0, 1);
      x = x.clone();
      y = y.clone();
    }

    @Override
    public double[] x() {
      return x.clone();
    }

    @Override
    public double[] y() {
      return y.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Curve that
          && Arrays.equals(x, that.x)
          && Arrays.equals(y, that.y)
          && area == that.area;
    }

    @Override
    public int hashCode() {
      return 31 * (31 * Arrays.hashCode(x) + Arrays.hashCode(y)) + Double.hashCode(area);
    }

    @Override
    public String toString() {
      return "Curve[" + x.length + " points, area " + area + "]";
    }
  }

  /**
   * One number that says how good the result is.
   *
   * @param value the number as it is to be read
   * @param interval how sure it is, such as {@code 0.93 to 0.97}; null where not known
   * @param meaning one short sentence in plain words
   */
  public record Metric(String name, String value, @Nullable String interval, String meaning) {}

  /**
   * A row that stands out.
   *
   * @param row its number, as the reader counts rows
   * @param label whether it is an anomaly; null where not known
   * @param reasons the columns that make it stand out, strongest first
   */
  public record Anomaly(
      long row, Decision decision, @Nullable Boolean label, List<Reason> reasons) {
    public Anomaly {
      reasons = List.copyOf(reasons);
    }
  }

  /**
   * All that is not a finding.
   *
   * @param profile the columns of the file, in order
   * @param notices what the reader should know, a sentence each
   * @param timings the phases of the run, in order
   * @param origin further facts that say where the result comes from, such as version and
   *     fingerprint
   */
  public record Background(
      List<Profile> profile, List<String> notices, List<Timing> timings, List<Fact> origin) {
    public Background {
      profile = List.copyOf(profile);
      notices = List.copyOf(notices);
      timings = List.copyOf(timings);
      origin = List.copyOf(origin);
    }

    /** Nothing further is known. */
    public static Background none() {
      return new Background(List.of(), List.of(), List.of(), List.of());
    }
  }

  /**
   * One column of the file.
   *
   * @param kind what its values are, such as {@code number}
   * @param summary the values in short, such as {@code 0 to 9,812, half below 34}
   * @param note what is special about it; may be empty
   */
  public record Profile(String name, String kind, Counts counts, String summary, String note) {}

  /**
   * The values of a column, counted.
   *
   * @param missing how many rows have none
   * @param distinct how many different values there are
   * @param histogram how many values lie in each of a few ranges of equal width, from low to high;
   *     empty where there is no order
   */
  public record Counts(long missing, long distinct, List<Long> histogram) {
    public Counts {
      Require.that(missing >= 0, "missing must be at least 0, is " + missing);
      Require.that(distinct >= 0, "distinct must be at least 0, is " + distinct);
      histogram = List.copyOf(histogram);
      Require.that(histogram.stream().allMatch(count -> count >= 0), "a count must be at least 0");
    }
  }

  /** How long one phase of the run took. */
  public record Timing(String phase, long milliseconds) {
    public Timing {
      Require.that(milliseconds >= 0, "milliseconds must be at least 0, is " + milliseconds);
    }
  }

  /** A named fact. */
  public record Fact(String name, String text) {}
}
