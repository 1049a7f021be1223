package dev.vedette.server.azure;

import dev.vedette.azure.MultivariateDiagnostics;
import dev.vedette.azure.MultivariateState;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A multivariate model as far as it is.
 *
 * @param created milliseconds since 1970-01-01T00:00Z
 * @param updated when it last went on
 * @param errors why it failed; empty where it did not
 * @param diagnostics of the training; null before its end
 * @param variables as they were after alignment; empty before the end of the training
 */
public record KeptModel(
    UUID id,
    long created,
    long updated,
    TrainingInfo info,
    Progress status,
    List<Fault> errors,
    @Nullable MultivariateDiagnostics diagnostics,
    List<MultivariateState> variables) {
  public KeptModel {
    errors = List.copyOf(errors);
    variables = List.copyOf(variables);
  }

  KeptModel(UUID id, long created, TrainingInfo info) {
    this(id, created, created, info, Progress.CREATED, List.of(), null, List.of());
  }

  KeptModel running(long now) {
    return new KeptModel(id, created, now, info, Progress.RUNNING, errors, null, List.of());
  }

  KeptModel ready(long now, MultivariateDiagnostics diagnostics, List<MultivariateState> states) {
    return new KeptModel(id, created, now, info, Progress.READY, List.of(), diagnostics, states);
  }

  KeptModel failed(long now, Fault fault) {
    return new KeptModel(id, created, now, info, Progress.FAILED, List.of(fault), null, List.of());
  }
}
