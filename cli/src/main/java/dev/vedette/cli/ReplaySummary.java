package dev.vedette.cli;

import dev.vedette.pipeline.Status;
import dev.vedette.pipeline.Step;
import dev.vedette.pipeline.alert.Alert;
import dev.vedette.server.live.Quality;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** What came of a replay. */
final class ReplaySummary {
  /** The alerts kept to be shown: the first ones. */
  private static final int MOST_ALERTS = 10_000;

  private final boolean judged;
  private final long warmUp;
  private final Truth truth = new Truth();
  private final Map<String, Alert> alerts = new LinkedHashMap<>();
  private long opened;
  private double seconds;
  private @Nullable Status status;

  ReplaySummary(boolean judged, long warmUp) {
    this.judged = judged;
    this.warmUp = warmUp;
  }

  void take(Step step, boolean anomaly) {
    if (step.decision().number() > warmUp) {
      truth.count(step.decision().decision().flagged(), anomaly);
    }
    for (Alert alert : step.alerts()) {
      opened += alert.state() == Alert.State.OPENED ? 1 : 0;
      if (alerts.containsKey(alert.id()) || alerts.size() < MOST_ALERTS) {
        alerts.put(alert.id(), alert);
      }
    }
  }

  void took(Duration duration, Status end) {
    seconds = Math.max(1e-3, duration.toNanos() / 1e9);
    status = end;
  }

  void print(Console console, int shown) {
    Status end = ended();
    console.line(
        "%,d events in %.1f s (%,.0f a second): %,d flagged, %,d alerts",
        end.events(), seconds, end.events() / seconds, end.flagged(), opened);
    if (end.duplicates() + end.late() > 0) {
      console.line("%,d duplicates and %,d late events", end.duplicates(), end.late());
    }
    if (judged) {
      Quality quality = truth.quality();
      console.line(
          "against the truth: precision %.4f, recall %.4f, F1 %.4f, false alarms %.4f %% of the"
              + " normal events",
          quality.precision(), quality.recall(), quality.f1(), 100 * quality.falsePositiveRate());
    }
    for (Status.DetectorStatus detector : end.detectors()) {
      if (detector.leftOut() != null) {
        console.line("%s has no say: %s", detector.detector(), detector.leftOut());
      }
    }
    for (Alert alert : worst(shown)) {
      console.line("  %3.0f  %s", alert.severity(), alert.summary());
    }
  }

  void json(PrintWriter out) {
    Status end = ended();
    var text = new StringWriter();
    try (JsonGenerator json = JsonMapper.shared().createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberProperty("events", end.events());
      json.writeNumberProperty("flagged", end.flagged());
      json.writeNumberProperty("alerts", opened);
      json.writeNumberProperty("duplicates", end.duplicates());
      json.writeNumberProperty("late", end.late());
      json.writeNumberProperty("seconds", seconds);
      if (judged) {
        Quality quality = truth.quality();
        number(json, "precision", quality.precision());
        number(json, "recall", quality.recall());
        number(json, "f1", quality.f1());
        number(json, "false_positive_rate", quality.falsePositiveRate());
      }
      json.writeEndObject();
    }
    out.println(text);
  }

  private static void number(JsonGenerator json, String name, double value) {
    if (Double.isFinite(value)) {
      json.writeNumberProperty(name, value);
    } else {
      json.writeNullProperty(name);
    }
  }

  private List<Alert> worst(int count) {
    return alerts.values().stream()
        .sorted(Comparator.comparingDouble(Alert::severity).reversed())
        .limit(count)
        .toList();
  }

  private Status ended() {
    if (status == null) {
      throw new IllegalStateException("the replay has not ended");
    }
    return status;
  }
}
