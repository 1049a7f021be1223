package dev.vedette.pipeline;

import dev.vedette.Require;
import dev.vedette.ensemble.Fuse;
import java.util.List;

/**
 * The detectors of a pipeline and how their scores become one.
 *
 * @param uses the detectors, 1 to 50
 * @param fuse how their calibrated scores are fused
 */
record Ensemble(List<Use> uses, Fuse fuse) {
  Ensemble {
    uses = List.copyOf(uses);
    Require.that(
        !uses.isEmpty() && uses.size() <= 50,
        "a pipeline has 1 to 50 detectors, not " + uses.size());
  }
}
