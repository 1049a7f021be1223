package dev.vedette.testkit;

import dev.vedette.Detectors;
import dev.vedette.StreamingDetector;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of streams, of detectors of series that are fitted again and again. */
@ParameterizedClass
@MethodSource("detectors")
class RollingContractTest extends StreamContract {
  private final String text;

  RollingContractTest(String text) {
    this.text = text;
  }

  static Stream<String> detectors() {
    return Stream.of("pca-monitor", "dynamic-threshold");
  }

  @Override
  protected StreamingDetector detector() {
    return (StreamingDetector)
        Detectors.standard().parseSeries("rolling window=240 every=240 detector=" + text);
  }
}
