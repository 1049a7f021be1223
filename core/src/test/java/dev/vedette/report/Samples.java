package dev.vedette.report;

import dev.vedette.report.Report.Anomaly;
import dev.vedette.report.Report.Background;
import dev.vedette.report.Report.Confusion;
import dev.vedette.report.Report.Counts;
import dev.vedette.report.Report.Curve;
import dev.vedette.report.Report.Cut;
import dev.vedette.report.Report.Detection;
import dev.vedette.report.Report.Direction;
import dev.vedette.report.Report.Fact;
import dev.vedette.report.Report.Metric;
import dev.vedette.report.Report.Profile;
import dev.vedette.report.Report.Quality;
import dev.vedette.report.Report.Reason;
import dev.vedette.report.Report.Scores;
import dev.vedette.report.Report.Source;
import dev.vedette.report.Report.Timing;
import dev.vedette.report.Report.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Reports of invented data; {@code main} writes them to look at. */
final class Samples {
  private static final Instant MADE = Instant.parse("2026-11-22T04:11:09Z");
  static final String HOSTILE =
      "<script>alert(\"x\")</script> & 'q' \u0000\u001b\u202Egnp\u2066\uD800";

  private Samples() {}

  /** Writes every sample into the folder that is given. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Html.write(labelled(), folder.resolve("labelled.html"));
    Html.write(unlabelled(), folder.resolve("unlabelled.html"));
    Html.write(skewed(), folder.resolve("skewed.html"));
    Html.write(hostile(), folder.resolve("hostile.html"));
    Html.write(bare(new double[] {0.5, 0.5, 0.5}, 0.5, 0), folder.resolve("equal.html"));
    Html.write(bare(new double[] {0.5}, Double.POSITIVE_INFINITY, 0), folder.resolve("one.html"));
    Html.write(bare(new double[] {-1.7e308, 1e3, 1.7e308}, 1e307, 1), folder.resolve("huge.html"));
  }

  /** Payments with labels: everything is there. */
  static Report labelled() {
    Random random = new Random(1);
    double[] scores = new double[5000];
    boolean[] labels = new boolean[5000];
    for (int i = 0; i < scores.length; i++) {
      labels[i] = i % 350 == 7;
      scores[i] =
          labels[i] ? 0.6 + 0.09 * random.nextGaussian() : 0.4 + 0.035 * random.nextGaussian();
    }
    double cut = 0.5321;
    Confusion confusion = confusion(scores, labels, cut);
    return new Report(
        new Source("Payments, first week of November", "payments-2026-11.csv", 5000, 9, MADE),
        new Detection(
            "iforest trees=200 sample=256 seed=42",
            5000,
            new Cut(
                "false-alarms 0.01: flags scores above 0.5321",
                cut,
                confusion.found() + confusion.falseAlarms()),
            new Scores(scores, labels)),
        new Quality(roc(scores, labels), precisionRecall(scores, labels), metrics(), confusion),
        anomalies(scores, labels, cut, 16),
        background());
  }

  /** The same without labels, with few columns known. */
  static Report unlabelled() {
    Report with = labelled();
    Scores scores = Scores.unlabelled(with.detection().scores().values());
    long flagged = Arrays.stream(scores.values()).filter(score -> score > 0.5321).count();
    return new Report(
        with.source(),
        new Detection(
            with.detection().detector(),
            5000,
            new Cut("false-alarms 0.01: flags scores above 0.5321", 0.5321, flagged),
            scores),
        Quality.none(),
        anomalies(scores.values(), null, 0.5321, 6),
        with.background());
  }

  /** Distances over many powers of ten, some zero, in a large file. */
  static Report skewed() {
    Random random = new Random(3);
    double[] scores = new double[567_498];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = i % 90 == 0 ? 0 : Math.exp(1.1 * random.nextGaussian() - 2);
    }
    for (int i = 0; i < 2200; i++) {
      scores[i] = Math.exp(5 + random.nextGaussian());
    }
    long flagged = Arrays.stream(scores).filter(score -> score > 12).count();
    return new Report(
        new Source("http", "http.csv.gz", scores.length, 4, MADE),
        new Detection(
            "knn k=10",
            50_000,
            new Cut("false-alarms 0.001: flags scores above 12", 12, flagged),
            Scores.unlabelled(scores)),
        Quality.none(),
        anomalies(scores, null, 12, 5),
        Background.none());
  }

  /** Hostile, empty and very long texts everywhere. */
  static Report hostile() {
    String endless = "a_column_name_without_any_break_".repeat(40);
    String rtl = "\u05E9\u05DC\u05D5\u05DD \u05E2\u05D5\u05DC\u05DD";
    List<Anomaly> anomalies =
        List.of(
            new Anomaly(
                1,
                new Verdict(0.9, 0, 100, true),
                true,
                List.of(
                    new Reason(endless, endless, endless, 0.5, Direction.UNUSUAL),
                    new Reason(HOSTILE, HOSTILE, HOSTILE, 0.3, Direction.HIGH),
                    new Reason(rtl, rtl, "12", 0.1, Direction.LOW),
                    new Reason("", "", "", 0.05, Direction.UNUSUAL),
                    new Reason("empty", "", "", 0.05, Direction.MISSING))),
            new Anomaly(9_007_199_254_740_991L, new Verdict(1e-12, 1, 0, false), false, List.of()));
    Profile column =
        new Profile(endless, HOSTILE, new Counts(1, 2, List.of(1L, 0L, 5L)), endless, HOSTILE);
    Profile odd = new Profile(HOSTILE, "text", new Counts(0, 0, List.of()), rtl, "");
    return new Report(
        new Source(HOSTILE, endless + ".csv", 2, 2, MADE),
        new Detection(
            HOSTILE, 2, new Cut(endless, 0.5, 1), Scores.unlabelled(new double[] {0.9, 0.1})),
        new Quality(null, null, List.of(new Metric(HOSTILE, endless, HOSTILE, endless)), null),
        anomalies,
        new Background(
            List.of(column, odd),
            List.of(HOSTILE, endless),
            List.of(new Timing(HOSTILE, 0), new Timing(endless, 3)),
            List.of(new Fact(HOSTILE, endless))));
  }

  /** Nothing but scores. */
  static Report bare(double[] scores, double cut, long flagged) {
    return new Report(
        new Source("Bare", "bare.csv", scores.length, 1, MADE),
        new Detection(
            "zscore",
            scores.length,
            new Cut("given: " + cut, cut, flagged),
            Scores.unlabelled(scores)),
        Quality.none(),
        List.of(),
        Background.none());
  }

  private static List<Anomaly> anomalies(
      double[] scores, boolean @Nullable [] labels, double cut, int count) {
    List<Integer> rows = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      rows.add(i);
    }
    rows.sort((a, b) -> Double.compare(scores[b], scores[a]));
    List<Anomaly> top = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      int row = rows.get(k);
      top.add(
          new Anomaly(
              row + 1,
              new Verdict(
                  scores[row],
                  (k + 1.0) / (scores.length + 1),
                  Math.max(0, 99.7 - k * 2.1),
                  scores[row] > cut),
              labels == null ? null : labels[row],
              reasons(k)));
    }
    return top;
  }

  private static List<Reason> reasons(int k) {
    return switch (k % 4) {
      case 0 ->
          List.of(
              new Reason("amount", "9812", "34", 0.62, Direction.HIGH),
              new Reason("hour", "3", "14", 0.21, Direction.LOW),
              new Reason("merchant_type", "jewellery", "groceries", 0.09, Direction.UNUSUAL));
      case 1 -> List.of(new Reason("country", "XX", "DE", 0.88, Direction.UNUSUAL));
      case 2 ->
          List.of(
              new Reason("card_age_days", "", "811", 0.47, Direction.MISSING),
              new Reason("amount", "61.2", "34", 0.3, Direction.HIGH));
      default ->
          List.of(
              new Reason(
                  "time_since_previous_payment_seconds", "0.4", "86000", 0.71, Direction.LOW),
              new Reason(
                  "merchant_name",
                  "Kaffeerösterei am Alten Markt, Filiale 12",
                  "",
                  0.004,
                  Direction.UNUSUAL));
    };
  }

  private static Background background() {
    List<Long> bell = List.of(1L, 3L, 9L, 20L, 44L, 80L, 95L, 71L, 40L, 22L, 9L, 2L, 0L, 0L, 1L);
    List<Long> tail = List.of(900L, 310L, 120L, 44L, 20L, 9L, 4L, 2L, 1L, 0L, 0L, 1L);
    return new Background(
        List.of(
            profile(
                "id",
                "text",
                new Counts(0, 5000, List.of()),
                "P-000001, P-000002, …",
                "looks like an identifier; left out"),
            profile(
                "amount", "number", new Counts(0, 3120, tail), "0.5 to 9812, half below 34", ""),
            profile("hour", "number", new Counts(0, 24, bell), "0 to 23, half below 14", ""),
            profile(
                "country",
                "category",
                new Counts(12, 31, List.of()),
                "DE 71 %, AT 12 %, FR 4 %",
                ""),
            profile(
                "merchant_type",
                "category",
                new Counts(0, 18, List.of()),
                "groceries 40 %, fuel 11 %",
                ""),
            profile(
                "card_age_days",
                "number",
                new Counts(431, 1904, bell),
                "1 to 3650, half below 811",
                "9 % missing"),
            profile("at", "time", new Counts(0, 4991, List.of()), "2026-11-01 to 2026-11-07", ""),
            profile(
                "currency",
                "category",
                new Counts(0, 1, List.of()),
                "EUR",
                "always the same; left out"),
            profile(
                "label",
                "flag",
                new Counts(0, 2, List.of()),
                "15 true",
                "the label; not used for detection")),
        List.of(
            "Column id looks like an identifier (5,000 different values in 5,000 rows) and was left out.",
            "Column currency is always EUR and was left out."),
        List.of(
            new Timing("read", 182),
            new Timing("fit", 640),
            new Timing("score", 87),
            new Timing("explain", 1240)),
        List.of(
            new Fact("Version", "Vedette 0.1.0"),
            new Fact("Data fingerprint", "9f2c7a1b04d8e6355c11aa90")));
  }

  private static Profile profile(
      String name, String kind, Counts counts, String summary, String note) {
    return new Profile(name, kind, counts, summary, note);
  }

  private static List<Metric> metrics() {
    return List.of(
        new Metric(
            "ROC AUC",
            "0.982",
            "0.961 to 0.995",
            "An anomaly scores above a normal row 98 times in 100."),
        new Metric(
            "Average precision",
            "0.871",
            "0.742 to 0.951",
            "Going down the ranking, 87 % of what you meet is right on average."),
        new Metric("Precision", "0.8", "0.55 to 0.93", "8 of 10 flags are right."),
        new Metric("Recall", "0.8", null, "8 of 10 anomalies are flagged."),
        new Metric("F1", "0.8", null, "Precision and recall in one number; 1 is perfect."));
  }

  private static Confusion confusion(double[] scores, boolean[] labels, double cut) {
    long[] counts = new long[4];
    for (int i = 0; i < scores.length; i++) {
      counts[(labels[i] ? 0 : 2) + (scores[i] > cut ? 0 : 1)]++;
    }
    return new Confusion(counts[0], counts[1], counts[2], counts[3]);
  }

  static Curve roc(double[] scores, boolean[] labels) {
    return curve(scores, labels, true);
  }

  static Curve precisionRecall(double[] scores, boolean[] labels) {
    return curve(scores, labels, false);
  }

  private static Curve curve(double[] scores, boolean[] labels, boolean roc) {
    Integer[] order = new Integer[scores.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(scores[b], scores[a]));
    double all = 0;
    for (boolean label : labels) {
      all += label ? 1 : 0;
    }
    double[] x = new double[scores.length];
    double[] y = new double[scores.length];
    double found = 0;
    double area = 0;
    for (int k = 0; k < order.length; k++) {
      boolean anomaly = labels[order[k]];
      found += anomaly ? 1 : 0;
      x[k] = roc ? (k + 1 - found) / (scores.length - all) : found / all;
      y[k] = roc ? found / all : found / (k + 1);
      area += roc ? (anomaly ? 0 : y[k] / (scores.length - all)) : (anomaly ? y[k] / all : 0);
    }
    return new Curve(x, y, Math.min(area, 1));
  }
}
