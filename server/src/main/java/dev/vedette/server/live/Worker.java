package dev.vedette.server.live;

import dev.vedette.connect.store.Store;
import dev.vedette.connect.store.Store.Batch;
import dev.vedette.pipeline.EventDecision;
import dev.vedette.pipeline.Pipeline;
import dev.vedette.pipeline.Status;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that drives the machine of a pipeline: takes what waits, lets the machine handle
 * it, keeps all of it in one transaction, and only then has it answered.
 */
final class Worker {
  private static final Logger log = LoggerFactory.getLogger(Worker.class);
  private static final long STATUS_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long IDLE_NANOS = TimeUnit.HOURS.toNanos(1);

  private final Site site;
  private final Pipeline pipeline;
  private final List<String> sinks;
  private final Intake intake;
  private final Answers answers;
  private final Meters meters;
  private final Patience patience;
  private final BufferedArchive archive;
  private final Snapshots snapshots;
  private final ThreadCrew crew;
  private final Thread thread;
  private final CountDownLatch ready = new CountDownLatch(1);
  private Machine machine;
  private boolean endsWithEvent = true;
  private boolean statusIsOld;
  private long statusAt;
  private volatile Status status;
  private volatile boolean deleted;

  /**
   * Makes a worker that is not started.
   *
   * @param sinks the names of those every alert goes to
   */
  Worker(Site site, Pipeline pipeline, Answers answers, Meters meters, List<String> sinks) {
    this.site = site;
    this.pipeline = pipeline;
    this.sinks = sinks;
    intake = new Intake(pipeline.name(), site.limits().queue());
    this.answers = answers;
    this.meters = meters;
    patience = new Patience(pipeline.name(), site.limits());
    archive = new BufferedArchive(site.store(), pipeline.name(), patience);
    snapshots = new Snapshots(site, pipeline.name(), meters);
    crew = new ThreadCrew(pipeline.name(), site.limits().stall(), site.background());
    machine = site.maker().start(pipeline, crew, archive);
    status = machine.status();
    thread = Thread.ofPlatform().daemon().name("pipeline-" + pipeline.name()).unstarted(this::run);
  }

  void start() {
    answers.start();
    thread.start();
  }

  /** Waits for the first recovery to succeed or fail. */
  void awaitReady() throws InterruptedException {
    ready.await();
  }

  /** Finishes what was accepted, keeps a snapshot and ends. */
  void join() throws InterruptedException {
    thread.join();
  }

  /** Ends what was never started. */
  void discard() {
    crew.close();
  }

  /** Ends without finishing what was accepted. */
  void abandon() {
    deleted = true;
    patience.abandon();
  }

  Intake intake() {
    return intake;
  }

  Status status() {
    return status;
  }

  @Nullable String trouble() {
    return patience.trouble();
  }

  private void run() {
    try {
      if (recover()) {
        work();
        if (!deleted && endsWithEvent && archive.isEmpty()) {
          snapshots.takeLast(machine);
        }
      }
    } catch (InterruptedException e) {
      log.error("pipeline {}: interrupted", pipeline.name());
    } catch (RuntimeException | Error e) {
      log.error("pipeline {}: the worker ends", pipeline.name(), e);
      patience.trouble("it ended and needs a restart of the server: " + Patience.reason(e));
      throw e;
    } finally {
      end();
    }
  }

  private void end() {
    ready.countDown();
    intake.close("pipeline '" + pipeline.name() + "' is stopped");
    intake.refuse("pipeline '" + pipeline.name() + "' is stopped");
    snapshots.finish();
    crew.close();
    try {
      answers.end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() throws InterruptedException {
    while (true) {
      List<Intake.Item> items = intake.take(site.limits().batch(), idleNanos());
      if (deleted) {
        UnavailableException gone =
            new UnavailableException("pipeline '" + pipeline.name() + "' is deleted");
        items.forEach(item -> item.fail(gone));
        return;
      }
      if (!items.isEmpty()) {
        if (!handle(items)) {
          return;
        }
      } else if (intake.closed()) {
        return;
      }
      settle(items.isEmpty());
    }
  }

  /** Whether the worker goes on after it. */
  private boolean handle(List<Intake.Item> items) throws InterruptedException {
    long start = site.nanos();
    Turn turn = new Turn(machine, site.limits().batch(), this::kept, items);
    try {
      turn.run();
      keep(turn.batch(archive, sinks));
    } catch (RuntimeException | Error e) {
      log.error(
          "pipeline {}: {} submissions were not kept and are not acknowledged",
          pipeline.name(),
          items.size(),
          e);
      UnavailableException reason =
          new UnavailableException(
              "pipeline '" + pipeline.name() + "' could not keep this: " + Patience.reason(e));
      intake.done(0);
      // The machine holds what was not kept: it is for no snapshot until it is made anew.
      endsWithEvent = false;
      answers.post(() -> items.forEach(item -> item.fail(reason)));
      return recover();
    }
    if (!turn.steps().isEmpty()) {
      archive.kept();
    }
    if (!turn.steps().isEmpty() || !turn.controls().isEmpty()) {
      endsWithEvent = turn.endsWithEvent();
    }
    statusIsOld = true;
    intake.done(site.nanos() - start);
    answers.post(
        () -> {
          long now = site.nanos();
          turn.answer();
          meters.kept(turn, now);
          if (!turn.steps().isEmpty()) {
            answers.tell(List.copyOf(turn.steps()));
          }
        });
    return true;
  }

  private Optional<EventDecision> kept(long number) {
    return patience.insist(() -> site.store().decision(pipeline.name(), number));
  }

  private void keep(Batch batch) {
    if (batch.decisions().isEmpty() && batch.controls().isEmpty()) {
      return;
    }
    boolean[] tried = new boolean[1];
    long start = site.nanos();
    patience.insist(
        () -> {
          // A commit may fail after it was made, when only the answer of the store was lost.
          if (!tried[0] || !isThere(batch)) {
            tried[0] = true;
            site.store().commit(pipeline.name(), batch);
          }
          return batch;
        });
    meters.commit(site.nanos() - start);
  }

  private boolean isThere(Batch batch) {
    Store store = site.store();
    if (batch.decisions().isEmpty()) {
      long after = batch.controls().getFirst().after();
      return store.controls(pipeline.name(), after).containsAll(batch.controls());
    }
    EventDecision last = batch.decisions().getLast();
    return store
        .decision(pipeline.name(), last.number())
        .filter(kept -> kept.event().id().equals(last.event().id()))
        .isPresent();
  }

  /** What is done between turns: the status, and a snapshot when one is due. */
  private void settle(boolean idle) {
    long now = site.nanos();
    if (statusIsOld && (idle || now - statusAt >= STATUS_NANOS)) {
      status = machine.status();
      statusIsOld = false;
      statusAt = now;
    }
    if (endsWithEvent && snapshots.due(machine.number())) {
      try {
        snapshots.take(machine);
      } catch (RuntimeException e) {
        log.error("pipeline {}: no snapshot was taken", pipeline.name(), e);
      }
    }
  }

  private long idleNanos() {
    if (statusIsOld) {
      return STATUS_NANOS;
    }
    long millis = endsWithEvent ? snapshots.waitMillis(machine.number()) : Long.MAX_VALUE;
    return millis == Long.MAX_VALUE
        ? IDLE_NANOS
        : Math.clamp(TimeUnit.MILLISECONDS.toNanos(millis), STATUS_NANOS, IDLE_NANOS);
  }

  /** Makes the machine anew from the store, trying until it succeeds; false if stopped before. */
  private boolean recover() throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      if (deleted || (attempt > 1 && intake.closed())) {
        return false;
      }
      try {
        snapshots.finish();
        restart();
        return true;
      } catch (RuntimeException e) {
        String trouble =
            "pipeline '" + pipeline.name() + "' cannot be recovered: " + Patience.reason(e);
        log.error("{}", trouble, e);
        patience.trouble(trouble);
        intake.refuse(trouble);
        ready.countDown();
        if (intake.awaitClosed(patience.pause(attempt))) {
          return false;
        }
      }
    }
  }

  private void restart() {
    Recovery.Recovered recovered = Recovery.run(site, pipeline, crew, archive, patience::trouble);
    machine = recovered.machine();
    // Labels may stand after the last event; the next event makes snapshots possible again.
    endsWithEvent = recovered.endsWithEvent();
    snapshots.restart(recovered.snapshot());
    status = machine.status();
    statusIsOld = false;
    patience.trouble(null);
    intake.welcome();
    log.info(
        "pipeline {}: runs from event {}, {} of them replayed",
        pipeline.name(),
        machine.number(),
        recovered.replayed());
    ready.countDown();
  }
}
