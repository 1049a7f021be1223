package dev.vedette.server.intake;

import dev.vedette.pipeline.Event;
import dev.vedette.pipeline.EventDecision;
import dev.vedette.server.live.LivePipeline;
import dev.vedette.server.live.PausedException;
import dev.vedette.server.live.QueueFullException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Hands events to pipelines and measures how long their decisions take. Thread-safe. */
public final class Intake {
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(15),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5)
  };

  private record Timers(Timer kept, Timer recent) {}

  private final MeterRegistry meters;
  private final MeterRegistry recent = new SimpleMeterRegistry();
  private final Map<String, Timers> timers = new ConcurrentHashMap<>();

  public Intake(MeterRegistry meters) {
    this.meters = meters;
  }

  /**
   * Hands {@code events} to {@code pipeline}; the future completes when they and their decisions
   * are kept.
   *
   * @throws QueueFullException when there is no room; nothing was accepted
   * @throws PausedException when the pipeline is paused; nothing was accepted
   */
  public CompletableFuture<List<EventDecision>> submit(LivePipeline pipeline, List<Event> events) {
    long start = System.nanoTime();
    return pipeline
        .submit(events)
        .whenComplete(
            (decisions, failure) -> {
              if (failure == null) {
                record(pipeline.name(), System.nanoTime() - start);
              }
            });
  }

  private void record(String pipeline, long nanos) {
    Timers both = timers.computeIfAbsent(pipeline, this::timers);
    both.kept.record(nanos, TimeUnit.NANOSECONDS);
    both.recent.record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timers timers(String pipeline) {
    return new Timers(
        Timer.builder("vedette.request")
            .description("From the acceptance of a request or batch until its decisions are kept")
            .tag("pipeline", pipeline)
            .serviceLevelObjectives(BUCKETS)
            .register(meters),
        Timer.builder("recent")
            .tag("pipeline", pipeline)
            .publishPercentiles(0.5, 0.95, 0.99)
            .distributionStatisticExpiry(Duration.ofSeconds(10))
            .distributionStatisticBufferLength(5)
            .register(recent));
  }

  /** How long requests to the pipeline took in the last 10 seconds. */
  public Latency latency(String pipeline) {
    Timers both = timers.get(pipeline);
    if (both == null) {
      return Latency.UNKNOWN;
    }
    HistogramSnapshot snapshot = both.recent.takeSnapshot();
    ValueAtPercentile[] values = snapshot.percentileValues();
    if (values.length < 3 || values[2].value() == 0) {
      return Latency.UNKNOWN;
    }
    return new Latency(
        values[0].value(TimeUnit.MILLISECONDS),
        values[1].value(TimeUnit.MILLISECONDS),
        values[2].value(TimeUnit.MILLISECONDS));
  }

  /** Drops what was measured of a pipeline that is gone. */
  public void forget(String pipeline) {
    Timers gone = timers.remove(pipeline);
    if (gone != null) {
      meters.remove(gone.kept);
      recent.remove(gone.recent);
    }
  }
}
