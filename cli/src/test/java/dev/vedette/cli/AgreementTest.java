package dev.vedette.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.vedette.Detectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** All ways to show findings show the same ones. */
class AgreementTest {
  @TempDir Path folder = Path.of("");

  @BeforeEach
  void sample() {
    run("sample --rows 2000 payments.csv");
  }

  private Run run(String line) {
    Run run = Run.of(Run.split(line, folder));
    assertThat(run.code()).as(line + "\n" + run.err()).isZero();
    return run;
  }

  private static JsonNode json(String text) {
    return new ObjectMapper().readTree(text);
  }

  private List<NamedCsvRecord> csv(String name) throws IOException {
    try (var csv = CsvReader.builder().ofNamedCsvRecord(folder.resolve(name))) {
      return csv.stream().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bagged-neighbor", "iforest", "knn", "lof", "pca"})
  void jsonCsvHtmlAndTextOfDetect(String name) throws IOException {
    String options = Detectors.standard().text(Detectors.standard().parse(name));
    String line = "detect payments.csv --label label --ignore kind --top 12 --detector " + name;
    JsonNode json = json(run(line + " --json --out scored.csv --report report.html").out());
    String text = run(line).out();
    List<NamedCsvRecord> rows = csv("scored.csv");
    String html = Files.readString(folder.resolve("report.html"));

    assertThat(json.get("rows").asInt()).isEqualTo(rows.size()).isEqualTo(2000);
    assertThat(json.get("detector").asString()).isEqualTo(options);
    int flagged = json.get("flagged").asInt();
    assertThat(rows.stream().filter(row -> row.getField("flagged").equals("1")).count())
        .isEqualTo(flagged)
        .isPositive();
    assertThat(text).containsPattern("(?m)^flagged    " + flagged + " of 2,000 rows");
    double cut = json.get("threshold").get("cut").asDouble();
    assertThat(rows)
        .allSatisfy(
            row ->
                assertThat(row.getField("flagged").equals("1"))
                    .isEqualTo(Double.parseDouble(row.getField("score")) > cut));

    List<Integer> best =
        IntStream.range(0, rows.size())
            .boxed()
            .sorted(
                Comparator.comparingDouble(i -> -Double.parseDouble(rows.get(i).getField("score"))))
            .limit(12)
            .toList();
    var printed = text.lines().filter(l -> l.matches(" *\\d+ +\\d+[! ].*")).toList();
    assertThat(printed).hasSize(12);
    assertThat(json.get("anomalies").size()).isEqualTo(12);
    for (int i = 0; i < 12; i++) {
      JsonNode anomaly = json.get("anomalies").get(i);
      NamedCsvRecord row = rows.get(best.get(i));
      assertThat(anomaly.get("row").asInt()).isEqualTo(best.get(i) + 1);
      assertThat(anomaly.get("score").asDouble())
          .isEqualTo(Double.parseDouble(row.getField("score")));
      assertThat(anomaly.get("label").asBoolean()).isEqualTo(row.getField("label").equals("1"));
      assertThat(printed.get(i).strip()).startsWith(best.get(i) + 1 + " ");
      assertThat(printed.get(i)).endsWith(anomaly.get("reason").asString());
      if (anomaly.get("flagged").asBoolean()) {
        assertThat(row.getField("reason")).isEqualTo(anomaly.get("reason").asString());
        assertThat(printed.get(i)).contains("!");
      }
      assertThat(html).contains(Console.text("<h3>Row %,d<", best.get(i) + 1));
    }
    assertThat(html).contains(options);
    JsonNode auc = json.get("evaluation").get("roc_auc").get("value");
    String four = String.format(java.util.Locale.ROOT, "%.4f", auc.asDouble());
    assertThat(text).containsPattern("ROC AUC +" + four);
    assertThat(html).contains(four);
    JsonNode confusion = json.get("evaluation").get("confusion");
    assertThat(confusion.get("true_positives").asInt() + confusion.get("false_positives").asInt())
        .isEqualTo(flagged);
  }

  @Test
  void aRowHasOneScoreHoweverItComes() throws IOException {
    run("sample --rows 300 --seed 5 today.csv");
    run("fit payments.csv --model payments.vedette --label label --ignore kind");
    run("score payments.vedette today.csv --out scored.csv");
    List<NamedCsvRecord> scored = csv("scored.csv");
    List<String> lines = Files.readAllLines(folder.resolve("today.csv"));
    String model = folder.resolve("payments.vedette").toString();

    String out = run("score payments.vedette today.csv").out();
    assertThat(out).isEqualTo(Files.readString(folder.resolve("scored.csv")));
    String text = lines.stream().collect(joining("\n", "", "\n"));
    assertThat(Run.reading(text, "score", model, "-").out()).isEqualTo(out);

    List<String> json = run("score payments.vedette today.csv --json").out().lines().toList();
    assertThat(json).hasSize(300);
    var flagged = new ArrayList<Integer>();
    for (int i = 0; i < 300; i++) {
      JsonNode row = json(json.get(i));
      assertThat(row.get("row").asInt()).isEqualTo(i + 1);
      assertThat(row.get("line").asInt()).isEqualTo(i + 2);
      assertThat(row.get("score").asDouble())
          .isEqualTo(Double.parseDouble(scored.get(i).getField("score")));
      if (row.get("flagged").asBoolean()) {
        flagged.add(i + 1);
        assertThat(scored.get(i).getField("reason")).isEqualTo(row.get("reason").asString());
      }
      if (i % 50 == 0) {
        String alone = lines.getFirst() + "\n" + lines.get(i + 1) + "\n";
        JsonNode one = json(Run.reading(alone, "score", model, "-", "--json").out());
        assertThat(one.get("score").asDouble()).isEqualTo(row.get("score").asDouble());
        JsonNode why =
            json(run("explain payments.vedette today.csv --json --row " + (i + 1)).out());
        assertThat(why.get("score").asDouble()).isEqualTo(row.get("score").asDouble());
        assertThat(why.get("p_value").asDouble()).isEqualTo(row.get("p_value").asDouble());
      }
    }
    assertThat(flagged).isNotEmpty();
    List<Integer> only =
        run("score payments.vedette today.csv --json --flagged")
            .out()
            .lines()
            .map(line -> json(line).get("row").asInt())
            .toList();
    assertThat(only).isEqualTo(flagged);
  }

  @Test
  void scoredRowsKeepTheirCells() throws IOException {
    String rows =
        IntStream.range(0, 150)
            .mapToObj(i -> i + ".50,\" a,\"\"b\"\"\n " + i % 3 + "\", é ,=1+1,00" + i % 7 + "\n")
            .collect(joining());
    Path file = Files.writeString(folder.resolve("odd.csv"), "n,text,blank,score,zeros\n" + rows);
    run("detect odd.csv --out scored.csv");
    List<NamedCsvRecord> scored = csv("scored.csv");
    List<NamedCsvRecord> given = csv("odd.csv");
    assertThat(scored).hasSameSizeAs(given);
    for (int i = 0; i < given.size(); i++) {
      assertThat(scored.get(i).getFields().subList(0, 5)).isEqualTo(given.get(i).getFields());
    }
    assertThat(scored.getFirst().getHeader().subList(5, 10))
        .containsExactly(
            "vedette_score",
            "vedette_p_value",
            "vedette_severity",
            "vedette_flagged",
            "vedette_reason");
    run("detect scored.csv --ignore vedette_reason --out again.csv");
    assertThat(csv("again.csv").getFirst().getHeader()).doesNotHaveDuplicates().hasSize(15);
    assertThat(Files.readString(file)).startsWith("n,text");
  }

  @Test
  void jsonOfEveryCommandThatHasIt() throws IOException {
    Files.writeString(folder.resolve("shop.yaml"), ReplayTest.SHOP);
    run("fit payments.csv --model payments.vedette --label label --ignore kind");
    run("sample --series --rows 600 load.csv");
    for (String line :
        List.of(
            "detect payments.csv",
            "detect load.csv",
            "forecast load.csv --value requests --points 5",
            "detect --sample --top 0",
            "score payments.vedette payments.csv --flagged",
            "explain payments.vedette payments.csv --row 17,42",
            "evaluate payments.csv --label label --ignore kind",
            "evaluate payments.csv --label label --ignore kind --detector zscore --folds 3",
            "compare payments.csv --label label --ignore kind --detectors zscore",
            "detectors",
            "replay shop.yaml payments.csv --truth label")) {
      Run run = run(line + " --json");
      assertThat(run.out().lines()).isNotEmpty().allSatisfy(l -> assertThat(json(l)).isNotEmpty());
    }
    long withJson =
        Run.commands().stream()
            .filter(c -> c.getCommandSpec().optionsMap().containsKey("--json"))
            .count();
    assertThat(withJson).isEqualTo(8);
  }

  @Test
  void evaluateAModelOrATableGivesTheSame() {
    run("sample --rows 1000 --seed 3 today.csv");
    run("fit payments.csv --model payments.vedette --label label --ignore kind");
    String options = " --label label --ignore kind --json";
    JsonNode model = json(run("evaluate today.csv --model payments.vedette" + options).out());
    JsonNode train = json(run("evaluate today.csv --train payments.csv" + options).out());
    assertThat(model.get("evaluation")).isEqualTo(train.get("evaluation"));
    assertThat(model.get("anomalies")).isEqualTo(train.get("anomalies"));
    assertThat(model.get("training_rows").asInt()).isEqualTo(2000);
  }
}
