package dev.vedette.auto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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
              line(Regime.CLEAN, "knn k=1", 99, 90, 90),
              line(Regime.CLEAN, "ensemble members=zscore+knn:k=1", 91, 91, 90),
              line(Regime.CLEAN, "zscore", 70, 92, 93),
              line(Regime.CONTAMINATED, "iqr", 60, 60, 60),
              line(Regime.CONTAMINATED, "pca", 60, 60, 60)));

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
      assertThat(new Ensemble().members(line.members()).detectors()).isNotEmpty();
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
        .containsExactly("knn k=1", "ensemble members=zscore+knn:k=1", "zscore");
    assertThat(MADE.ranking(Regime.CONTAMINATED))
        .extracting(Evidence.Line::detector)
        .containsExactly("iqr", "pca");
  }

  @Test
  void aSetThatIsLeftOutHasNoSay() {
    assertThat(MADE.without("a").ranking(Regime.CLEAN).getFirst().detector()).isEqualTo("zscore");
    assertThatThrownBy(() -> MADE.without("d")).hasMessageContaining("there is no set [d]");
  }

  @Test
  void theChoiceIsToldInOneSentenceAndFitsTheSameAgain() {
    Ensemble.Fitted model = new Auto(Regime.CLEAN, 7).fit(rows(100), MADE);
    assertThat(model.detector()).isEqualTo(new Ensemble("knn:k=1", 7));
    assertThat(model.note())
        .startsWith("auto chose knn k=1: ")
        .contains("of 3 candidates")
        .contains("over 3 public sets")
        .contains("93.0 %")
        .contains("clean");
    // 99, 92 and 93 are the best
    assertThat(MADE.regret(MADE.lines().getFirst())).isCloseTo(5.0 / 3, within(1e-12));
    assertThat(model.detector().fit(rows(100)).score(rows(9)))
        .containsExactly(model.score(rows(9)));
  }

  @Test
  void whatCannotRankRowsThatRepeatIsPassedOver() {
    Matrix once = rows(100);
    int[] twice = new int[200];
    for (int i = 0; i < 200; i++) {
      twice[i] = i / 2;
    }
    Ensemble.Fitted model = new Auto(Regime.CLEAN, 7).fit(once.select(twice), MADE);
    assertThat(model.detector().members()).isEqualTo("zscore");
    assertThat(model.note()).contains("knn k=1 (93.0 %) was passed over").contains("100 %");
  }

  @Test
  void oneRowOftenRepeatedIsNoReasonToPassOver() {
    Matrix once = rows(100);
    int[] often = new int[200];
    for (int i = 0; i < 100; i++) {
      often[i] = i;
    }
    Ensemble.Fitted model = new Auto(Regime.CLEAN, 7).fit(once.select(often), MADE);
    assertThat(model.detector().members()).isEqualTo("knn:k=1");
    int[] same = new int[50];
    assertThat(new Auto().fit(once.select(same), MADE).detector().members()).isEqualTo("iqr");
  }

  @Test
  void manyRowsAreNotComparedToAllOthers() {
    Ensemble.Fitted model = new Auto(Regime.CLEAN, 7).fit(rows(20_001), MADE);
    assertThat(model.detector().members()).isEqualTo("zscore");
    assertThat(model.note()).contains("takes too long for 20,001 rows");
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
