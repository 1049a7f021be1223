package dev.vedette.server.live;

import dev.vedette.connect.store.Store.Logged;
import dev.vedette.pipeline.Handling;
import dev.vedette.pipeline.LeftOut;
import dev.vedette.pipeline.Status;
import dev.vedette.pipeline.Status.DetectorStatus;
import dev.vedette.pipeline.Step;
import dev.vedette.pipeline.alert.Alert;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** What is measured of one pipeline. */
final class Meters {
  private static final Duration[] OBJECTIVES = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(15),
    Duration.ofMillis(50),
    Duration.ofMillis(200)
  };

  private final MeterRegistry registry;
  private final Tags tags;
  private final List<Meter> all = new ArrayList<>();
  private final Map<Handling, Counter> events = new EnumMap<>(Handling.class);
  private final Map<Grade, Counter> alerts = new EnumMap<>(Grade.class);
  private final Map<Integer, Counter> errors = new HashMap<>();
  private final Counter flagged;
  private final Counter normal;
  private final Timer latency;
  private final Timer commit;
  private final Timer snapshot;
  private final DistributionSummary snapshotBytes;

  /** Severity in words: 20 points are a power of ten of rarity. */
  enum Grade {
    LOW(0),
    MEDIUM(60),
    HIGH(80),
    CRITICAL(95);

    private final double from;

    Grade(double from) {
      this.from = from;
    }

    static Grade of(double severity) {
      Grade grade = LOW;
      for (Grade next : values()) {
        if (severity >= next.from) {
          grade = next;
        }
      }
      return grade;
    }
  }

  Meters(MeterRegistry registry, String pipeline) {
    this.registry = registry;
    tags = Tags.of("pipeline", pipeline);
    for (Handling handling : Handling.values()) {
      events.put(handling, counter("vedette.events", "handling", lower(handling)));
    }
    for (Grade grade : Grade.values()) {
      alerts.put(grade, counter("vedette.alerts", "severity", lower(grade)));
    }
    flagged = counter("vedette.decisions", "flagged", "true");
    normal = counter("vedette.decisions", "flagged", "false");
    latency =
        Timer.builder("vedette.decision.latency")
            .description("from submission until the decisions are kept, one for each submission")
            .tags(tags)
            .publishPercentileHistogram()
            .serviceLevelObjectives(OBJECTIVES)
            .minimumExpectedValue(Duration.ofNanos(500_000))
            .maximumExpectedValue(Duration.ofSeconds(10))
            .register(registry);
    commit =
        Timer.builder("vedette.commit")
            .description("one transaction of the store")
            .tags(tags)
            .register(registry);
    snapshot =
        Timer.builder("vedette.snapshot")
            .description("how long the worker stood still for a snapshot")
            .tags(tags)
            .register(registry);
    snapshotBytes =
        DistributionSummary.builder("vedette.snapshot.size")
            .baseUnit("bytes")
            .tags(tags)
            .register(registry);
    all.addAll(List.of(latency, commit, snapshot, snapshotBytes));
  }

  /** Shows the queue and the status of {@code pipeline}. */
  void watch(LivePipeline pipeline) {
    gauge("vedette.queue.depth", tags, pipeline, LivePipeline::queued);
    gauge("vedette.keys", tags, pipeline, live -> live.status().keys());
    List<DetectorStatus> detectors = pipeline.status().detectors();
    for (int i = 0; i < detectors.size(); i++) {
      int place = i;
      String detector = detectors.get(i).detector();
      gauge(
          "vedette.memory.bytes",
          tags.and("detector", detector),
          pipeline,
          live -> bytes(live.status(), place));
      errors.put(place, counter("vedette.detector.errors", "detector", detector));
    }
  }

  private static double bytes(Status status, int place) {
    return place < status.detectors().size() ? status.detectors().get(place).bytes() : Double.NaN;
  }

  /** Counts what came of {@code turn}, kept at {@code now}. */
  void kept(Turn turn, long now) {
    for (Intake.Item item : turn.items()) {
      if (item instanceof Intake.Submitted submitted) {
        latency.record(now - submitted.since(), TimeUnit.NANOSECONDS);
      }
    }
    for (Step step : turn.steps()) {
      count(events, step.decision().handling());
      (step.decision().decision().flagged() ? flagged : normal).increment();
      for (Alert alert : step.alerts()) {
        if (alert.state() == Alert.State.OPENED) {
          count(alerts, Grade.of(alert.severity()));
        }
      }
    }
    for (Logged logged : turn.controls()) {
      if (logged.control() instanceof LeftOut leftOut) {
        count(errors, leftOut.detector());
      }
    }
  }

  private static <K> void count(Map<K, Counter> counters, K key) {
    Counter counter = counters.get(key);
    if (counter != null) {
      counter.increment();
    }
  }

  void commit(long nanos) {
    commit.record(nanos, TimeUnit.NANOSECONDS);
  }

  void snapshot(long nanos, int bytes) {
    snapshot.record(nanos, TimeUnit.NANOSECONDS);
    snapshotBytes.record(bytes);
  }

  /** Takes all meters of this pipeline out of the registry. */
  void remove() {
    all.forEach(registry::remove);
  }

  private Counter counter(String name, String tag, String value) {
    Counter counter = registry.counter(name, tags.and(tag, value));
    all.add(counter);
    return counter;
  }

  private void gauge(
      String name, Tags all, LivePipeline pipeline, ToDoubleFunction<LivePipeline> value) {
    this.all.add(Gauge.builder(name, pipeline, value).tags(all).register(registry));
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
