package dev.vedette.server.live;

import dev.vedette.connect.sink.Delivery;
import dev.vedette.connect.sink.Outbox;
import dev.vedette.connect.sink.Retry;
import dev.vedette.connect.sink.Sink;
import dev.vedette.connect.sink.Sinks;
import dev.vedette.connect.store.Store.Audit;
import dev.vedette.connect.store.Store.PipelineRow;
import dev.vedette.pipeline.Event;
import dev.vedette.pipeline.EventDecision;
import dev.vedette.pipeline.Label;
import dev.vedette.pipeline.Pipeline;
import dev.vedette.pipeline.Status;
import dev.vedette.pipeline.Step;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pipeline that runs: a bounded queue, one worker, one transaction for each batch. Thread-safe.
 */
public final class LivePipeline {
  private static final Logger log = LoggerFactory.getLogger(LivePipeline.class);

  private final Site site;
  private final Pipeline pipeline;
  private final Intake intake;
  private final Answers answers;
  private final List<Sink> sinks;
  private volatile @Nullable Delivery delivery;
  private final Meters meters;
  private final Worker worker;
  private final ReentrantLock rowLock = new ReentrantLock();
  private volatile PipelineRow row;
  private volatile @Nullable Supplier<Quality> truth;

  LivePipeline(Site site, PipelineRow row, Pipeline pipeline) {
    this.site = site;
    this.row = row;
    this.pipeline = pipeline;
    sinks = new Sinks(site.folder(), System::getenv, site.clock()).parse(pipeline.alerts().to());
    answers = new Answers(row.name());
    meters = new Meters(site.meters(), row.name());
    worker = new Worker(site, pipeline, answers, meters, sinks.stream().map(Sink::name).toList());
    intake = worker.intake();
  }

  /** Ends what was never started. */
  void discard() {
    worker.discard();
    sinks.forEach(Sink::close);
    meters.remove();
  }

  void start() {
    // A folder each: the file of dead letters has one writer.
    var settings =
        new Delivery.Settings(
            site.folder().resolve(name()), new Retry(), site.clock(), name().hashCode());
    Delivery started = Delivery.start(Outbox.of(site.store(), name()), sinks, settings);
    delivery = started;
    var unused = answers.listen(steps -> deliver(steps, started));
    meters.watch(this);
    worker.start();
  }

  private static void deliver(List<Step> steps, Delivery delivery) {
    if (steps.stream().anyMatch(step -> !step.alerts().isEmpty())) {
      delivery.wake();
    }
  }

  /** How the delivery of alerts is doing, one for each sink. */
  public List<Delivery.SinkStatus> sinks() {
    Delivery running = delivery;
    return running == null ? List.of() : running.status();
  }

  void awaitReady() throws InterruptedException {
    worker.awaitReady();
  }

  public String name() {
    return row.name();
  }

  public Pipeline pipeline() {
    return pipeline;
  }

  /**
   * Accepts {@code events}; the future completes when they and what came of them are kept in the
   * store. It fails with {@link UnavailableException} when that is not possible; then nothing was
   * acknowledged.
   *
   * @throws IllegalArgumentException when there are more than the queue can ever hold
   * @throws QueueFullException when the queue has no room; nothing was accepted
   * @throws PausedException when the pipeline is paused; nothing was accepted
   * @throws UnavailableException when its store is away or it is stopped; nothing was accepted
   */
  public CompletableFuture<List<EventDecision>> submit(List<Event> events) {
    if (row.paused()) {
      throw new PausedException(
          "pipeline '" + name() + "' is paused; resume it to send events again");
    }
    if (events.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    CompletableFuture<List<EventDecision>> answer = new CompletableFuture<>();
    intake.offer(new Intake.Submitted(List.copyOf(events), answer, site.nanos()));
    return answer;
  }

  /**
   * Keeps what a person says of an event and applies it, after all events submitted before. The
   * future fails with {@link dev.vedette.DataException} when there is no such event.
   *
   * @throws QueueFullException when the queue has no room; nothing was accepted
   * @throws UnavailableException when its store is away or it is stopped; nothing was accepted
   */
  public CompletableFuture<Void> label(Label label) {
    CompletableFuture<Void> answer = new CompletableFuture<>();
    intake.offer(new Intake.Labelled(label, answer));
    return answer;
  }

  /** Takes no more events until {@link #resume}; what was accepted is finished. */
  public void pause(String by) {
    paused(true, by);
  }

  public void resume(String by) {
    paused(false, by);
  }

  private void paused(boolean paused, String by) {
    rowLock.lock();
    try {
      if (row.paused() == paused) {
        return;
      }
      if (intake.closed()) {
        throw new UnavailableException("pipeline '" + name() + "' is stopped");
      }
      PipelineRow changed = new PipelineRow(name(), row.yaml(), paused, row.created());
      site.store().save(changed);
      row = changed;
      String action = paused ? "pipeline.pause" : "pipeline.resume";
      site.store().audit(new Audit(site.clock().millis(), by, action, name(), ""));
      log.info("pipeline {}: {}", name(), paused ? "paused" : "resumed");
    } finally {
      rowLock.unlock();
    }
  }

  public boolean paused() {
    return row.paused();
  }

  /** How the partition was doing after the last batch, or up to 0.2 s before that. */
  public Status status() {
    return worker.status();
  }

  /** What keeps the pipeline from its work now, in words; empty when nothing does. */
  public Optional<String> trouble() {
    return Optional.ofNullable(worker.trouble());
  }

  /** Events accepted and not yet kept. */
  public int queued() {
    return intake.queued();
  }

  /** Says from where it is known how good the decisions are, such as from a simulator. */
  public void judgedBy(Supplier<Quality> knowledge) {
    truth = knowledge;
  }

  /** How good the decisions are, where that is known. */
  public Optional<Quality> quality() {
    Supplier<Quality> known = truth;
    return known == null ? Optional.empty() : Optional.of(known.get());
  }

  /**
   * Gives what came of each batch to {@code listener}, once it is kept, in order. The listener runs
   * on the thread that answers submissions and must not block; one that throws is removed. Closing
   * the result ends it.
   */
  public AutoCloseable listen(Consumer<List<Step>> listener) {
    return answers.listen(listener);
  }

  /** Takes nothing more; {@link #join} waits until what was accepted is finished. */
  void close() {
    intake.close("pipeline '" + name() + "' is stopped");
  }

  /** Stops without finishing what was accepted: it fails. */
  void abandon() {
    rowLock.lock();
    try {
      worker.abandon();
      close();
    } finally {
      rowLock.unlock();
    }
  }

  void join() throws InterruptedException {
    worker.join();
    Delivery running = delivery;
    if (running != null) {
      running.close();
    }
    meters.remove();
  }
}
