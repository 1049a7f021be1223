package dev.vedette.bench.load;

import static dev.vedette.bench.Report.fixed;

import dev.vedette.bench.Arguments;
import dev.vedette.bench.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** How many events a second a server judges, how fast, and at what cost. */
public final class Load {
  private static final String CASES =
      "batch:1000,single:1000,single:2000,batch:5000,grpc:10000,single:max,batch:max,grpc:max";
  private static final int BATCH = 100;
  private static final double MIB = 1 << 20;

  private final ServerProcess server;
  private final Workload workload;
  private final String path;
  private final double warm;
  private final double seconds;
  private int phase;

  private Load(ServerProcess server, Workload workload, String pipeline, Arguments options) {
    this.server = server;
    this.workload = workload;
    path = "/v1/pipelines/" + pipeline + "/events";
    warm = options.number("warm", 15);
    seconds = options.number("seconds", 30);
  }

  /** What came of one case. */
  private record Outcome(Histogram latency, long events, long errors, double elapsed) {}

  /**
   * {@code [cases=batch:1000,single:max,grpc:10000,...] [seconds=30] [warm=15] [pipeline=load]
   * [keys=1000] [java=-Xmx512m] [folder=FOLDER] [store=URL] [out=FILE]}.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    var options =
        Arguments.of(
            args,
            List.of(
                "cases", "seconds", "warm", "pipeline", "keys", "java", "folder", "store", "out"));
    String pipeline = options.text("pipeline", "load");
    String folder = options.text("folder", "");
    Path data = folder.isEmpty() ? Files.createTempDirectory("vedette-load") : Path.of(folder);
    String java = options.text("java", "-Xmx512m");
    var plan = new ServerProcess.Plan(data, options.text("store", ""), java, pipeline);
    var workload = new Workload(pipeline, options.number("keys", 1000), 1);
    var report = new Report("The server under load", "bench/run load " + String.join(" ", args));
    var rows = new ArrayList<List<String>>();
    report.line("  \nLoad average before: " + Usage.loadAverage());
    try (ServerProcess server = ServerProcess.start(plan, Ports.free())) {
      var load = new Load(server, workload, pipeline, options);
      for (String each : options.text("cases", CASES).split(",", -1)) {
        rows.add(load.measure(each));
        System.err.println(rows.getLast());
      }
    }
    report.line("  \nLoad average after: " + Usage.loadAverage());
    report.line("  \nServer: `" + java + "`, pipeline `" + pipeline + "`").line("");
    report.table(
        List.of(
            "case",
            "events/s",
            "p50 ms",
            "p95 ms",
            "p99 ms",
            "p99.9 ms",
            "max ms",
            "errors",
            "server CPU µs/event",
            "server cores",
            "generator cores",
            "RSS MiB",
            "peak MiB"),
        rows);
    report.write(options.text("out", ""));
  }

  private List<String> measure(String text) throws InterruptedException {
    String[] parts = text.split(":", -1);
    double rate = parts[1].equals("max") ? 0 : Double.parseDouble(parts[1]);
    if (warm > 0) {
      run(parts[0], rate, warm);
    }
    Usage before = server.usage();
    Usage own = Usage.own();
    Outcome outcome = run(parts[0], rate, seconds);
    Usage after = server.usage();
    double cpu = after.cpuSeconds() - before.cpuSeconds();
    double generator = Usage.own().cpuSeconds() - own.cpuSeconds();
    Histogram latency = outcome.latency;
    return List.of(
        parts[0] + ", " + parts[1],
        fixed(outcome.events / outcome.elapsed, 0),
        millis(latency.getValueAtPercentile(50)),
        millis(latency.getValueAtPercentile(95)),
        millis(latency.getValueAtPercentile(99)),
        millis(latency.getValueAtPercentile(99.9)),
        millis(latency.getMaxValue()),
        String.valueOf(outcome.errors),
        fixed(1e6 * cpu / Math.max(1, outcome.events), 1),
        fixed(cpu / outcome.elapsed, 2),
        fixed(generator / outcome.elapsed, 2),
        fixed(after.rss() / MIB, 0),
        fixed(after.peak() / MIB, 0));
  }

  private static String millis(long micros) {
    return fixed(micros / 1000.0, 1);
  }

  private Outcome run(String mode, double rate, double length) throws InterruptedException {
    // Ids of two phases differ, so that no event is a duplicate.
    String prefix = "p" + phase++ + "-" + Long.toString(System.currentTimeMillis(), 36) + "-";
    return switch (mode) {
      case "batch" -> http(prefix, rate, BATCH, rate == 0 ? 8 : 32, length);
      case "single" -> http(prefix, rate, 1, rate == 0 ? 24 : 64, length);
      case "grpc" -> grpc(prefix, rate, length);
      default -> throw new IllegalArgumentException("'" + mode + "' is not batch, single or grpc");
    };
  }

  private Outcome http(String prefix, double rate, int batch, int lanes, double length)
      throws InterruptedException {
    var loop = new OpenLoop(server.port(), lanes, rate / batch);
    long start = System.nanoTime();
    loop.run(
        (link, request) -> {
          long now = System.currentTimeMillis();
          byte[] body = workload.json(prefix, request * batch, batch, now);
          return link.post(path, body).status() == 200;
        },
        length);
    double elapsed = (System.nanoTime() - start) / 1e9;
    return new Outcome(loop.latency(), loop.done() * batch, loop.errors(), elapsed);
  }

  private Outcome grpc(String prefix, double rate, double length) throws InterruptedException {
    var stream = new StreamLoad(rate);
    long start = System.nanoTime();
    stream.run(
        server.grpcPort(),
        number -> workload.message(prefix, number, System.currentTimeMillis()),
        length);
    double elapsed = (System.nanoTime() - start) / 1e9;
    Throwable failure = stream.failure();
    if (failure != null) {
      System.err.println("the stream failed: " + failure);
    }
    return new Outcome(stream.latency(), stream.answered(), failure == null ? 0 : 1, elapsed);
  }
}
