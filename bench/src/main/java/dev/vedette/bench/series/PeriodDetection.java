package dev.vedette.bench.series;

import dev.vedette.bench.Arguments;
import dev.vedette.bench.Report;
import dev.vedette.series.Periods;
import dev.vedette.series.Season;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often {@link Periods} is right on {@link MadeSeries}. "Right": the first season found is a
 * true period, within one point or 1 %, or none is found where there is none. "Exact": all true
 * periods are found and nothing else.
 */
public final class PeriodDetection {
  private PeriodDetection() {}

  private static final class Tally {
    int series;
    int right;
    int exact;
  }

  public static void main(String[] args) {
    Arguments arguments = Arguments.of(args, List.of("series", "seed", "out", "wrong"));
    int count = arguments.number("series", 500);
    int seed = arguments.number("seed", 1);
    boolean wrong = arguments.text("wrong", "").equals("show");
    Map<String, Tally> tallies = new TreeMap<>();
    var all = new Tally();
    var thread = ManagementFactory.getThreadMXBean();
    long nanos = 0;
    for (int i = 0; i < count; i++) {
      MadeSeries made = MadeSeries.number(seed, i);
      long start = thread.getCurrentThreadCpuTime();
      List<Season> found = Periods.of(made.values(), 0);
      nanos += thread.getCurrentThreadCpuTime() - start;
      String kind = made.kind().split("[:,]", 2)[0];
      judge(all, made, found);
      judge(tallies.computeIfAbsent(kind, name -> new Tally()), made, found);
      if (wrong && !exact(made, found)) {
        System.out.println(
            i
                + ": "
                + made.values().length
                + " points, "
                + made.kind()
                + " "
                + made.periods()
                + " found "
                + found);
      }
    }
    Report report =
        new Report("Periods of generated series", "bench/run periods " + String.join(" ", args))
            .line("CPU time: " + Report.fixed(nanos / 1e6 / count, 2) + " ms a series  ");
    var rows = new ArrayList<List<String>>();
    tallies.put("**all**", all);
    tallies.forEach((kind, tally) -> rows.add(row(kind, tally)));
    report
        .section("Share that is right")
        .line("Right: the first season found is a true period within one point or 1 %, none where")
        .line(
            "there is none. Exact: all true periods are found and nothing else. What is generated")
        .line(
            "is said at `MadeSeries`: 4 to 500 points, at least 4 cycles, noise up to the signal.")
        .line("")
        .table(List.of("periods", "series", "right %", "exact %"), rows)
        .write(arguments.text("out", ""));
  }

  private static void judge(Tally tally, MadeSeries made, List<Season> found) {
    tally.series++;
    tally.right += right(made, found) ? 1 : 0;
    tally.exact += exact(made, found) ? 1 : 0;
  }

  private static boolean right(MadeSeries made, List<Season> found) {
    return found.isEmpty()
        ? made.periods().isEmpty()
        : made.periods().stream().anyMatch(truth -> same(found.getFirst(), truth));
  }

  private static boolean exact(MadeSeries made, List<Season> found) {
    return found.size() == made.periods().size()
        && made.periods().stream()
            .allMatch(truth -> found.stream().anyMatch(season -> same(season, truth)));
  }

  private static boolean same(Season season, double truth) {
    return Math.abs(season.points() - truth) <= Math.max(1, 0.01 * truth);
  }

  private static List<String> row(String kind, Tally tally) {
    return List.of(
        kind,
        Integer.toString(tally.series),
        Report.fixed(100.0 * tally.right / tally.series, 1),
        Report.fixed(100.0 * tally.exact / tally.series, 1));
  }
}
