package dev.vedette.testkit;

import dev.vedette.Detectors;
import dev.vedette.SeriesDetector;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of series over the whole catalogue. */
@ParameterizedClass(allowZeroInvocations = true)
@MethodSource("detectors")
class SeriesCatalogueContractTest extends SeriesContract {
  private final String text;

  SeriesCatalogueContractTest(String text) {
    this.text = text;
  }

  static Stream<String> detectors() {
    return Detectors.standard().seriesEntries().stream().map(Detectors.SeriesEntry::name);
  }

  @Override
  protected SeriesDetector detector() {
    return Detectors.standard().parseSeries(text);
  }
}
