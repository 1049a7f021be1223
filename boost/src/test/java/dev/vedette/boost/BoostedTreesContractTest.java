package dev.vedette.boost;

import dev.vedette.Detectors;
import dev.vedette.LabelledDetector;
import dev.vedette.testkit.LabelledContract;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("detectors")
class BoostedTreesContractTest extends LabelledContract {
  private final String text;

  BoostedTreesContractTest(String text) {
    this.text = text;
  }

  static Stream<String> detectors() {
    return Stream.of(
        "boosted-trees",
        "boosted-trees members=none",
        "boosted-trees members=zscore folds=2 trees=30 leaves=4 learning-rate=0.3");
  }

  @Override
  protected LabelledDetector detector() {
    return (LabelledDetector) Detectors.standard().parse(text);
  }
}
