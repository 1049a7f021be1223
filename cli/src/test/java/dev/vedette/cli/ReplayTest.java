package dev.vedette.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayTest {
  static final String SHOP =
      """
      name: shop
      event: {key: merchant_type, time: time, ahead: 36500d, lateness: 3650d}
      features: [amount, fee, distance_km, category: country]
      detectors: [streaming-tails, iforest]
      """;

  @TempDir Path folder = Path.of("");

  @BeforeEach
  void sample() throws IOException {
    Files.writeString(folder.resolve("shop.yaml"), SHOP);
    run("sample --rows 2000 payments.csv");
  }

  private Run run(String line) {
    return Run.of(Run.split(line, folder));
  }

  @Test
  void tellsWhatItFoundAndHowGoodThatIs() throws IOException {
    Run run = run("replay shop.yaml payments.csv --truth label --decisions decisions.jsonl");

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("2,000 events in ", " flagged, ", "against the truth: precision ")
        .contains("all decisions: ");
    List<String> decisions = Files.readAllLines(folder.resolve("decisions.jsonl"));
    assertThat(decisions).hasSize(2_000);
    assertThat(decisions.getLast()).startsWith("{\"number\":2000,").doesNotContain("label");
  }

  @Test
  void twiceIsTheSame() throws IOException {
    run("replay shop.yaml payments.csv --decisions one.jsonl");
    run("replay shop.yaml payments.csv --decisions two.jsonl");

    assertThat(folder.resolve("one.jsonl")).hasSameTextualContentAs(folder.resolve("two.jsonl"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          replay none.yaml payments.csv          | none.yaml does not exist
          replay shop.yaml none.csv              | none.csv does not exist
          replay shop.yaml .                     | is a folder
          replay payments.csv payments.csv       | payments.csv: the pipeline file
          replay nothing.yaml payments.csv       | nothing.yaml is empty
          replay secret.yaml payments.csv        | secret.yaml: alerts.to: sink webhook: secret is written out
          replay shop.yaml payments.csv --truth nofield | no event has a value in the field 'nofield'
          replay untimed.yaml payments.csv       | names no time of its events
          replay shop.yaml keyless.csv           | keyless.csv line 2: field 'merchant_type' is missing
          replay shop.yaml ragged.csv            | ragged.csv
          replay shop.yaml broken.jsonl          | broken.jsonl line 1 is not a JSON object
          replay shop.yaml payments.csv --decisions payments.csv | payments.csv
          """)
  void badInputIsToldInOneLine(String line, String message) throws IOException {
    Files.writeString(
        folder.resolve("untimed.yaml"), "name: u\nevent: {key: k}\nfeatures: [amount]\n");
    Files.writeString(folder.resolve("nothing.yaml"), "\n");
    Files.writeString(
        folder.resolve("secret.yaml"), SHOP + "alerts: {to: [webhook https://h/x secret=abc]}\n");
    Files.writeString(folder.resolve("keyless.csv"), "time,amount\n2026-01-01T00:00:00Z,1\n");
    Files.writeString(folder.resolve("ragged.csv"), "time,merchant_type\n2026-01-01T00:00:00Z\n");
    Files.writeString(folder.resolve("broken.jsonl"), "{\"time\": \n");

    Run run = run(line);

    assertThat(run.code()).isIn(Vedette.USAGE, Vedette.DATA);
    assertThat(run.err()).startsWith("vedette: ").contains(message);
    assertThat(run.err().lines().filter(one -> !one.startsWith("Try "))).hasSize(1);
  }
}
