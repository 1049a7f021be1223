package dev.vedette.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Prometheus reads the metrics, and a query for the latency answers. */
@Timeout(90)
final class PrometheusTest {
  private static final String P95 =
      "histogram_quantile(0.95,"
          + " sum(rate(vedette_decision_latency_seconds_bucket[30s])) by (le))";

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();

  private static Path program() {
    Path program =
        Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
            .map(place -> Path.of(place, "prometheus"))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(Path.of("none"));
    assumeThat(program)
        .as("no program prometheus on the PATH; install the package to run this test")
        .isExecutable();
    return program;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Process start(Path program, int port, int server) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            """
            global: {scrape_interval: 1s, scrape_timeout: 1s}
            scrape_configs:
              - job_name: vedette
                static_configs: [{targets: ["127.0.0.1:%d"]}]
            """
                .formatted(server));
    return new ProcessBuilder(
            program.toString(),
            "--config.file=" + config,
            "--storage.tsdb.path=" + folder.resolve("data"),
            "--web.listen-address=127.0.0.1:" + port)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("prometheus.log").toFile())
        .start();
  }

  /** The value {@code query} has, or NaN while it has none. */
  private double value(int port, String query) throws IOException, InterruptedException {
    String text = URLEncoder.encode(query, StandardCharsets.UTF_8);
    URI uri = URI.create("http://127.0.0.1:" + port + "/api/v1/query?query=" + text);
    try {
      var response = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      JsonNode answer = JsonMapper.shared().readTree(response.body());
      JsonNode found = answer.at("/data/result/0/value/1");
      return found.isMissingNode() ? Double.NaN : Double.parseDouble(found.asString());
    } catch (IOException notUpYet) {
      return Double.NaN;
    }
  }

  @Test
  void theLatencyIsScrapedAndAnswersAQuery() throws Exception {
    Path program = program();
    try (Running running = new Running(folder)) {
      running.create(Shop.yaml("shop"));
      int port = freePort();
      Process prometheus = start(program, port, running.server.port());
      try {
        double p95 = Double.NaN;
        int sent = 0;
        while (Double.isNaN(p95)) {
          assertThat(prometheus.isAlive()).as(() -> log(folder.resolve("prometheus.log"))).isTrue();
          for (int i = 0; i < 20; i++, sent += 5) {
            running.send("shop", Shop.array(sent, sent + 5));
          }
          Thread.sleep(100);
          p95 = value(port, P95);
        }
        assertThat(p95).isBetween(0.0, 10.0);
        assertThat(value(port, "up{job=\"vedette\"}")).isEqualTo(1);
        assertThat(value(port, "vedette_events_total{handling=\"judged\"}"))
            .isBetween(1.0, (double) sent);
      } finally {
        prometheus.destroy();
        if (!prometheus.waitFor(10, TimeUnit.SECONDS)) {
          prometheus.destroyForcibly().waitFor();
        }
      }
    } finally {
      client.close();
    }
  }

  private static String log(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
