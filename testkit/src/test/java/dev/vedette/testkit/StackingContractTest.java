package dev.vedette.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.Detectors;
import dev.vedette.LabelledDetector;
import dev.vedette.RowModel;
import dev.vedette.data.Matrix;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract over the stacking; that over boosted trees is with the library that grows them. */
@ParameterizedClass
@MethodSource("detectors")
class StackingContractTest extends LabelledContract {
  private final String text;

  StackingContractTest(String text) {
    this.text = text;
  }

  static Stream<String> detectors() {
    return Stream.of(
        "stacking", "stacking members=knn+zscore folds=3 l2=0.1 seed=7", "stacking members=hbos");
  }

  /** Else thresholds, which are put on the one, would not do for the other. */
  @Test
  void trainingRowsScoreAsFreshRowsDo() {
    Matrix rows = SampleRows.withOutliers(600, 30, 1);
    boolean[] labels = new boolean[600];
    Arrays.fill(labels, 570, 600, true);
    RowModel model = detector().fit(rows, labels);
    double[] own = Arrays.stream(model.scoreTraining(rows), 0, 570).sorted().toArray();
    double[] fresh = Arrays.stream(model.score(SampleRows.crowd(570, 6))).sorted().toArray();
    for (int place : new int[] {57, 285, 513}) {
      assertThat(own[place]).isCloseTo(fresh[place], within(0.5));
    }
  }

  @Override
  protected LabelledDetector detector() {
    return (LabelledDetector) Detectors.standard().parse(text);
  }
}
