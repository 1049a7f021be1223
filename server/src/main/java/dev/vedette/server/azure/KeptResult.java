package dev.vedette.server.azure;

import dev.vedette.azure.MultivariateState;
import dev.vedette.azure.MultivariateVerdict;
import java.util.List;
import java.util.UUID;

/**
 * A batch detection as far as it is.
 *
 * @param model that judges
 * @param created milliseconds since 1970-01-01T00:00Z
 * @param errors why it failed; empty where it did not
 * @param variables as they were after alignment; empty before the end
 * @param verdicts one a point; empty before the end
 */
public record KeptResult(
    UUID id,
    UUID model,
    long created,
    DetectionInfo info,
    Progress status,
    List<Fault> errors,
    List<MultivariateState> variables,
    List<MultivariateVerdict> verdicts) {
  public KeptResult {
    errors = List.copyOf(errors);
    variables = List.copyOf(variables);
    verdicts = List.copyOf(verdicts);
  }

  KeptResult(UUID id, UUID model, long created, DetectionInfo info) {
    this(id, model, created, info, Progress.CREATED, List.of(), List.of(), List.of());
  }

  KeptResult running() {
    return new KeptResult(
        id, model, created, info, Progress.RUNNING, List.of(), List.of(), List.of());
  }

  KeptResult ready(List<MultivariateState> states, List<MultivariateVerdict> judged) {
    return new KeptResult(id, model, created, info, Progress.READY, List.of(), states, judged);
  }

  KeptResult failed(Fault fault) {
    return new KeptResult(
        id, model, created, info, Progress.FAILED, List.of(fault), List.of(), List.of());
  }

  /** Without what was found out, which may be large. */
  KeptResult brief() {
    return new KeptResult(id, model, created, info, status, errors, List.of(), List.of());
  }
}
