package dev.vedette.bench.series;

import dev.vedette.Detectors;
import dev.vedette.SeriesModel;
import dev.vedette.bench.Arguments;
import dev.vedette.bench.Report;
import dev.vedette.data.Series;
import dev.vedette.series.SeasonalEsd;
import dev.vedette.threshold.Rule;
import java.util.ArrayList;
import java.util.List;

/**
 * Recall and precision on {@link MadeTraffic}, point by point over all series together: of
 * seasonal-esd by its own test, and of any detector in hindsight by a threshold rule.
 */
public final class TrafficDetection {
  private TrafficDetection() {}

  /** Points counted over many series. */
  private static final class Count {
    long hits;
    long alarms;
    long anomalies;

    void add(double[] scores, boolean[] truth, double cut) {
      for (int i = 0; i < scores.length; i++) {
        boolean flagged = scores[i] >= cut;
        hits += flagged && truth[i] ? 1 : 0;
        alarms += flagged ? 1 : 0;
        anomalies += truth[i] ? 1 : 0;
      }
    }

    List<String> row(String detector, String threshold) {
      return List.of(
          detector,
          threshold,
          Report.fixed(alarms == 0 ? Double.NaN : (double) hits / alarms, 4),
          Report.fixed((double) hits / anomalies, 4));
    }
  }

  public static void main(String[] args) {
    Arguments arguments = Arguments.of(args, List.of("series", "seed", "detectors", "rule", "out"));
    int count = arguments.number("series", 100);
    int seed = arguments.number("seed", 7);
    String[] detectors = arguments.text("detectors", "seasonal-esd;auto-series").split(";", -1);
    Rule rule = Rule.parse(arguments.text("rule", "stand-out"));
    Report report =
        new Report("Traffic with known anomalies", "bench/run traffic " + String.join(" ", args))
            .line("  ")
            .line("What is generated is said at `MadeTraffic`; point by point, no adjustment.");
    for (boolean hourly : new boolean[] {false, true}) {
      var rows = new ArrayList<List<String>>();
      for (String detector : detectors) {
        var own = new Count();
        var ruled = new Count();
        for (int i = 0; i < count; i++) {
          Series series = MadeTraffic.number(seed, i, hourly);
          boolean[] truth = series.labels().orElseThrow();
          SeriesModel model = Detectors.standard().parseSeries(detector).fit(series);
          double[] scores = model.readTraining(series).score();
          if (model instanceof SeasonalEsd.Fitted esd) {
            own.add(scores, truth, esd.limit());
          }
          ruled.add(scores, truth, rule.fit(scores).cut());
        }
        if (own.anomalies > 0) {
          rows.add(own.row(detector, "its own test"));
        }
        rows.add(ruled.row(detector, rule.text()));
      }
      report
          .section(count + " series of two weeks, every " + (hourly ? "hour" : "5 minutes"))
          .table(List.of("detector", "threshold", "precision", "recall"), rows);
    }
    report.write(arguments.text("out", ""));
  }
}
