package dev.vedette.testkit;

import dev.vedette.Detectors;
import dev.vedette.RowDetector;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The contract over the whole catalogue, without exception, and over options that change how a
 * detector works.
 */
@ParameterizedClass
@MethodSource("detectors")
class CatalogueContractTest extends DetectorContract {
  private final String text;

  CatalogueContractTest(String text) {
    this.text = text;
  }

  static Stream<String> detectors() {
    Stream<String> defaults = Detectors.standard().entries().stream().map(Detectors.Entry::name);
    Stream<String> variants =
        Stream.of(
            "iforest trees=64 sample=100",
            "iforest sample=65536",
            "bagged-neighbor bags=3 sample=1000",
            "knn k=1",
            "knn distance=mean",
            "lof k=8",
            "lof k=100",
            "mahalanobis keep=1",
            "pca components=2",
            "pca measure=residual",
            "zscore robust=true",
            "zscore combine=max",
            "iqr combine=mean",
            "hbos bins=200",
            "one-class-svm nu=0.05 standardise=true",
            "one-class-svm form=features landmarks=64",
            "one-class-svm form=features nu=0.1",
            "gmm components=1 keep=1",
            "gmm components=0",
            "gmm covariance=diagonal components=5",
            "kmeans clusters=3 alpha=0.9",
            "kmeans measure=nearest clusters=1",
            "kmeans measure=weighted clusters=1",
            "kde bandwidth=likelihood",
            "kde points=64",
            "extended-iforest extension=0",
            "extended-iforest extension=3 trees=63 sample=100",
            "inne bags=50 sample=64",
            "loda projections=30 bins=20",
            "ensemble members=lof",
            "ensemble members=iforest+loda",
            "auto regime=clean");
    return Stream.concat(defaults, variants);
  }

  @Override
  protected RowDetector detector() {
    return Detectors.standard().parse(text);
  }
}
