package dev.vedette.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vedette.Detectors;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exit codes, notices and what a person at a terminal sees. */
class ConsoleTest {
  @TempDir Path folder = Path.of("");

  private Run command(String line) {
    return Run.of(Run.split(line, folder));
  }

  @Test
  void quietUnlessOnATerminal() {
    Run piped = Run.of("detect", "--sample", "--detector", "zscore");
    assertThat(piped.err()).isEmpty();
    Run watched = Run.onTerminal("detect", "--sample", "--detector", "zscore");
    assertThat(watched.err()).contains("reading ...", "fitting ...", "scoring ...");
    assertThat(watched.err()).endsWith("\r\u001b[K").doesNotContain("\n");
    assertThat(watched.out()).isEqualTo(piped.out());
  }

  @Test
  void progressOfScoringAndNotices() {
    command("sample --rows 300 payments.csv");
    command("fit payments.csv --model payments.vedette");
    Run piped = command("score payments.vedette payments.csv");
    assertThat(piped.err()).matches("300 rows scored, \\d+ flagged\\R");
    Run watched = Run.onTerminal(Run.split("score payments.vedette payments.csv", folder));
    assertThat(watched.err()).startsWith("\r\u001b[K300 rows scored, ").endsWith(piped.err());
    assertThat(watched.out()).isEqualTo(piped.out());
  }

  @Test
  void anomaliesAreAnExitCodeOnRequest() {
    command("sample --rows 300 payments.csv");
    command("fit payments.csv --model payments.vedette --label label --ignore kind");
    assertThat(command("detect payments.csv --fail-on-anomaly").code()).isEqualTo(4);
    assertThat(command("detect payments.csv").code()).isZero();
    assertThat(command("detect payments.csv --fail-on-anomaly --threshold quantile=1").code())
        .isZero();
    assertThat(command("score payments.vedette payments.csv --fail-on-anomaly").code())
        .isEqualTo(4);
  }

  @Test
  void badRowsAreCountedAndPutAside() throws IOException {
    command("sample --rows 300 payments.csv");
    Path file = folder.resolve("payments.csv");
    Files.writeString(file, Files.readString(file) + "1,2,3\r\n");
    Run run = command("detect payments.csv --skip-bad-rows --bad-rows bad.csv --out scored.csv");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("note       1 of 301 rows could not be read and were left out");
    assertThat(Files.readAllLines(folder.resolve("bad.csv"))).hasSize(2);
    assertThat(Files.readAllLines(folder.resolve("bad.csv")).getLast())
        .startsWith("302,\"3 fields, the header has 11\",1,2,3");
    assertThat(Files.readAllLines(folder.resolve("scored.csv"))).hasSize(301);
    Run fit = command("fit payments.csv --skip-bad-rows --model payments.vedette");
    assertThat(fit.err()).isEqualToIgnoringNewLines("left out 1 rows that could not be read");
  }

  private static List<Detectors.Entry> fitted() {
    var fitted = new ArrayList<>(Detectors.standard().entries());
    fitted.addAll(Detectors.standard().labelledEntries());
    return fitted;
  }

  @Test
  void everyDetectorIsListed() {
    String text = Run.of("detectors").out();
    String json = Run.of("detectors", "--json").out();
    assertThat(fitted())
        .allSatisfy(
            entry -> {
              assertThat(text).contains(Console.text("%-16s %s%n", entry.name(), entry.summary()));
              assertThat(json).contains("{\"name\":\"" + entry.name() + "\"");
            });
    assertThat(Detectors.standard().onlineEntries())
        .allSatisfy(
            entry -> {
              assertThat(text).contains(Console.text("%-16s %s%n", entry.name(), entry.summary()));
              assertThat(json).contains("{\"name\":\"" + entry.name() + "\"");
            });
    assertThat(Detectors.standard().seriesEntries())
        .allSatisfy(
            entry -> {
              assertThat(text).contains(Console.text("%-16s %s%n", entry.name(), entry.summary()));
              assertThat(json).contains("{\"name\":\"" + entry.name() + "\"");
            });
    assertThat(text).contains("\nIn pipelines also", "\nOf series;");
    assertThat(json.lines())
        .hasSize(
            fitted().size()
                + Detectors.standard().onlineEntries().size()
                + Detectors.standard().seriesEntries().size());
  }

  @ParameterizedTest
  @CsvSource({
    "Broken pipe, 0, ''",
    "No space left on device, 3, vedette: the output could not be written"
  })
  void aReaderThatLeavesIsNoFailure(String failure, int code, String told) {
    var full =
        new OutputStream() {
          @Override
          public void write(int one) throws IOException {
            throw new IOException(failure);
          }
        };
    var err = new StringWriter();
    var console =
        new Console(
            new StandardOutput(full), new PrintWriter(err, true), false, InstantSource.system());
    assertThat(Vedette.run(console, "sample")).isEqualTo(code);
    assertThat(err.toString().strip()).isEqualTo(told);
  }

  @Test
  void theLocaleDoesNotMatter() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      String german = Run.of("detect", "--sample", "--detector", "zscore").out();
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(Run.of("detect", "--sample", "--detector", "zscore").out()).isEqualTo(german);
      assertThat(german).contains("5,000 rows");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void dataCannotSteerTheTerminal() throws IOException {
    var text = new StringBuilder("a,\"b\u001b[2J\nc\"\n");
    for (int i = 0; i < 200; i++) {
      text.append(i % 10).append(i == 77 ? ",\"\u001b[31mred\nvedette: done\"\n" : ",x\n");
    }
    Files.writeString(folder.resolve("steer.csv"), text);
    Run run = command("detect steer.csv --top 3 --categories rarity --out scored.csv");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).doesNotContain("\u001b").contains("[31mred vedette: done");
    assertThat(Files.readString(folder.resolve("scored.csv"))).contains("\u001b[31mred\nvedette");
  }

  @Test
  void longValuesAreShortened() throws IOException {
    var text = new StringBuilder("a,b\n");
    for (int i = 0; i < 200; i++) {
      text.append(i % 10).append(i == 77 ? "," + "y".repeat(50_000) + "\n" : ",x\n");
    }
    Files.writeString(folder.resolve("long.csv"), text);
    Run run = command("detect long.csv --top 1");
    assertThat(run.out()).contains("yyy...").hasSizeLessThan(2_000);
    command("fit long.csv --model long.vedette");
    Run why = command("explain long.vedette long.csv --row 78");
    assertThat(why.code()).isZero();
    assertThat(why.out()).contains("yyy...").hasSizeLessThan(2_000);
  }
}
