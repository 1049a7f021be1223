package dev.vedette.bench.series;

import dev.vedette.Detectors;
import dev.vedette.Forecast;
import dev.vedette.Forecaster;
import dev.vedette.bench.Arguments;
import dev.vedette.bench.Report;
import dev.vedette.data.Series;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How well real series are forecast, next to the seasonal naive forecast. */
public final class Forecasts {
  private static final String FORECASTERS = "seasonal-naive period=1;seasonal-naive;ets;additive";
  private static final double LEVEL = 0.9;

  /** Shares of a series after which a forecast is made. */
  private static final double[] ORIGINS = {0.4, 0.55, 0.7, 0.85};

  private static final int MOST_HISTORY = 4000;

  private Forecasts() {}

  /**
   * What one forecast missed.
   *
   * @param percent the symmetric mean absolute percentage error
   * @param scaled the mean absolute error over that of the naive forecast in the history
   * @param inside the share of the values within the interval
   * @param millis taken to fit and forecast
   */
  private record Miss(double percent, double scaled, double inside, double millis) {}

  public static void main(String[] args) throws IOException {
    var arguments = Arguments.of(args, List.of("data", "forecasters", "ahead", "out"));
    int ahead = arguments.number("ahead", 48);
    String[] forecasters = arguments.text("forecasters", FORECASTERS).split(";", -1);
    Map<String, List<Series>> groups = groups(Path.of(arguments.required("data")));
    var report =
        new Report("Forecasts of real series", "bench/run forecasts " + String.join(" ", args));
    report.line("");
    report.line(
        ("%s steps ahead from %s places in each series, with at most %s points before."
                + " MASE divides the mean absolute error by that of the last value as forecast"
                + " within the history; the table has medians over the forecasts, and the mean"
                + " share of values within the %s %% interval. Anomalies are among the values.")
            .formatted(ahead, ORIGINS.length, MOST_HISTORY, Math.round(100 * LEVEL)));
    var all = new LinkedHashMap<String, List<Miss>>();
    groups.forEach(
        (group, series) -> {
          var rows = new ArrayList<List<String>>();
          for (String text : forecasters) {
            List<Miss> misses = series.stream().flatMap(s -> misses(text, s, ahead)).toList();
            all.computeIfAbsent(text, t -> new ArrayList<>()).addAll(misses);
            rows.add(row(text, misses));
          }
          table(report, group + " (" + series.size() + " series)", rows);
        });
    table(report, "All", all.entrySet().stream().map(e -> row(e.getKey(), e.getValue())).toList());
    report.write(arguments.text("out", ""));
  }

  private static void table(Report report, String title, List<List<String>> rows) {
    report.section(title);
    report.table(List.of("forecaster", "sMAPE %", "MASE", "mean MASE", "inside %", "ms"), rows);
  }

  private static List<String> row(String text, List<Miss> misses) {
    return List.of(
        text,
        Report.fixed(median(misses.stream().mapToDouble(Miss::percent).toArray()), 1),
        Report.fixed(median(misses.stream().mapToDouble(Miss::scaled).toArray()), 2),
        Report.fixed(misses.stream().mapToDouble(Miss::scaled).average().orElse(Double.NaN), 2),
        Report.fixed(
            100 * misses.stream().mapToDouble(Miss::inside).average().orElse(Double.NaN), 1),
        Report.fixed(median(misses.stream().mapToDouble(Miss::millis).toArray()), 0));
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }

  private static Stream<Miss> misses(String text, Series series, int ahead) {
    return Arrays.stream(ORIGINS)
        .mapToInt(share -> (int) (share * series.points()))
        .filter(origin -> origin + ahead <= series.points())
        .mapToObj(origin -> miss(text, series, origin, ahead));
  }

  private static Miss miss(String text, Series series, int origin, int ahead) {
    Series history = series.slice(Math.max(0, origin - MOST_HISTORY), origin);
    long begin = System.nanoTime();
    var model = (Forecaster) Detectors.standard().parseSeries(text).fit(history);
    Forecast forecast = model.forecast(ahead, LEVEL);
    double millis = (System.nanoTime() - begin) / 1e6;
    double error = 0;
    double percent = 0;
    int inside = 0;
    for (int h = 0; h < ahead; h++) {
      double value = series.value(0, origin + h);
      double off = Math.abs(value - forecast.expected()[h]);
      error += off / ahead;
      double both = Math.abs(value) + Math.abs(forecast.expected()[h]);
      percent += both > 0 ? 200 * off / both / ahead : 0;
      inside += value >= forecast.lower()[h] && value <= forecast.upper()[h] ? 1 : 0;
    }
    return new Miss(percent, error / naive(history), (double) inside / ahead, millis);
  }

  private static double naive(Series history) {
    double mean =
        IntStream.range(1, history.points())
            .mapToDouble(i -> Math.abs(history.value(0, i) - history.value(0, i - 1)))
            .average()
            .orElse(0);
    return Math.max(mean, 1e-9);
  }

  /** The real series of the Numenta Anomaly Benchmark by folder. */
  private static Map<String, List<Series>> groups(Path data) throws IOException {
    var groups = new LinkedHashMap<String, List<Series>>();
    try (Stream<Path> folders = Files.list(data)) {
      for (Path folder :
          folders.filter(f -> f.getFileName().toString().startsWith("real")).sorted().toList()) {
        try (Stream<Path> files = Files.list(folder)) {
          groups.put(
              folder.getFileName().toString(),
              files
                  .filter(file -> file.toString().endsWith(".csv"))
                  .sorted()
                  .map(Forecasts::read)
                  .toList());
        }
      }
    }
    return groups;
  }

  /** Points whose time does not follow are left out. */
  private static Series read(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      long[] times = new long[lines.size()];
      double[] values = new double[lines.size()];
      int count = 0;
      for (String line : lines.subList(1, lines.size())) {
        String[] cells = line.split(",", -1);
        long time =
            LocalDateTime.parse(cells[0].replace(' ', 'T'))
                .toInstant(ZoneOffset.UTC)
                .toEpochMilli();
        if (count == 0 || time > times[count - 1]) {
          times[count] = time;
          values[count++] = Double.parseDouble(cells[1]);
        }
      }
      return Series.of(Arrays.copyOf(times, count), Arrays.copyOf(values, count));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
