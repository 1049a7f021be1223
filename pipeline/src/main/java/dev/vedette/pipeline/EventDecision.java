package dev.vedette.pipeline;

import dev.vedette.Decision;
import java.util.List;

/**
 * The decision on one event: how anomalous it is, how sure that is, who said so and why.
 *
 * @param number the place of the event in its pipeline, from 1, without gaps
 * @param event the event
 * @param handling what was done with it
 * @param decision fused score, p-value, severity and flag
 * @param pLow the lower end of the 95 % interval of the p-value: wide while little was seen
 * @param pHigh its upper end
 * @param threshold the fused score above which events are flagged; infinite while none can be
 * @param disagreement how far the detectors are apart: the standard deviation of their severities,
 *     0 to 50
 * @param opinions what each detector said, in the order of the pipeline file
 * @param causes why, most important first; empty unless flagged
 * @param version of the pipeline file and the models, such as "1f0a4c2b.17": the 17th fit of the
 *     file with that fingerprint
 */
public record EventDecision(
    long number,
    Event event,
    Handling handling,
    Decision decision,
    double pLow,
    double pHigh,
    double threshold,
    double disagreement,
    List<Opinion> opinions,
    List<Cause> causes,
    String version) {
  public EventDecision {
    opinions = List.copyOf(opinions);
    causes = List.copyOf(causes);
  }
}
