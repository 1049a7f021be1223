package dev.vedette.testkit;

import dev.vedette.Detectors;
import dev.vedette.OnlineDetector;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The online contract over the whole catalogue, and over options that change how one works. */
@ParameterizedClass
@MethodSource("detectors")
class OnlineCatalogueContractTest extends OnlineContract {
  private final String text;

  OnlineCatalogueContractTest(String text) {
    this.text = text;
  }

  static Stream<String> detectors() {
    Stream<String> defaults =
        Detectors.standard().onlineEntries().stream().map(Detectors.OnlineEntry::name);
    Stream<String> variants =
        Stream.of(
            "half-space-trees trees=50 depth=8 window=100",
            "random-cut-forest trees=10 sample=64 half-life=500",
            "streaming-zscore combine=mean half-life=500",
            "streaming-tails combine=sum half-life=1000");
    return Stream.concat(defaults, variants);
  }

  @Override
  protected OnlineDetector detector() {
    return Detectors.standard().parseOnline(text);
  }
}
