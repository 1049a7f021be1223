package dev.vedette.bench.series;

import com.sun.management.OperatingSystemMXBean;
import dev.vedette.Detectors;
import dev.vedette.bench.Arguments;
import dev.vedette.bench.Report;
import dev.vedette.data.Series;
import dev.vedette.math.Parallel;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * How many series a minute a detector fits and reads in hindsight, period detection included: two
 * weeks of {@link MadeTraffic} cut to 2,000 points, 200 different ones, over and over on all cores.
 */
public final class ManySeries {
  private static final int DIFFERENT = 200;

  private ManySeries() {}

  public static void main(String[] args) {
    Arguments arguments = Arguments.of(args, List.of("series", "points", "detectors", "out"));
    int count = arguments.number("series", 10_000);
    int points = arguments.number("points", 2_000);
    Series[] made = new Series[DIFFERENT];
    for (int i = 0; i < made.length; i++) {
      made[i] = MadeTraffic.number(3, i, false).slice(0, points);
    }
    var rows = new ArrayList<List<String>>();
    for (String detector : arguments.text("detectors", "auto-series").split(";", -1)) {
      run(detector, made, Math.min(count, 1000)); // warm
      rows.add(run(detector, made, count));
    }
    new Report("Many series", "bench/run many-series " + String.join(" ", args))
        .section(count + " series of " + points + " points, fitted and read in hindsight")
        .table(List.of("detector", "seconds", "series a minute", "CPU ms a series"), rows)
        .write(arguments.text("out", ""));
  }

  private static List<String> run(String detector, Series[] made, int count) {
    var machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    double[] checks = new double[count];
    long cpu = machine.getProcessCpuTime();
    long start = System.nanoTime();
    Parallel.each(
        count,
        i -> {
          Series series = made[i % made.length];
          var model = Detectors.standard().parseSeries(detector).fit(series);
          checks[i] = model.readTraining(series).score()[0];
        });
    double seconds = (System.nanoTime() - start) / 1e9;
    double millis = (machine.getProcessCpuTime() - cpu) / 1e6 / count;
    if (checks[0] != checks[made.length % count]) {
      throw new IllegalStateException("the same series was read differently");
    }
    return List.of(
        detector,
        Report.fixed(seconds, 1),
        Report.fixed(60 * count / seconds, 0),
        Report.fixed(millis, 2));
  }
}
