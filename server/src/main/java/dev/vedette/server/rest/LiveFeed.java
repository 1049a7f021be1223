package dev.vedette.server.rest;

import dev.vedette.connect.store.StoreException;
import dev.vedette.pipeline.EventDecision;
import dev.vedette.pipeline.Status;
import dev.vedette.pipeline.Step;
import dev.vedette.pipeline.alert.Alert;
import dev.vedette.server.live.Live;
import dev.vedette.server.live.LivePipeline;
import dev.vedette.server.live.Quality;
import dev.vedette.server.security.Caller;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/**
 * One client that watches a pipeline. The worker of the pipeline only puts into a bounded queue;
 * the thread of the client writes. A client that falls behind is disconnected.
 */
final class LiveFeed {
  private static final int QUEUE = 512;
  private static final int SCORES_A_SECOND = 20;
  private static final long SECOND = 1_000_000_000L;
  private static final long TIME_TO_WRITE = 15 * SECOND;
  private static final byte[] COMMENT = ": alive\n\n".getBytes(StandardCharsets.US_ASCII);

  private sealed interface Item {
    record Score(EventDecision decision) implements Item {}

    record Told(Alert alert) implements Item {}

    record End() implements Item {}
  }

  private final LivePipeline pipeline;
  private final Caller caller;
  private final Parts parts;
  private final Deadlines deadlines;
  private final OutputStream out;
  private final BlockingQueue<Item> queue = new ArrayBlockingQueue<>(QUEUE);
  private volatile boolean ended;

  // Only touched by the worker of the pipeline.
  private double allowance = SCORES_A_SECOND;
  private long lastSample = System.nanoTime();

  // Only touched by the thread of the client.
  private final double[] recent = new double[600];
  private final Latency latency;
  private int scores;
  private long eventsBefore;

  LiveFeed(LivePipeline pipeline, Call call, Parts parts, OutputStream out) {
    this.pipeline = pipeline;
    this.caller = call.caller();
    this.parts = parts;
    this.deadlines = call.deadlines();
    this.out = out;
    this.latency = new Latency(parts.meters(), pipeline.name());
  }

  void end() {
    ended = true;
    queue.offer(new Item.End());
  }

  /**
   * Writes until the client leaves, falls behind, loses its key, the pipeline is deleted, or {@link
   * #end} is called.
   */
  void run() throws IOException {
    AutoCloseable listening = pipeline.listen(this::take);
    try {
      eventsBefore = pipeline.status().events();
      latency.next();
      write(COMMENT);
      long next = System.nanoTime() + SECOND;
      while (!ended) {
        Item item = queue.poll(Math.max(0, next - System.nanoTime()), TimeUnit.NANOSECONDS);
        if (item instanceof Item.Score score) {
          score(score.decision);
        } else if (item instanceof Item.Told told) {
          send("alert", json -> Json.alert(json, told.alert));
        }
        if (System.nanoTime() - next >= 0) {
          if (!mayGoOn()) {
            return;
          }
          tick();
          next = Math.max(next + SECOND, System.nanoTime());
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      deadlines.arrived();
      close(listening);
    }
  }

  private boolean mayGoOn() {
    Live live = parts.live().get();
    boolean there = live != null && live.find(pipeline.name()).orElse(null) == pipeline;
    try {
      return there && parts.keys().isKnown(caller);
    } catch (StoreException away) {
      return there;
    }
  }

  private static void close(AutoCloseable listening) {
    try {
      listening.close();
    } catch (Exception e) {
      throw new IllegalStateException("a listener did not end", e);
    }
  }

  /** Runs on the worker of the pipeline: never blocks. */
  private void take(List<Step> steps) {
    if (ended) {
      return;
    }
    for (EventDecision decision : sample(steps)) {
      queue.offer(new Item.Score(decision));
    }
    for (Step step : steps) {
      for (Alert alert : step.alerts()) {
        if (!queue.offer(new Item.Told(alert))) {
          ended = true;
        }
      }
    }
  }

  /** The flagged ones first, then others evenly, as many as are allowed by now. */
  private List<EventDecision> sample(List<Step> steps) {
    long now = System.nanoTime();
    double gained = (double) (now - lastSample) / SECOND * SCORES_A_SECOND;
    allowance = Math.min(SCORES_A_SECOND, allowance + gained);
    lastSample = now;
    int most = (int) Math.min(allowance, steps.size());
    var chosen = new ArrayList<EventDecision>(most);
    for (int i = 0; i < steps.size() && chosen.size() < most; i++) {
      if (steps.get(i).decision().decision().flagged()) {
        chosen.add(steps.get(i).decision());
      }
    }
    int others = most - chosen.size();
    for (int i = 0; i < others; i++) {
      EventDecision decision = steps.get((int) ((long) i * steps.size() / others)).decision();
      if (!decision.decision().flagged()) {
        chosen.add(decision);
      }
    }
    allowance -= chosen.size();
    return chosen;
  }

  private void score(EventDecision decision) throws IOException {
    double score = decision.decision().score();
    if (Double.isFinite(score)) {
      recent[scores++ % recent.length] = score;
    }
    send(
        "score",
        json -> {
          json.writeStartObject();
          Json.time(json, "at", decision.event().at());
          json.writeNumberProperty("number", decision.number());
          Json.text(json, "key", decision.event().key());
          Json.number(json, "score", score);
          Json.number(json, "threshold", decision.threshold());
          Json.number(json, "severity", decision.decision().severity());
          json.writeBooleanProperty("flagged", decision.decision().flagged());
          json.writeEndObject();
        });
  }

  private void tick() throws IOException {
    Status status = pipeline.status();
    double[] millis = latency.next(0.5, 0.95, 0.99);
    double[] sorted = Arrays.copyOf(recent, Math.min(scores, recent.length));
    Arrays.sort(sorted);
    long perSecond = Math.max(0, status.events() - eventsBefore);
    eventsBefore = status.events();
    send(
        "tick",
        json -> {
          json.writeStartObject();
          Json.time(json, "at", parts.clock().millis());
          json.writeNumberProperty("events", status.events());
          json.writeNumberProperty("perSecond", perSecond);
          Json.number(json, "p50", millis[0]);
          Json.number(json, "p95", millis[1]);
          Json.number(json, "p99", millis[2]);
          json.writeNumberProperty("queued", pipeline.queued());
          json.writeNumberProperty("flagged", status.flagged());
          Json.number(json, "threshold", status.threshold());
          Json.number(json, "low", quantile(sorted, 0.05));
          Json.number(json, "high", quantile(sorted, 0.95));
          json.writeBooleanProperty("paused", pipeline.paused());
          json.writeNumberProperty("keys", status.keys());
          json.writeNumberProperty("bytes", status.bytes());
          json.writeNumberProperty("bound", status.bound());
          Json.number(json, "agreement", status.agreement());
          Json.number(json, "drift", status.drift());
          pipeline.quality().ifPresent(quality -> truth(json, quality));
          json.writeEndObject();
        });
  }

  private static void truth(JsonGenerator json, Quality quality) {
    json.writeObjectPropertyStart("truth");
    Json.number(json, "precision", quality.precision());
    Json.number(json, "recall", quality.recall());
    json.writeNumberProperty("truePositives", quality.truePositives());
    json.writeNumberProperty("falsePositives", quality.falsePositives());
    json.writeNumberProperty("missed", quality.missed());
    json.writeEndObject();
  }

  private static double quantile(double[] sorted, double level) {
    return sorted.length == 0 ? Double.NaN : sorted[(int) (level * (sorted.length - 1))];
  }

  private void send(String event, Consumer<JsonGenerator> data) throws IOException {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(("event: " + event + "\ndata: ").getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(Json.bytes(data));
    bytes.writeBytes("\n\n".getBytes(StandardCharsets.US_ASCII));
    write(bytes.toByteArray());
  }

  private void write(byte[] bytes) throws IOException {
    deadlines.until(TIME_TO_WRITE);
    out.write(bytes);
    out.flush();
    deadlines.arrived();
  }
}
