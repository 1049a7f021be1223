package dev.vedette.server.live;

import dev.vedette.DataException;
import dev.vedette.connect.store.Store.Batch;
import dev.vedette.connect.store.Store.Logged;
import dev.vedette.pipeline.Control;
import dev.vedette.pipeline.Event;
import dev.vedette.pipeline.EventDecision;
import dev.vedette.pipeline.Label;
import dev.vedette.pipeline.LeftOut;
import dev.vedette.pipeline.Step;
import dev.vedette.pipeline.alert.Alert;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/** What a worker does in one go: events and labels in their order, then one transaction. */
final class Turn {
  private final Machine machine;
  private final int chunk;
  private final LongFunction<Optional<EventDecision>> kept;
  private final List<Intake.Item> items;
  private final List<Event> pending = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<Logged> controls = new ArrayList<>();
  private final IdentityHashMap<Intake.Item, RuntimeException> rejected = new IdentityHashMap<>();
  private final long before;

  /**
   * Prepares a turn.
   *
   * @param chunk the most events given to the machine at once
   * @param kept finds the decision of a number in the store
   */
  Turn(
      Machine machine,
      int chunk,
      LongFunction<Optional<EventDecision>> kept,
      List<Intake.Item> items) {
    this.machine = machine;
    this.chunk = chunk;
    this.kept = kept;
    this.items = items;
    this.before = machine.number();
  }

  void run() {
    for (Intake.Item item : items) {
      switch (item) {
        case Intake.Submitted submitted -> pending.addAll(submitted.events());
        case Intake.Labelled labelled -> {
          process();
          label(labelled);
        }
      }
    }
    process();
  }

  private void process() {
    for (int from = 0; from < pending.size(); from += chunk) {
      List<Event> events = pending.subList(from, Math.min(from + chunk, pending.size()));
      long after = machine.number();
      steps.addAll(machine.process(List.copyOf(events)));
      if (machine.number() != after + events.size() || steps.size() != machine.number() - before) {
        throw new IllegalStateException(
            "events " + (after + 1) + " and later were not numbered without gaps");
      }
      for (Control control : machine.takeControls()) {
        controls.add(new Logged(control instanceof LeftOut out ? out.from() - 1 : after, control));
      }
    }
    pending.clear();
  }

  private void label(Intake.Labelled labelled) {
    long number = labelled.label().number();
    Optional<EventDecision> decision = decision(number);
    if (decision.isEmpty()) {
      rejected.put(
          labelled,
          new DataException(
              "there is no event "
                  + number
                  + "; the events go to "
                  + machine.number()
                  + ", and old ones are forgotten"));
      return;
    }
    Label label = labelled.label().scored(decision.get().decision().score());
    machine.apply(label);
    controls.add(new Logged(machine.number(), label));
  }

  /** The decision on event {@code number}, of this turn or an earlier one. */
  private Optional<EventDecision> decision(long number) {
    if (number < 1 || number > machine.number()) {
      return Optional.empty();
    }
    return number > before
        ? Optional.of(steps.get(Math.toIntExact(number - before - 1)).decision())
        : kept.apply(number);
  }

  /**
   * What is to be kept; {@code archive} is not cleared.
   *
   * @param sinks where the alerts go
   */
  Batch batch(BufferedArchive archive, List<String> sinks) {
    List<EventDecision> decisions = new ArrayList<>(steps.size());
    List<Alert> alerts = new ArrayList<>();
    for (Step step : steps) {
      decisions.add(step.decision());
      alerts.addAll(step.alerts());
    }
    // Without a new event the moves wait for the next turn: a rewind to this very number would
    // take them for older than they are.
    return new Batch(
        decisions,
        List.copyOf(controls),
        alerts,
        steps.isEmpty() ? List.of() : archive.moves(machine.number()),
        sinks);
  }

  /** Whether the state after this turn is that of its last event, without a control after it. */
  boolean endsWithEvent() {
    return !steps.isEmpty()
        && (controls.isEmpty() || controls.getLast().after() < machine.number());
  }

  List<Step> steps() {
    return steps;
  }

  List<Logged> controls() {
    return controls;
  }

  List<Intake.Item> items() {
    return items;
  }

  /** Answers everyone, in order: all is kept. */
  void answer() {
    int from = 0;
    for (Intake.Item item : items) {
      RuntimeException reason = rejected.get(item);
      if (reason != null) {
        item.fail(reason);
        continue;
      }
      switch (item) {
        case Intake.Submitted submitted -> {
          int to = from + submitted.size();
          submitted
              .answer()
              .complete(steps.subList(from, to).stream().map(Step::decision).toList());
          from = to;
        }
        case Intake.Labelled labelled -> labelled.answer().complete(null);
      }
    }
  }
}
