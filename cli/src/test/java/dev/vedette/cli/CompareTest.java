package dev.vedette.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vedette.Detectors;
import dev.vedette.data.BadRows;
import dev.vedette.data.Csv;
import dev.vedette.data.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class CompareTest {
  private static final List<String> SOME = List.of("bagged-neighbor", "iforest", "pca", "zscore");

  @TempDir Path folder = Path.of("");

  @BeforeEach
  void sample() {
    run("sample --rows 2000 payments.csv");
    run("sample --rows 1000 --seed 3 today.csv");
  }

  private Run run(String line) {
    Run run = Run.of(Run.split(line, folder));
    assertThat(run.code()).as(line + "\n" + run.err()).isZero();
    return run;
  }

  private JsonNode json(String line) {
    return new ObjectMapper().readTree(run(line + " --json").out());
  }

  @Test
  void theNumbersAreThoseOfEvaluate() {
    String rows = " today.csv --label label --ignore kind --train payments.csv";
    JsonNode compared =
        json("compare" + rows + " --detectors '" + String.join(",", SOME) + ", knn k=7'");
    assertThat(compared.get("rows").asInt()).isEqualTo(1000);
    assertThat(compared.get("anomalies").asInt()).isEqualTo(10);
    assertThat(compared.get("training_rows").asInt()).isEqualTo(2000);
    assertThat(compared.get("training_anomalies").asInt()).isEqualTo(20);
    assertThat(compared.get("failures")).isEmpty();
    assertThat(compared.get("results")).hasSize(5);
    double best = 1;
    for (JsonNode result : compared.get("results")) {
      String detector = result.get("detector").asString();
      JsonNode own = json("evaluate" + rows + " --detector '" + detector + "'").get("evaluation");
      JsonNode evaluation = result.get("evaluation");
      for (String measure : List.of("roc_auc", "average_precision")) {
        assertThat(evaluation.get(measure).get("value").asDouble())
            .as(detector + " " + measure)
            .isEqualTo(own.get(measure).get("value").asDouble());
      }
      assertThat(evaluation.get("accuracy").asDouble())
          .as("at least as good as at any other threshold")
          .isGreaterThanOrEqualTo(own.get("accuracy").asDouble());
      double auc = evaluation.get("roc_auc").get("value").asDouble();
      assertThat(auc).as("the best first").isLessThanOrEqualTo(best);
      best = auc;
      assertThat(result.get("fit_seconds").asDouble()).isPositive();
      assertThat(result.get("micros_per_row").asDouble()).isPositive();
      assertThat(result.get("model_bytes").asLong()).isPositive();
    }
  }

  @Test
  void theTableAndALineOfProgressEach() {
    Run run =
        run(
            "compare payments.csv --label label --ignore kind --detectors "
                + String.join(",", SOME));
    assertThat(run.out()).contains("600 rows judged by, 6 of them anomalies", "1,400 other rows");
    assertThat(run.out()).containsPattern("detector +AUC +AP +accuracy +precision +recall +F1 +F2");
    for (String name : SOME) {
      assertThat(run.out()).containsPattern("(?m)^" + name + " +[01]\\.\\d{4} +[01]\\.\\d{4} ");
      assertThat(run.err()).containsPattern("(?m)^  \\d of 4  " + name + " +AUC [01]\\.\\d{4}");
    }
    assertThat(run.err()).hasLineCount(4).doesNotContain("\u001b");
    Run watched =
        Run.onTerminal(
            Run.split("compare payments.csv --label label --detectors zscore,pca", folder));
    assertThat(watched.err()).contains("\u001b[K", "2 of 2  ");
    assertThat(watched.out()).doesNotContain("\u001b");
  }

  @Test
  void allIsTheCatalogueEachOnce() {
    List<String> all = Entrant.parse(List.of("all"), false).stream().map(Entrant::name).toList();
    var catalogue =
        new ArrayList<>(
            Detectors.standard().entries().stream().map(Detectors.Entry::name).toList());
    Detectors.standard().onlineEntries().forEach(each -> catalogue.add(each.name()));
    assertThat(all).isEqualTo(catalogue);
    assertThat(
            Entrant.parse(List.of("zscore", " all", "knn k=3", "zscore"), false).stream()
                .map(Entrant::name))
        .hasSize(catalogue.size() + 1)
        .startsWith("zscore")
        .endsWith("knn k=3")
        .doesNotHaveDuplicates();
  }

  @Test
  void onlineDetectorsLearnTheRowsInOrderAndNothingWhileJudging() {
    JsonNode first = json("compare today.csv --label label --detectors 'streaming-zscore,zscore'");
    JsonNode second = json("compare today.csv --label label --detectors streaming-zscore");
    assertThat(first.get("results")).hasSize(2);
    for (JsonNode result : first.get("results")) {
      if (result.get("name").asString().equals("streaming-zscore")) {
        assertThat(result.get("evaluation"))
            .isEqualTo(second.get("results").get(0).get("evaluation"));
      }
    }
  }

  @Test
  void whatCannotBeJudgedIsSaidAndTheOthersAreNotLost() throws IOException {
    StringBuilder rows = new StringBuilder("a,y\n");
    for (int i = 0; i < 12; i++) {
      rows.append(i * i).append(i % 4 == 0 ? ",1\n" : ",0\n");
    }
    Files.writeString(folder.resolve("few.csv"), rows);
    Run run = run("compare few.csv --label y --detectors 'zscore,knn k=20'");
    assertThat(run.out()).containsPattern("(?m)^zscore +[01]\\.");
    assertThat(run.out()).containsPattern("(?m)^no result  knn k=20: .*21 needed");
    JsonNode json = json("compare few.csv --label y --detectors 'zscore,knn k=20'");
    assertThat(json.get("results")).hasSize(1);
    assertThat(json.get("failures").get(0).get("name").asString()).isEqualTo("knn k=20");
    assertThat(json.get("failures").get(0).get("reason").asString()).contains("21 needed");
  }

  @Test
  void aDetectorThatTakesTooLongIsGivenUp() {
    String line =
        "compare today.csv --label label --limit 1e-9 --detectors zscore,half-space-trees";
    Run run = Run.of(Run.split(line, folder));
    assertThat(run.code()).isEqualTo(Vedette.DATA);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .hasLineCount(3)
        .contains("not finished after", "--limit gives it more", "no detector could be judged");
  }

  @Test
  void endedEarlyItTellsOfTheOthers() {
    var console =
        new Console(
            new PrintWriter(new StringWriter()),
            new PrintWriter(new StringWriter()),
            false,
            InstantSource.system());
    Table table = Csv.read(folder.resolve("today.csv"), "label");
    var facts =
        new Comparison.Facts(
            "today.csv",
            table,
            table,
            IntStream.rangeClosed(1, table.rows()).boxed().toList(),
            new BadRows(table.rows(), 0, List.of()));
    List<Entrant> entrants = Entrant.parse(List.of("zscore", "pca"), false);
    Comparison all = new Contest(console, 60, () -> false).run(entrants, facts);
    assertThat(all.results()).hasSize(2);
    Comparison none = new Contest(console, 60, () -> true).run(entrants, facts);
    assertThat(none.results()).isEmpty();
    assertThat(none.failures().stream().map(Comparison.Failure::reason))
        .containsExactly("was not begun", "was not begun");
  }
}
