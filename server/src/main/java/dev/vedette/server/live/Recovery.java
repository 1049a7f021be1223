package dev.vedette.server.live;

import dev.vedette.connect.store.Store;
import dev.vedette.connect.store.Store.Batch;
import dev.vedette.connect.store.Store.DecisionQuery;
import dev.vedette.connect.store.Store.Logged;
import dev.vedette.connect.store.Store.Snapshot;
import dev.vedette.pipeline.Control;
import dev.vedette.pipeline.Crew;
import dev.vedette.pipeline.Event;
import dev.vedette.pipeline.EventDecision;
import dev.vedette.pipeline.Pipeline;
import dev.vedette.pipeline.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a machine to where its store says it was: the newest snapshot, then the events and
 * controls after it. Decisions made again are compared with those kept; alerts made again are
 * dropped, as they were kept with the first.
 */
final class Recovery {
  private static final Logger log = LoggerFactory.getLogger(Recovery.class);
  private static final int CHUNK = 500;
  private static final long REPORT_NANOS = 5_000_000_000L;

  private final Site site;
  private final Pipeline pipeline;
  private final BufferedArchive archive;
  private final Consumer<String> progress;
  private final Machine machine;
  private final long from;
  private final Deque<Logged> controls;
  private final List<Event> pending = new ArrayList<>(CHUNK);
  private long lastControl = -1;
  private long newest;
  private long reported;
  private long compared;
  private long mismatches;

  private Recovery(
      Site site, Pipeline pipeline, Crew crew, BufferedArchive archive, Consumer<String> progress) {
    this.site = site;
    this.pipeline = pipeline;
    this.archive = archive;
    this.progress = progress;
    Store store = site.store();
    Optional<Snapshot> snapshot = store.snapshot(pipeline.name());
    from = snapshot.map(Snapshot::number).orElse(0L);
    archive.kept();
    store.rewind(pipeline.name(), from);
    machine =
        snapshot.isPresent()
            ? site.maker().resume(pipeline, snapshot.get().state(), crew, archive)
            : site.maker().start(pipeline, crew, archive);
    if (machine.number() != from) {
      throw new IllegalStateException(
          "the snapshot of event " + from + " holds the state of event " + machine.number());
    }
    controls = new ArrayDeque<>(store.controls(pipeline.name(), from));
  }

  /**
   * What a recovery found.
   *
   * @param snapshot the number it started from
   * @param replayed how many events it went through again
   * @param mismatches how many of their decisions came out differently
   * @param endsWithEvent whether no control stands after the last event
   */
  record Recovered(
      Machine machine, long snapshot, long replayed, long mismatches, boolean endsWithEvent) {}

  /**
   * Recovers a machine.
   *
   * @param progress hears, now and then, how far it is
   */
  static Recovered run(
      Site site, Pipeline pipeline, Crew crew, BufferedArchive archive, Consumer<String> progress) {
    return new Recovery(site, pipeline, crew, archive, progress).replay();
  }

  private Recovered replay() {
    newest = kept(Long.MAX_VALUE, 1).keySet().stream().mapToLong(n -> n).max().orElse(from);
    reported = site.nanos();
    site.store().replay(pipeline.name(), from, this::take);
    process();
    boolean endsWithEvent = controls.isEmpty() && lastControl < machine.number();
    control();
    if (!controls.isEmpty()) {
      throw new IllegalStateException(
          "the log ends at event "
              + machine.number()
              + " but has a control after event "
              + controls.getFirst().after());
    }
    if (machine.number() < newest) {
      throw new IllegalStateException(
          "the log ends at event " + machine.number() + " but has a decision on " + newest);
    }
    if (mismatches > 0) {
      log.error(
          "pipeline {}: {} of {} decisions differ from those kept when made again",
          pipeline.name(),
          mismatches,
          compared);
    }
    return new Recovered(machine, from, machine.number() - from, mismatches, endsWithEvent);
  }

  private void take(Event event) {
    pending.add(event);
    long number = machine.number() + pending.size();
    boolean beforeControl = !controls.isEmpty() && controls.getFirst().after() <= number;
    if (pending.size() == CHUNK || beforeControl) {
      process();
    }
  }

  /** Applies the controls that stand before the next event. */
  private void control() {
    while (!controls.isEmpty() && controls.getFirst().after() <= machine.number()) {
      lastControl = controls.getFirst().after();
      machine.apply(controls.removeFirst().control());
    }
  }

  private void process() {
    if (pending.isEmpty()) {
      return;
    }
    // The control before the very first event is met here, all others after their event.
    control();
    List<Step> steps = machine.process(List.copyOf(pending));
    pending.clear();
    control();
    Map<Long, EventDecision> kept = kept(machine.number() + 1, steps.size());
    for (Step step : steps) {
      compare(step.decision(), kept.get(step.decision().number()));
    }
    for (Control control : machine.takeControls()) {
      log.warn("pipeline {}: the replay made a control of its own: {}", pipeline.name(), control);
    }
    if (!archive.isEmpty()) {
      site.store()
          .commit(
              pipeline.name(),
              new Batch(
                  List.of(), List.of(), List.of(), archive.moves(machine.number()), List.of()));
      archive.kept();
    }
    report();
  }

  private Map<Long, EventDecision> kept(long before, int count) {
    Map<Long, EventDecision> kept = new HashMap<>();
    DecisionQuery query =
        new DecisionQuery(pipeline.name(), null, null, null, null, null, before, count);
    for (EventDecision decision : site.store().decisions(query)) {
      kept.put(decision.number(), decision);
    }
    return kept;
  }

  private void compare(EventDecision made, @Nullable EventDecision kept) {
    compared++;
    boolean same =
        kept != null
            && kept.event().id().equals(made.event().id())
            && kept.decision().flagged() == made.decision().flagged()
            && Double.compare(kept.decision().score(), made.decision().score()) == 0;
    if (!same && mismatches++ == 0) {
      log.error(
          "pipeline {}: the decision on event {} is another one when made again",
          pipeline.name(),
          made.number());
    }
  }

  private void report() {
    long now = site.nanos();
    if (now - reported >= REPORT_NANOS) {
      reported = now;
      String text =
          String.format(Locale.ROOT, "replaying: event %,d of %,d", machine.number(), newest);
      progress.accept(text);
      log.info("pipeline {}: {}", pipeline.name(), text);
    }
  }
}
