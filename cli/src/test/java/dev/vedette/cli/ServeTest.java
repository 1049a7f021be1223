package dev.vedette.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How servers start and end on the command line. */
@Timeout(120)
final class ServeTest {
  @TempDir Path folder = Path.of("");

  private void refused(int code, String message, String... arguments) {
    Run run = Run.of(arguments);
    assertThat(run.err()).contains(message);
    assertThat(run.code()).isEqualTo(code);
    assertThat(run.err().lines().filter(one -> !one.startsWith("Try "))).hasSize(1);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void aPortThatIsTakenIsOneLine() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      String line = "vedette: port " + port + " is taken; choose another with --";
      String here = folder.toString();
      refused(
          3,
          line + "port (0: a free one)",
          "serve",
          "--folder",
          here,
          "--port",
          port,
          "--grpc-port",
          "0");
      refused(
          3,
          line + "grpc-port (0: a free one)",
          "demo",
          "--folder",
          here,
          "--port",
          "0",
          "--grpc-port",
          port);
    }
  }

  @Test
  void aPipelineThatCannotRunNamesItsFile() throws IOException {
    String secret = "alerts: {to: [webhook https://h/x secret=env:NO_SUCH_SECRET]}\n";
    String file = file("shop.yaml", ReplayTest.SHOP + secret);
    refused(
        3,
        file + ": sink webhook: the environment variable NO_SUCH_SECRET is not set",
        "serve",
        file,
        "--folder",
        folder.toString(),
        "--port",
        "0",
        "--grpc-port",
        "0");
    String written = file("written.yaml", ReplayTest.SHOP + secret.replace("env:", ""));
    refused(3, written + ": alerts.to: sink webhook: secret is written out", "serve", written);
    String wrong = file("wrong.yaml", ReplayTest.SHOP.replace("iforest", "forest"));
    refused(3, wrong + ": detectors", "serve", wrong);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          serve --create-key root           | 2 | 'root' is no role; write ingest, analyst or admin
          serve --port abc                  | 2 | 'abc' is not a whole number
          serve --port 99999999999          | 2 | '99999999999' is too large
          serve --settings none.yaml        | 3 | none.yaml does not exist
          serve --folder afile.x            | 3 | afile.x is a file; name a folder
          demo --seconds -1                 | 2 | --seconds
          demo --seconds 0                  | 2 | --seconds
          """)
  void optionsThatAreWrong(String line, int code, String message) throws IOException {
    file("afile.x", "");
    refused(code, message, Run.split(line, folder));
  }

  @Test
  void theHistoryOfADemoIsOneLine() {
    Run run =
        Run.of(
            "demo",
            "--history",
            "5000",
            "--seconds",
            "12",
            "--rate",
            "1",
            "--port",
            "0",
            "--grpc-port",
            "0",
            "--seed",
            "7");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err())
        .containsPattern(
            "(?s)Open http://localhost:\\d+;.*played 5,000 payments, \\d+ alerts\\R"
                + "Open http://localhost:\\d+; end with Ctrl-C");
    assertThat(run.out().lines().filter(line -> line.contains(" payments "))).hasSizeLessThan(10);
  }

  private Process start(String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.io.tmpdir=" + folder);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Vedette.class.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).start();
  }

  private static String awaitLine(BufferedReader reader, String part) throws IOException {
    String line = reader.readLine();
    while (line != null && !line.contains(part)) {
      line = reader.readLine();
    }
    assertThat(line).isNotNull();
    return line;
  }

  @Test
  void aDemoThatIsStoppedLeavesNothingBehind() throws Exception {
    Process demo = start("demo", "--history", "5000", "--port", "0", "--grpc-port", "0");
    try (var err = demo.errorReader(StandardCharsets.UTF_8)) {
      awaitLine(err, "played");
      assertThat(left()).isNotEmpty();
      demo.toHandle().destroy();
      assertThat(demo.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      demo.destroyForcibly();
    }
    assertThat(left()).isEmpty();
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().contains("vedette-demo")).toList();
    }
  }

  @Test
  void theLogOfAServerIsForMachines() throws Exception {
    String file = file("shop.yaml", ReplayTest.SHOP);
    Process server =
        start("serve", file, "--folder", folder + "/data", "--port", "0", "--grpc-port", "0");
    try (var err = server.errorReader(StandardCharsets.UTF_8)) {
      String line = awaitLine(err, "Listening on");
      assertThat(line).startsWith("{").contains("dashboard http://localhost:");
      server.toHandle().destroy();
      assertThat(err.lines()).allMatch(one -> one.startsWith("{"));
      assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      server.destroyForcibly();
    }
  }
}
