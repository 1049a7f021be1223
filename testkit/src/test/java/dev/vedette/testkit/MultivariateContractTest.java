package dev.vedette.testkit;

import dev.vedette.Detectors;
import dev.vedette.SeriesDetector;
import dev.vedette.azure.Multivariate;

/** The contract of series for the engine of the Azure-compatible service. */
class MultivariateContractTest extends SeriesContract {
  @Override
  protected SeriesDetector detector() {
    return new Multivariate(30);
  }

  @Override
  protected Detectors catalogue() {
    return Detectors.standard().and("multivariate", new Multivariate(), "the service", "O(n)");
  }
}
