package dev.vedette.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From a table to a model that answers, with nothing but commands. */
@Timeout(120)
final class ServeModelTest {
  private static final Pattern PORT = Pattern.compile("port (\\d+), gRPC");

  @TempDir Path folder = Path.of("");

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private void fit() {
    assertThat(Run.of("sample", at("payments.csv")).code()).isZero();
    Run fitted =
        Run.of(
            "fit",
            at("payments.csv"),
            "--label",
            "label",
            "--ignore",
            "kind",
            "--detector",
            "iforest trees=20",
            "--model",
            at("payments.vedette"));
    assertThat(fitted.code()).as(fitted.err()).isZero();
  }

  private Process start(String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Vedette.class.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).start();
  }

  private static String port(BufferedReader log) throws IOException {
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      Matcher found = PORT.matcher(line);
      if (found.find()) {
        return found.group(1);
      }
    }
    throw new AssertionError("the server did not start");
  }

  @Test
  void aFittedModelAnswersAsTheCommandScores() throws Exception {
    fit();
    Run scored = Run.of("score", at("payments.vedette"), at("payments.csv"), "--json");
    Pattern score = Pattern.compile("\"score\":([^,]+),");
    List<String> wanted =
        scored.out().lines().map(line -> first(score, line)).limit(1_000).toList();
    List<String> rows = Files.readAllLines(folder.resolve("payments.csv"));
    String body = String.join("\n", rows.subList(0, 1_001));
    Process server =
        start(
            "serve",
            at("payments.vedette"),
            "--folder",
            at("data"),
            "--port",
            "0",
            "--grpc-port",
            "0");
    try (var log = server.errorReader(StandardCharsets.UTF_8);
        HttpClient client = HttpClient.newHttpClient()) {
      URI to = URI.create("http://127.0.0.1:" + port(log) + "/invocations");
      HttpRequest request =
          HttpRequest.newBuilder(to)
              .header("Content-Type", "text/csv")
              .header("Accept", "application/jsonlines")
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      List<String> answers = client.send(request, BodyHandlers.ofLines()).body().toList();
      assertThat(answers.stream().map(line -> first(score, line)))
          .containsExactlyElementsOf(wanted);
      server.toHandle().destroy();
      log.lines().forEach(line -> {});
      assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      server.destroyForcibly();
    }
  }

  private static String first(Pattern pattern, String line) {
    Matcher found = pattern.matcher(line);
    assertThat(found.find()).as(line).isTrue();
    return found.group(1);
  }

  private void refused(String message, String... arguments) {
    Run run = Run.of(arguments);
    assertThat(run.err()).contains(message);
    assertThat(run.code()).isEqualTo(3);
    assertThat(run.err().lines()).hasSize(1);
  }

  @Test
  void whatIsNoModelDoesNotStart() throws IOException {
    fit();
    String[] ports = {"--port", "0", "--grpc-port", "0", "--folder", at("data")};
    byte[] bytes = Files.readAllBytes(folder.resolve("payments.vedette"));
    bytes[bytes.length - 1] ^= 1;
    Files.write(folder.resolve("bad.vedette"), bytes);
    Files.write(folder.resolve("unnamed"), bytes);
    refused(
        at("bad.vedette") + " cannot be used: its checksum is wrong",
        serve(at("bad.vedette"), ports));
    refused(at("unnamed") + " cannot be used: its checksum is wrong", serve(at("unnamed"), ports));
    refused("there is no file " + at("none.vedette"), serve(at("none.vedette"), ports));
    refused(at("none.yaml") + " does not exist", serve(at("none.yaml"), ports));
    Files.delete(folder.resolve("bad.vedette"));
    refused(
        "are both model payments", serve(folder.toString(), with(ports, at("payments.vedette"))));
  }

  private static String[] with(String[] some, String more) {
    String[] all = Arrays.copyOf(some, some.length + 1);
    all[some.length] = more;
    return all;
  }

  private static String[] serve(String file, String... more) {
    var all = new ArrayList<>(List.of("serve", file));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
