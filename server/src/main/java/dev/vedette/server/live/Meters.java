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
      events.put(
          handling, counter("vedette.events", "events handled", "handling", lower(handling)));
    }
    for (Grade grade : Grade.values()) {
      alerts.put(grade, counter("vedette.alerts", "alerts opened", "severity", lower(grade)));
    }
    flagged = counter("vedette.decisions", "decisions", "flagged", "true");
    normal = counter("vedette.decisions", "decisions", "flagged", "false");
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
            .description("size of a snapshot")
            .baseUnit("bytes")
            .tags(tags)
            .register(registry);
    all.addAll(List.of(latency, commit, snapshot, snapshotBytes));
  }

  /** Shows the queue and the status of {@code pipeline}. */
  void watch(LivePipeline pipeline) {
    add(
        Gauge.builder("vedette.queue.depth", pipeline, LivePipeline::queued)
            .description("events accepted and not yet kept")
            .tags(tags));
    add(
        Gauge.builder("vedette.keys", pipeline, live -> live.status().keys())
            .description("keys in memory")
            .tags(tags));
    List<DetectorStatus> detectors = pipeline.status().detectors();
    for (int i = 0; i < detectors.size(); i++) {
      int place = i;
      String detector = detectors.get(i).detector();
      add(
          Gauge.builder("vedette.memory.bytes", pipeline, live -> bytes(live.status(), place))
              .description("memory of a detector")
              .tags(tags.and("detector", detector)));
      errors.put(place, errors(detector));
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

  private Counter errors(String detector) {
    String what = "times a detector was left out for not answering in time";
    return counter("vedette.detector.errors", what, "detector", detector);
  }

  private Counter counter(String name, String what, String tag, String value) {
    Counter counter =
        Counter.builder(name).description(what).tags(tags.and(tag, value)).register(registry);
    all.add(counter);
    return counter;
  }

  private void add(Gauge.Builder<LivePipeline> gauge) {
    all.add(gauge.register(registry));
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
