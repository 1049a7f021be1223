package dev.vedette.server.model;

import dev.vedette.Decision;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What is measured of one hosted model, whatever its version. */
final class ModelMeters {
  private static final Duration[] OBJECTIVES = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(15),
    Duration.ofMillis(50),
    Duration.ofMillis(200),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5)
  };

  private final MeterRegistry registry;
  private final Timer latency;
  private final Counter flagged;
  private final Counter normal;
  private final Counter replacements;

  ModelMeters(MeterRegistry registry, String model) {
    this.registry = registry;
    latency =
        Timer.builder("vedette.model.latency")
            .description("a request, without waiting for its turn")
            .tag("model", model)
            .serviceLevelObjectives(OBJECTIVES)
            .register(registry);
    flagged = rows(registry, model, "true");
    normal = rows(registry, model, "false");
    replacements =
        Counter.builder("vedette.model.replacements")
            .description("times another version took over")
            .tag("model", model)
            .register(registry);
  }

  private static Counter rows(MeterRegistry registry, String model, String flagged) {
    return Counter.builder("vedette.model.rows")
        .description("rows scored")
        .tag("model", model)
        .tag("flagged", flagged)
        .register(registry);
  }

  void took(long nanos) {
    latency.record(nanos, TimeUnit.NANOSECONDS);
  }

  void scored(HostedModel.Scored scored) {
    double found = (double) scored.decisions().stream().filter(Decision::flagged).count();
    flagged.increment(found);
    normal.increment(scored.decisions().size() - found);
  }

  void replaced() {
    replacements.increment();
  }

  /** Takes all meters of this model out of the registry. */
  void remove() {
    for (Meter meter : List.of(latency, flagged, normal, replacements)) {
      registry.remove(meter);
    }
  }
}
