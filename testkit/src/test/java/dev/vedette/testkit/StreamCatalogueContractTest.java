package dev.vedette.testkit;

import dev.vedette.Detectors;
import dev.vedette.StreamingDetector;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of streams over all detectors of series that learn point by point. */
@ParameterizedClass(allowZeroInvocations = true)
@MethodSource("detectors")
class StreamCatalogueContractTest extends StreamContract {
  private final String text;

  StreamCatalogueContractTest(String text) {
    this.text = text;
  }

  static Stream<String> detectors() {
    return Detectors.standard().seriesEntries().stream()
        .filter(Detectors.SeriesEntry::streams)
        .map(Detectors.SeriesEntry::name);
  }

  @Override
  protected StreamingDetector detector() {
    return (StreamingDetector) Detectors.standard().parseSeries(text);
  }
}
