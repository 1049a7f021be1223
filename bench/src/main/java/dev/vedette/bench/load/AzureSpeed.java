package dev.vedette.bench.load;

import static dev.vedette.bench.Report.fixed;

import dev.vedette.bench.Arguments;
import dev.vedette.bench.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * How long the univariate part of the Azure-compatible service takes over HTTP, warm: one client
 * that asks for one series after the other, and many clients at a time.
 */
public final class AzureSpeed {
  private static final String POINTS = "90,673,700,2017,8640";
  private static final int SERIES = 20;
  private static final long HOUR = 3_600_000;
  private static final Instant START = Instant.parse("2018-03-01T00:00:00Z");

  private final int port;
  private final double warm;
  private final double seconds;
  private final List<List<String>> rows = new ArrayList<>();

  private AzureSpeed(int port, Arguments options) {
    this.port = port;
    warm = options.number("warm", 5);
    seconds = options.number("seconds", 10);
  }

  /**
   * {@code [points=90,673,...] [seconds=10] [warm=5] [clients=200] [rounds=20] [java=-Xmx1g]
   * [folder=FOLDER] [out=FILE]}.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    var options =
        Arguments.of(
            args,
            List.of("points", "seconds", "warm", "clients", "rounds", "java", "folder", "out"));
    String folder = options.text("folder", "");
    Path data = folder.isEmpty() ? Files.createTempDirectory("vedette-azure") : Path.of(folder);
    String java = options.text("java", "-Xmx1g");
    String command = "bench/run azure " + String.join(" ", args);
    var report = new Report("The Azure-compatible service", command.strip());
    report.line("  \nLoad average before: " + Usage.loadAverage());
    var plan = new ServerProcess.Plan(data, "", java, "load");
    List<List<String>> rows;
    try (ServerProcess server = ServerProcess.start(plan, Ports.free())) {
      var speed = new AzureSpeed(server.port(), options);
      for (String count : options.text("points", POINTS).split(",", -1)) {
        for (String what : List.of("last", "entire")) {
          speed.alone(what, Integer.parseInt(count));
        }
      }
      for (int count : new int[] {90, 700}) {
        speed.together("last", count, options.number("clients", 200), options.number("rounds", 20));
      }
      rows = speed.rows;
    }
    report.line("  \nLoad average after: " + Usage.loadAverage());
    report
        .line(
            "  \nServer: `" + java + "`. Hourly series with a daily and a weekly rhythm, a trend,")
        .line("noise and a few anomalies, " + SERIES + " different ones; the period is not given.")
        .line("Times are those of the client, from the first byte sent to the last byte received.")
        .line("");
    report.table(
        List.of(
            "request",
            "points",
            "clients",
            "requests",
            "errors",
            "p50 ms",
            "p95 ms",
            "p99 ms",
            "max ms",
            "requests/s"),
        rows);
    report.write(options.text("out", ""));
  }

  private static String path(String what) {
    return "/anomalydetector/v1.1/timeseries/" + what + "/detect";
  }

  /** One client, one request after the other. */
  private void alone(String what, int points) throws IOException {
    List<byte[]> bodies = bodies(points);
    try (var link = new HttpLink(port)) {
      var warming = new Histogram(3);
      long end = System.nanoTime() + (long) (warm * 1e9);
      for (int i = 0; System.nanoTime() < end; i++) {
        ask(link, what, bodies.get(i % SERIES), warming);
      }
      var times = new Histogram(3);
      long errors = 0;
      long start = System.nanoTime();
      end = start + (long) (seconds * 1e9);
      for (int i = 0; System.nanoTime() < end; i++) {
        errors += ask(link, what, bodies.get(i % SERIES), times) ? 0 : 1;
      }
      row(what, points, 1, times, errors, (System.nanoTime() - start) / 1e9);
    }
  }

  private static boolean ask(HttpLink link, String what, byte[] body, Histogram times)
      throws IOException {
    long start = System.nanoTime();
    int status = link.post(path(what), body).status();
    times.recordValue(System.nanoTime() - start);
    return status == 200;
  }

  /** Many clients that begin together, each with some requests one after the other. */
  private void together(String what, int points, int clients, int rounds)
      throws InterruptedException {
    List<byte[]> bodies = bodies(points);
    var times = new ConcurrentHistogram(3);
    var errors = new AtomicLong();
    var causes = new ConcurrentLinkedQueue<String>();
    var begin = new CountDownLatch(1);
    var threads = new ArrayList<Thread>();
    for (int client = 0; client < clients; client++) {
      int first = client;
      threads.add(
          Thread.startVirtualThread(
              () -> {
                try (var link = new HttpLink(port)) {
                  begin.await();
                  for (int i = 0; i < rounds; i++) {
                    byte[] body = bodies.get((first + i) % SERIES);
                    errors.addAndGet(ask(link, what, body, times) ? 0 : 1);
                  }
                } catch (IOException | InterruptedException e) {
                  errors.incrementAndGet();
                  causes.add(e.toString());
                }
              }));
    }
    long start = System.nanoTime();
    begin.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    causes.stream().distinct().forEach(System.err::println);
    row(what, points, clients, times, errors.get(), (System.nanoTime() - start) / 1e9);
  }

  @SuppressWarnings("TooManyParameters")
  private void row(
      String what, int points, int clients, Histogram times, long errors, double elapsed) {
    rows.add(
        List.of(
            what,
            Integer.toString(points),
            Integer.toString(clients),
            Long.toString(times.getTotalCount()),
            Long.toString(errors),
            fixed(times.getValueAtPercentile(50) / 1e6, 1),
            fixed(times.getValueAtPercentile(95) / 1e6, 1),
            fixed(times.getValueAtPercentile(99) / 1e6, 1),
            fixed(times.getMaxValue() / 1e6, 1),
            fixed(times.getTotalCount() / elapsed, 0)));
    System.err.println(rows.getLast());
  }

  private static List<byte[]> bodies(int points) {
    var bodies = new ArrayList<byte[]>();
    for (int seed = 0; seed < SERIES; seed++) {
      bodies.add(body(points, seed));
    }
    return bodies;
  }

  private static byte[] body(int points, int seed) {
    var random = new Random(seed);
    var json = new StringBuilder("{\"granularity\":\"hourly\",\"series\":[");
    for (int i = 0; i < points; i++) {
      double day = Math.sin(2 * Math.PI * i / 24);
      double week = Math.sin(2 * Math.PI * i / 168);
      double value = 100 + 30 * day + 10 * week + i * 0.01 + 2 * random.nextGaussian();
      if (random.nextInt(200) == 0) {
        value += 60 * (random.nextBoolean() ? 1 : -1);
      }
      json.append(i == 0 ? "" : ",")
          .append("{\"timestamp\":\"")
          .append(START.plusMillis(i * HOUR))
          .append("\",\"value\":")
          .append(String.format(Locale.ROOT, "%.4f", value))
          .append('}');
    }
    return json.append("]}").toString().getBytes(StandardCharsets.US_ASCII);
  }
}
