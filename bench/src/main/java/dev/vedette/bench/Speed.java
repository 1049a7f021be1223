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

  /** Networks as wide as those of the reference experiment and a hundredfold. */
  private static final List<String> NETS =
      List.of("autoencoder hidden=15-7-15 epochs=1", "autoencoder hidden=256-128-256 epochs=1");

  /** {@code [what=kernels,rows,nets] [out=FILE]}. */
  public static void main(String[] args) throws RunnerException {
    var options = Arguments.of(args, List.of("what", "out"));
    List<String> what = List.of(options.text("what", "kernels,rows,nets").split(","));
    var report = new Report("Speed, by JMH", "bench/run speed " + String.join(" ", args));
    if (what.contains("kernels")) {
      kernels(report);
    }
    if (what.contains("rows")) {
      rows(report);
    }
    if (what.contains("nets")) {
      nets(report);
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
        // What a row costs does not depend on how long was trained.
        boolean trained = Detectors.standard().text(entry.defaults()).contains(" epochs=");
        quick.add(trained ? entry.name() + " epochs=1" : entry.name());
      }
    }
    results.addAll(score(quick, "100000", "32"));
    results.addAll(score(SLOW_TO_FIT, "10000", "32"));
    report
        .section("One row")
        .line("The score of one row by a model fitted on TAB1, one thread, default options.");
    table(results, report);
  }

  private static void nets(Report report) throws RunnerException {
    Collection<RunResult> results = score(NETS, "10000", "18");
    report
        .section("One row of 18 columns by an autoencoder")
        .line("As above; the first network is that of the reference experiment.");
    table(results, report);
  }

  private static void table(Collection<RunResult> results, Report report) {
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
        .line(
            "Bytes are per call; a few of them are the harness itself, more where calls are slow.")
        .line("")
        .table(List.of("detector", "fitted on", "p50 µs", "p99 µs", "mean µs", "bytes"), rows);
  }

  private static Collection<RunResult> score(List<String> detectors, String rows, String columns)
      throws RunnerException {
    return new Runner(
            builder(RowBenchmark.class)
                .param("detector", detectors.toArray(String[]::new))
                .param("rows", rows)
                .param("columns", columns)
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
