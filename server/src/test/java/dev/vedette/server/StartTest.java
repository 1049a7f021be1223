package dev.vedette.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vedette.DataException;
import dev.vedette.server.azure.AzureSettings;
import dev.vedette.server.azure.AzureSettings.Quota;
import dev.vedette.server.azure.AzureSettings.Sources;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server says and does before it runs. */
@Timeout(60)
final class StartTest {
  @TempDir private Path folder;

  private void refused(Settings settings, String message) {
    assertThatThrownBy(() -> Server.start(settings, Running.store(folder), InstantSource.system()))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("retention"));
    // Nor is the store left open.
    Running.store(folder).close();
  }

  @Test
  void portsThatAreTaken() throws Exception {
    Settings free = new Settings(folder).port(0).grpcPort(0);
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      refused(
          free.port(port),
          "port " + port + " is taken; choose another with --port (0: a free one)");
      refused(
          free.grpcPort(port),
          "port " + port + " is taken; choose another with --grpc-port (0: a free one)");
    }
  }

  @Test
  void filesThatAreNotThere() throws Exception {
    Path missing = folder.resolve("none.pem");
    Settings free = new Settings(folder).port(0).grpcPort(0);
    refused(free.tls(missing, missing), "tls.certificate: " + missing + " does not exist");
    Path file = Files.writeString(folder.resolve("afile"), "");
    refused(free.folder(file), "folder " + file + " is a file; name a folder");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          retention: 5      | : retention: 5 is not a duration; write one such as 30s, 10m, 12h or 30d
          retention: soon   | : retention: soon is not a duration; write one such as 30s, 10m
          'host: [a'        | is not YAML (line 1)
          port: x           | : port is not a whole number
          'azure: {points: 5}'  | : azure: points is 5; write 12 to 1000000
          'azure: {point: 5}'   | : there is no setting azure.point; there are [on, points
          'azure: {folders: x}' | : azure.folders is not a list
          'azure: {hosts: [1]}' | : azure.hosts is not a text
          'azure: {results: 1s}' | : azure: results is 1000; write 60000 to
          """)
  void settingsThatAreWrong(String yaml, String reason) throws Exception {
    Path file = Files.writeString(folder.resolve("settings.yaml"), yaml);
    assertThatThrownBy(() -> new Settings(folder).with(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(reason);
    Path none = folder.resolve("none.yaml");
    assertThatThrownBy(() -> new Settings(folder).with(none)).hasMessage(none + " does not exist");
  }

  @Test
  void howTheAzureServiceIsSetUp() throws Exception {
    String yaml =
        """
        azure: {on: false, points: 20000, queue: 5, folders: [data], hosts: ["A.example.org"], bytes: 4096,
          models: 7, trainings: 2, variables: 9, timestamps: 5000, results: 2d}
        """;
    Path file = Files.writeString(folder.resolve("settings.yaml"), yaml);
    assertThat(new Settings(folder).with(file).hosting().azure())
        .isEqualTo(
            new AzureSettings(
                false,
                20_000,
                5,
                new Sources(List.of(folder.resolve("data")), List.of("a.example.org"), 4096),
                new Quota(7, 2, 9, 5_000, Duration.ofDays(2))));
    Files.writeString(file, "port: 1");
    assertThat(new Settings(folder).with(file).hosting().azure()).isEqualTo(new AzureSettings());
  }

  @Test
  void readyOnlyWhenTheFirstPipelinesAreThere() {
    Settings free = new Settings(folder).port(0).grpcPort(0);
    try (Server server =
        Server.start(
            free,
            Running.store(folder),
            InstantSource.system(),
            live -> live.create(Shop.yaml("shop"), "test"))) {
      assertThat(server.live().find("shop")).isPresent();
      assertThat(server.address()).isEqualTo("http://localhost:" + server.port());
    }
    assertThatThrownBy(
            () ->
                Server.start(
                    free,
                    Running.store(folder),
                    InstantSource.system(),
                    live -> {
                      throw new DataException("no");
                    }))
        .hasMessage("no");
    Running.store(folder).close();
  }

  @Test
  void everyMetricIsDescribed() throws Exception {
    Settings free = new Settings(folder).port(0).grpcPort(0);
    try (Server server =
            Server.start(
                free,
                Running.store(folder),
                InstantSource.system(),
                live -> live.create(Shop.yaml("shop"), "test"));
        HttpClient client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(server.address() + "/metrics")).build();
      String metrics = client.send(request, BodyHandlers.ofString()).body();
      assertThat(metrics).contains("# HELP vedette_queue_depth events accepted and not yet kept");
      assertThat(Pattern.compile("(?m)^# HELP (vedette|http)\\S+ *$").matcher(metrics).find())
          .as(metrics)
          .isFalse();
    }
  }
}
