package dev.vedette.pipeline;

import dev.vedette.pipeline.alert.Alert;
import java.util.List;

/**
 * What came of one event.
 *
 * @param decision the decision on it
 * @param alerts what is to be sent now: alerts opened, updated or closed by it; mostly none
 */
public record Step(EventDecision decision, List<Alert> alerts) {
  public Step {
    alerts = List.copyOf(alerts);
  }
}
