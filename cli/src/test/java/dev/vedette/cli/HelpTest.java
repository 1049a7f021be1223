package dev.vedette.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the help says is true. */
class HelpTest {
  @TempDir Path folder = Path.of("");

  @Test
  void everyExampleRuns() throws IOException {
    var examples = new ArrayList<String>();
    for (CommandLine command : Run.commands()) {
      List<String> own =
          Stream.of(command.getCommandSpec().usageMessage().footer())
              .filter(line -> line.startsWith("  vedette "))
              .toList();
      if (!command.getCommandName().equals("generate-completion")) {
        assertThat(own).as(command.getCommandName()).isNotEmpty();
      }
      examples.addAll(own);
    }
    assertThat(examples).hasSizeGreaterThanOrEqualTo(18);
    run("  vedette sample payments.csv");
    run("  vedette sample --seed 2 --rows 1000 today.csv");
    run("  vedette sample --series load.csv");
    Files.writeString(folder.resolve("hosts.csv"), hosts());
    run("  vedette fit payments.csv --model payments.vedette --label label --ignore kind");
    Files.writeString(folder.resolve("payments.yaml"), ReplayTest.SHOP);
    Files.copy(folder.resolve("payments.csv"), folder.resolve("events.csv"));
    examples.stream()
        // It would listen on a fixed port, or at a database of a name, until it is interrupted.
        .filter(example -> !example.matches(".*vedette serve .*(yaml|\\.vedette).*"))
        .filter(example -> !example.contains(" import ")) // needs a file of another program
        .map(example -> example.replace("--create-key", "--folder keys.x --create-key"))
        .map(example -> example.replace("--truth fraud", "--truth label"))
        .map(HelpTest::brief)
        .forEach(this::run);
  }

  /** Two hosts, each a series of 60 hours. */
  private static String hosts() {
    var text = new StringBuilder("at,host,cpu\n");
    for (int hour = 0; hour < 60; hour++) {
      String at = "2026-03-%02dT%02d:00".formatted(1 + hour / 24, hour % 24);
      text.append("%s,a,%d%n%s,b,%d%n".formatted(at, 20 + hour % 7, at, 50 + hour % 5));
    }
    return text.toString();
  }

  /** A demo for a moment, on free ports; a comparison of a few detectors instead of all. */
  private static String brief(String example) {
    if (example.contains(" compare ") && !example.contains("--detectors")) {
      return example + " --detectors zscore,pca";
    }
    return example.contains(" demo")
        ? "  vedette demo --seconds 3 --history 1000 --port 0 --grpc-port 0"
        : example;
  }

  private void run(String example) {
    String[] words = Run.split(example.replaceFirst(" *vedette ", ""), folder);
    Run run = Run.of(words);
    assertThat(run.code()).as(example + "\n" + run.err()).isZero();
  }

  @Test
  void examplesFitOnALineAndEveryOptionIsDescribed() {
    for (CommandLine command : Run.commands()) {
      assertThat(command.getCommandSpec().usageMessage().footer())
          .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(80));
      assertThat(command.getCommandSpec().options())
          .allSatisfy(option -> assertThat(option.description()).isNotEmpty());
      Run help = Run.of(command.getParent() == null ? "" : command.getCommandName(), "--help");
      if (command.getParent() != null) {
        assertThat(help.code()).isZero();
        assertThat(help.out()).startsWith("Usage: vedette " + command.getCommandName());
      }
    }
    assertThat(Run.of("--help").out()).contains("Exit codes:", "VEDETTE_DEBUG", "  3   data");
  }

  @Test
  void withoutArgumentsItSaysHow() {
    Run run = Run.of();
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("Usage: vedette");
  }

  @Test
  void completionIsAShellScript() throws IOException, InterruptedException {
    Run run = Run.of("generate-completion");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("complete", "detect", "--threshold");
    Process bash;
    try {
      bash = new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
    } catch (IOException e) {
      org.junit.jupiter.api.Assumptions.abort("no bash here");
      throw e;
    }
    try (var script = bash.getOutputStream()) {
      script.write(run.out().getBytes(StandardCharsets.UTF_8));
    }
    String complaints = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(complaints).isZero();
    assertThat(complaints).isEmpty();
  }

  @Test
  void version() {
    assertThat(Run.of("--version").out()).matches("vedette \\d+\\.\\d+\\.\\d+\\S*\\R");
  }
}
