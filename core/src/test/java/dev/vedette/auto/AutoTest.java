package dev.vedette.auto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vedette.Detectors;
import dev.vedette.auto.Auto.Regime;
import dev.vedette.data.Matrix;
import dev.vedette.ensemble.Ensemble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AutoTest {
  private static final Path MEASURED = Path.of("../bench/results/evidence.csv");

  private static final Evidence MADE =
      new Evidence(
          List.of("a", "b", "c"),
          List.of(
              line(Regime.CLEAN, "knn k=1 distance=largest", 99, 90, 90),
              line(Regime.CLEAN, "knn k=20 distance=largest", 98, 90, 90),
              line(Regime.CLEAN, "zscore robust=false combine=mean", 70, 92, 93),
              line(Regime.CLEAN, "iqr combine=max", 70, 92, 92),
              line(Regime.CONTAMINATED, "pca components=2", 60, 60, 60),
              line(Regime.CONTAMINATED, "ecod", 60, 60, 60)));

  private static Evidence.Line line(Regime regime, String detector, double... areas) {
    return new Evidence.Line(regime, detector, java.util.Arrays.stream(areas).boxed().toList());
  }

  private static Matrix rows(int count) {
    var random = new SplittableRandom(1);
    double[][] rows = new double[count][2];
    for (double[] row : rows) {
      row[0] = random.nextGaussian();
      row[1] = random.nextGaussian();
    }
    return Matrix.of(rows);
  }

  @Test
  void theEvidenceShippedIsWhatTheBenchMeasured() throws IOException {
    List<String> lines = Files.readAllLines(MEASURED);
    var measured = new TreeMap<String, Map<String, String>>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      String area = String.format(Locale.ROOT, "%.2f", Double.valueOf(cells[6]));
      measured.computeIfAbsent(cells[3] + "," + cells[4], k -> new TreeMap<>()).put(cells[0], area);
    }
    Evidence shipped = Evidence.shipped();
    measured.values().removeIf(areas -> areas.size() < shipped.sets().size());
    assertThat(shipped.sets()).hasSize(20).isSorted();
    assertThat(shipped.write().subList(1, shipped.lines().size() + 1))
        .containsExactlyElementsOf(
            measured.entrySet().stream()
                .map(e -> e.getKey() + "," + String.join(",", e.getValue().values()))
                .toList());
  }

  @Test
  void everyCandidateShippedCanBeParsed() {
    for (Evidence.Line line : Evidence.shipped().lines()) {
      assertThat(Detectors.standard().text(Detectors.standard().parse(line.detector())))
          .startsWith(line.detector());
      assertThat(new Ensemble().members(line.member()).detectors()).hasSize(1);
    }
  }

  @Test
  void whatIsWrittenIsRead() {
    assertThat(Evidence.read(Evidence.shipped().write())).isEqualTo(Evidence.shipped());
  }

  @Test
  void theBestMeanComesFirstAndTiesGoByName() {
    assertThat(MADE.ranking(Regime.CLEAN))
        .extracting(Evidence.Line::detector)
        .startsWith("knn k=1 distance=largest", "knn k=20 distance=largest")
        .hasSize(4);
    assertThat(MADE.ranking(Regime.CONTAMINATED))
        .extracting(Evidence.Line::detector)
        .containsExactly("ecod", "pca components=2");
  }

  @Test
  void aSetThatIsLeftOutHasNoSay() {
    assertThat(MADE.without("a").ranking(Regime.CLEAN).getFirst().detector()).startsWith("zscore");
    assertThatThrownBy(() -> MADE.without("d")).hasMessageContaining("there is no set [d]");
  }

  @Test
  void theBestOfEachKindIsToldInOneSentenceAndFitsTheSameAgain() {
    Ensemble.Fitted model = new Auto(Regime.CLEAN, 7).fit(rows(100), MADE);
    assertThat(model.detector())
        .isEqualTo(new Ensemble("knn:k=1:distance=largest+zscore:robust=false:combine=mean", 7));
    assertThat(model.note())
        .isEqualTo(
            "auto chose knn k=1 + zscore, for clean training rows: best of their kinds by mean ROC"
                + " AUC over 3 public sets, 93.0, 85.0 %");
    assertThat(model.detector().fit(rows(100)).score(rows(9)))
        .containsExactly(model.score(rows(9)));
  }

  @Test
  void rowsThatRepeatAreTakenAsIfTheyWereNotClean() {
    int[] twice = new int[200];
    for (int i = 0; i < 200; i++) {
      twice[i] = i / 2;
    }
    Ensemble.Fitted model = new Auto(Regime.CLEAN, 7).fit(rows(100).select(twice), MADE);
    assertThat(model.detector().members()).isEqualTo("ecod+pca:components=2");
    assertThat(model.note())
        .contains("pca components=2, as anomalies may be among the training rows")
        .contains("(said to be clean, but 99 % repeat others");
  }

  @Test
  void oneRowOftenRepeatedIsNoReason() {
    int[] often = new int[200];
    for (int i = 0; i < 100; i++) {
      often[i] = i;
    }
    Ensemble.Fitted model = new Auto(Regime.CLEAN, 7).fit(rows(100).select(often), MADE);
    assertThat(model.detector().members()).startsWith("knn:k=1");
  }

  @Test
  void manyRowsAreNotComparedToAllOthers() {
    Ensemble.Fitted model = new Auto(Regime.CLEAN, 7).fit(rows(20_001), MADE);
    assertThat(model.detector().members()).isEqualTo("zscore:robust=false:combine=mean");
    assertThat(model.note()).endsWith("without those that compare to all of 20,001 training rows");
  }

  @Test
  void theRegimeDecides() {
    Matrix rows = rows(300);
    String contaminated = new Auto().fit(rows).detector().members();
    String clean = new Auto().regime(Regime.CLEAN).fit(rows).detector().members();
    assertThat(contaminated).isNotEqualTo(clean);
    assertThat(Detectors.standard().parse("auto regime=clean seed=5"))
        .isEqualTo(new Auto(Regime.CLEAN, 5));
  }
}
