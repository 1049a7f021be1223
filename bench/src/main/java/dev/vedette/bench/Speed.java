package dev.vedette.bench;

import static dev.vedette.bench.Report.fixed;

import dev.vedette.Detectors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the JMH benchmarks and writes their results as a page. */
public final class Speed {
  /** Detectors that take minutes to fit on 100,000 rows of 32 columns. */
  private static final List<String> SLOW_TO_FIT = List.of("lof");

  private Speed() {}

  /** {@code [what=kernels,rows] [out=FILE]}. */
  public static void main(String[] args) throws RunnerException {
    var options = Arguments.of(args, List.of("what", "out"));
    List<String> what = List.of(options.text("what", "kernels,rows").split(","));
    var report = new Report("Speed, by JMH", "bench/run speed " + String.join(" ", args));
    if (what.contains("kernels")) {
      kernels(report);
    }
    if (what.contains("rows")) {
      rows(report);
    }
    report.write(options.text("out", ""));
  }

  private static void kernels(Report report) throws RunnerException {
    var rows = new ArrayList<List<String>>();
    for (RunResult result : new Runner(builder(KernelBenchmark.class).build()).run()) {
      double micros = result.getPrimaryResult().getScore();
      int columns = Integer.parseInt(param(result, "columns"));
      int points = Integer.parseInt(param(result, "points"));
      rows.add(
          List.of(
              result.getPrimaryResult().getLabel() + ", " + param(result, "kernels"),
              String.valueOf(columns),
              String.valueOf(points),
              fixed(micros, 3),
              fixed(result.getPrimaryResult().getScoreError(), 3),
              fixed(columns * (double) points / micros / 1000, 2)));
    }
    report
        .section("Kernels")
        .line("One query against a block of points in single precision, one thread.")
        .line("")
        .table(List.of("kernel", "columns", "points", "µs", "± (99.9 %)", "values per ns"), rows);
  }

  private static void rows(Report report) throws RunnerException {
    var results = new ArrayList<RunResult>();
    var quick = new ArrayList<String>();
    for (Detectors.Entry entry : Detectors.standard().entries()) {
      if (!SLOW_TO_FIT.contains(entry.name())) {
        quick.add(entry.name());
      }
    }
    results.addAll(score(quick, "100000"));
    results.addAll(score(SLOW_TO_FIT, "10000"));
    var rows = new ArrayList<List<String>>();
    for (RunResult result : results) {
      var times = result.getPrimaryResult().getStatistics();
      rows.add(
          List.of(
              param(result, "detector"),
              param(result, "rows") + " × " + param(result, "columns"),
              fixed(times.getPercentile(50), 2),
              fixed(times.getPercentile(99), 2),
              fixed(times.getMean(), 2),
              fixed(allocation(result), 0)));
    }
    report
        .section("One row")
        .line("The score of one row by a model fitted on TAB1, one thread, default options.")
        .line(
            "Bytes are per call; a few of them are the harness itself, more where calls are slow.")
        .line("")
        .table(List.of("detector", "fitted on", "p50 µs", "p99 µs", "mean µs", "bytes"), rows);
  }

  private static Collection<RunResult> score(List<String> detectors, String rows)
      throws RunnerException {
    return new Runner(
            builder(RowBenchmark.class)
                .param("detector", detectors.toArray(String[]::new))
                .param("rows", rows)
                .addProfiler(GCProfiler.class)
                .build())
        .run();
  }

  private static ChainedOptionsBuilder builder(Class<?> benchmark) {
    return new OptionsBuilder().include(benchmark.getName() + "\\.").shouldFailOnError(true);
  }

  private static String param(RunResult result, String name) {
    return result.getParams().getParam(name);
  }

  private static double allocation(RunResult result) {
    var measured = result.getSecondaryResults();
    for (String name : measured.keySet()) {
      if (name.endsWith("gc.alloc.rate.norm")) {
        return measured.get(name).getScore();
      }
    }
    return Double.NaN;
  }
}
