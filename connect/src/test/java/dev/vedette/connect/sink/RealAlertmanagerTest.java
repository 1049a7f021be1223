package dev.vedette.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vedette.pipeline.alert.Alert;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Against the Alertmanager of the Debian package {@code prometheus-alertmanager}. */
class RealAlertmanagerTest {
  @TempDir Path folder;

  private static Optional<Path> program() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(File.pathSeparator))
        .flatMap(
            at -> Stream.of("prometheus-alertmanager", "alertmanager").map(Path.of(at)::resolve))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static List<String> active(HttpClient client, String address) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(address + "/api/v2/alerts?active=true")).build();
    var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    var active = new ArrayList<String>();
    for (JsonNode alert : JsonMapper.shared().readTree(answer.body())) {
      active.add(
          alert.get("labels").get("group").stringValue()
              + " "
              + alert.get("labels").get("severity").stringValue());
    }
    return active.stream().sorted().toList();
  }

  @Test
  void alertsOpenGetWorseAndClose() throws Exception {
    Optional<Path> program = program();
    assumeTrue(program.isPresent(), "no Alertmanager: apt-get install prometheus-alertmanager");
    Path config = folder.resolve("alertmanager.yml");
    Files.writeString(config, "route: {receiver: none}\nreceivers: [{name: none}]\n");
    String address = "127.0.0.1:" + freePort();
    Process process =
        new ProcessBuilder(
                program.orElseThrow().toString(),
                "--config.file=" + config,
                "--storage.path=" + folder.resolve("data"),
                "--web.listen-address=" + address,
                "--cluster.listen-address=")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    try (HttpClient client = HttpClient.newHttpClient()) {
      String url = "http://" + address;
      awaitReady(client, url, process);
      var sinks = new Sinks(folder, Map.<String, String>of()::get, InstantSource.system());
      try (Sink sink = sinks.parse("alertmanager " + url)) {
        sink.send(Some.alert("a", 1, Alert.State.OPENED, 1, 50));
        sink.send(Some.alert("b \"\n\u0000é", 2, Alert.State.OPENED, 1, 90));
        assertThat(active(client, url)).containsExactly("a info", "b \"\n\u0000é critical");
        sink.send(Some.alert("a", 1, Alert.State.UPDATED, 2, 70));
        assertThat(active(client, url)).contains("a warning").doesNotContain("a info");
        sink.send(Some.alert("a", 1, Alert.State.CLOSED, 3, 70));
        assertThat(active(client, url)).containsExactly("b \"\n\u0000é critical");
        sink.send(Some.hostile());
        assertThat(active(client, url)).hasSize(2);
      }
    } finally {
      process.destroy();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }

  private void awaitReady(HttpClient client, String url, Process process) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(url + "/-/ready")).build();
    for (int i = 0; i < 200 && process.isAlive(); i++) {
      try {
        if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // Not there yet.
      }
      Thread.sleep(100);
    }
    throw new AssertionError("no Alertmanager: " + Files.readString(folder.resolve("log")));
  }
}
