package dev.vedette.bench.load;

import static dev.vedette.bench.Report.fixed;

import dev.vedette.bench.Arguments;
import dev.vedette.bench.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Whether a server that judges a thousand events a second for an hour grows or slows. */
public final class Soak {
  private static final int BATCH = 100;
  private static final double MIB = 1 << 20;
  private static final List<String> COLUMNS =
      List.of(
          "minute",
          "events",
          "errors",
          "p50_ms",
          "p95_ms",
          "p99_ms",
          "max_ms",
          "cpu_us_per_event",
          "rss_mib",
          "tenured_mib",
          "live_after_full_gc_mib",
          "gc_count",
          "gc_ms",
          "disk_mib",
          "keys",
          "load_average");

  private final ServerProcess server;
  private final Path folder;
  private final Workload workload;
  private final double perSecond;
  private double gcCount;
  private double gcSeconds;
  private double cpu;

  private Soak(ServerProcess server, Path folder, Arguments options) {
    this.server = server;
    this.folder = folder;
    workload = new Workload("load", options.number("keys", 20_000), 2);
    perSecond = options.number("rate", 1000);
  }

  /** {@code folder=FOLDER [minutes=60] [rate=1000] [keys=20000] [java=-Xmx512m] [out=FILE]}. */
  public static void main(String[] args) throws IOException, InterruptedException {
    var options = Arguments.of(args, List.of("folder", "minutes", "rate", "keys", "java", "out"));
    Path folder = Path.of(options.required("folder"));
    String java = options.text("java", "-Xmx512m");
    var plan = new ServerProcess.Plan(folder, "", java, "load");
    var minutes = new ArrayList<double[]>();
    try (ServerProcess server = ServerProcess.start(plan, Ports.free())) {
      System.out.println("server pid " + server.pid() + ", port " + server.port());
      Path csv = folder.resolve("soak.csv");
      Files.writeString(csv, String.join(",", COLUMNS) + "\n");
      var soak = new Soak(server, folder, options);
      for (int minute = 1; minute <= options.number("minutes", 60); minute++) {
        double[] row = soak.minute(minute);
        minutes.add(row);
        String line = line(row) + "," + Usage.loadAverage().split(" ", -1)[0];
        Files.writeString(csv, line + "\n", StandardOpenOption.APPEND);
        System.out.println(line);
      }
    }
    report(minutes, "bench/run soak " + String.join(" ", args)).write(options.text("out", ""));
  }

  private static String line(double[] row) {
    var cells = new ArrayList<String>();
    for (double value : row) {
      cells.add(value % 1 == 0 ? fixed(value, 0) : fixed(value, 2));
    }
    return String.join(",", cells);
  }

  private double[] minute(int minute) throws IOException, InterruptedException {
    var loop = new OpenLoop(server.port(), 8, perSecond / BATCH);
    String prefix = Long.toString(System.currentTimeMillis(), 36) + "-";
    loop.run(
        (link, request) -> {
          long now = System.currentTimeMillis();
          byte[] body = workload.json(prefix, request * BATCH, BATCH, now);
          return link.post("/v1/pipelines/load/events", body).status() == 200;
        },
        60);
    long events = loop.done() * BATCH;
    Usage usage = server.usage();
    var metrics = Metrics.of(server.port());
    double pauses = metrics.sum("jvm_gc_pause_seconds_count");
    double paused = metrics.sum("jvm_gc_pause_seconds_sum");
    double[] row = {
      minute,
      events,
      loop.errors(),
      loop.latency().getValueAtPercentile(50) / 1000.0,
      loop.latency().getValueAtPercentile(95) / 1000.0,
      loop.latency().getValueAtPercentile(99) / 1000.0,
      loop.latency().getMaxValue() / 1000.0,
      1e6 * (usage.cpuSeconds() - cpu) / Math.max(1, events),
      usage.rss() / MIB,
      metrics.sum("jvm_memory_used_bytes", "Tenured Gen") / MIB,
      metrics.sum("jvm_gc_live_data_size_bytes") / MIB,
      pauses - gcCount,
      1000 * (paused - gcSeconds),
      bytes(folder) / MIB,
      metrics.sum("vedette_keys")
    };
    gcCount = pauses;
    gcSeconds = paused;
    cpu = usage.cpuSeconds();
    return row;
  }

  private static long bytes(Path folder) throws IOException {
    long sum = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        try {
          sum += Files.size(file);
        } catch (java.nio.file.NoSuchFileException gone) {
          // A file of the store that is there only for a moment.
        }
      }
    }
    return sum;
  }

  private static Report report(List<double[]> minutes, String command) {
    var report = new Report("The server for " + minutes.size() + " minutes", command);
    report.line("  \nLoad average at the end: " + Usage.loadAverage()).line("");
    int quarter = Math.max(1, minutes.size() / 4);
    var rows = new ArrayList<List<String>>();
    for (int column = 1; column < COLUMNS.size() - 1; column++) {
      double first = median(minutes.subList(0, quarter), column);
      double last = median(minutes.subList(minutes.size() - quarter, minutes.size()), column);
      int at = column;
      double most = minutes.stream().mapToDouble(row -> row[at]).max().orElse(0);
      rows.add(List.of(COLUMNS.get(column), fixed(first, 2), fixed(last, 2), fixed(most, 2)));
    }
    return report.table(
        List.of("per minute", "median of first quarter", "median of last quarter", "most"), rows);
  }

  private static double median(List<double[]> rows, int column) {
    double[] sorted = rows.stream().mapToDouble(row -> row[column]).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
