package dev.vedette.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Detectors that learn from labels, from the shell. */
class LabelledTest {
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

  private String refused(String line) {
    Run run = Run.of(Run.split(line, folder));
    assertThat(run.code()).isNotZero();
    assertThat(run.err()).doesNotContain("\tat ");
    return run.err().lines().findFirst().orElseThrow();
  }

  private double area(String line) {
    JsonNode json = new ObjectMapper().readTree(run(line + " --json").out());
    return json.get("evaluation").get("roc_auc").get("value").asDouble();
  }

  @ParameterizedTest
  @ValueSource(strings = {"stacking members=zscore+hbos", "boosted-trees members=zscore+hbos"})
  void fitsEvaluatesDetectsAndScores(String detector) {
    String options = " --label label --ignore kind --detector '" + detector + "'";
    assertThat(area("evaluate today.csv --train payments.csv" + options)).isGreaterThan(0.75);
    assertThat(area("evaluate payments.csv" + options)).isGreaterThan(0.7);
    assertThat(area("detect payments.csv" + options)).isGreaterThan(0.75);
    run("evaluate payments.csv --folds 3" + options);
    Run fit = run("fit payments.csv --model model.vedette" + options);
    assertThat(fit.out()).contains(detector + " folds=5");
    Run scored = run("score model.vedette today.csv");
    assertThat(scored.out().lines()).hasSize(1001);
    double again = area("evaluate today.csv --label label --ignore kind --model model.vedette");
    assertThat(again).isEqualTo(area("evaluate today.csv --train payments.csv" + options));
    assertThat(run("detect payments.csv --top 2" + options).out()).contains("flagged");
  }

  @Test
  void comparedWithOthersTheyLearnFromTheLabelsOfTheTrainingRows() {
    String line =
        "compare today.csv --label label --ignore kind --train payments.csv --json --detectors ";
    JsonNode json =
        new ObjectMapper().readTree(run(line + "'stacking members=zscore+hbos,zscore'").out());
    assertThat(json.get("failures")).isEmpty();
    assertThat(json.get("results")).hasSize(2);
    double own =
        area(
            "evaluate today.csv --train payments.csv --label label --ignore kind"
                + " --detector 'stacking members=zscore+hbos'");
    double[] areas = {0, 0};
    for (int i = 0; i < 2; i++) {
      areas[i] =
          json.get("results").get(i).get("evaluation").get("roc_auc").get("value").asDouble();
    }
    assertThat(areas).contains(own);
  }

  @Test
  void withoutLabelsTheRemedyIsTold() {
    for (String name : new String[] {"stacking", "boosted-trees"}) {
      assertThat(refused("detect payments.csv --detector " + name))
          .contains(name + " learns from labels; name the column that has them (--label)");
      assertThat(
              refused(
                  "fit payments.csv --model m.vedette --label label --normal-only --detector "
                      + name))
          .contains("--normal-only leaves no anomalies for " + name + " to learn from");
    }
    assertThat(refused("detect payments.csv --label label --detector 'stacking folds=50'"))
        .contains("20 anomalies and 1980 normal rows; stacking needs at least 50 of both");
  }
}
