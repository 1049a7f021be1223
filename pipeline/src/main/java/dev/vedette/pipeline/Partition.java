package dev.vedette.pipeline;

import dev.vedette.Decision;
import dev.vedette.ModelFileException;
import dev.vedette.Require;
import dev.vedette.pipeline.alert.Alert;
import dev.vedette.pipeline.alert.Alerts;
import dev.vedette.pipeline.feature.FeatureState;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All state of a running {@link Pipeline}, a deterministic machine: the same events and controls
 * give the same decisions and alerts, bit for bit, in any batches, on any {@link Crew}, and across
 * {@link #snapshot} and {@link #resume}. Used by one thread at a time.
 */
public final class Partition {
  /** The most events the members judge before their opinions are fused. */
  private static final int BLOCK = 512;

  /** How fast the mean disagreement forgets: about 1,000 events. */
  private static final double FORGET = 0.001;

  private final Pipeline pipeline;
  private final Archive archive;
  private final Seen seen;
  private final Panel panel;
  private final Refitting refitting;
  private final Causes causes;
  private final Judge judge;
  private final List<Control> controls = new ArrayList<>();
  private FeatureState features;
  private Alerts alerts;

  private long number;

  /** Events that were judged and learned from: what does not teach moves no schedule. */
  private long judged;

  private long newest = Long.MIN_VALUE;
  private long flagged;
  private long duplicates;
  private long late;
  private double disagreement;

  private Partition(Pipeline pipeline, Crew crew, Archive archive) {
    List<String> names = pipeline.features().names();
    this.pipeline = pipeline;
    this.archive = archive;
    this.seen = new Seen(pipeline.schema().remembered());
    this.panel = new Panel(pipeline.detectors(), pipeline.fuse(), crew, names.size());
    this.refitting = new Refitting(pipeline.learning(), names, crew);
    this.causes = new Causes(names, pipeline.wordings(), refitting);
    this.judge = new Judge(pipeline.rule(), pipeline.fuse());
    this.features = pipeline.features().start(pipeline.keyMemory(), pipeline.timeToLive(), archive);
    this.alerts = new Alerts(pipeline.alerts(), pipeline.name());
  }

  /** A partition that has seen nothing. */
  public static Partition start(Pipeline pipeline, Crew crew, Archive archive) {
    return new Partition(pipeline, crew, archive);
  }

  /**
   * A partition that goes on where {@code snapshot} was taken.
   *
   * @throws ModelFileException when the snapshot is damaged or of another pipeline
   */
  public static Partition resume(Pipeline pipeline, byte[] snapshot, Crew crew, Archive archive) {
    var partition = new Partition(pipeline, crew, archive);
    Snapshots.read(snapshot, pipeline.fingerprint(), partition::read);
    return partition;
  }

  /** Judges and learns from {@code events}, in this order: one step for each. */
  public List<Step> process(List<Event> events) {
    var steps = new ArrayList<Step>(events.size());
    int from = 0;
    while (from < events.size()) {
      long room = Math.min(refitting.boundary() - judged, panel.boundary() - number);
      int count = (int) Math.min(Math.min(BLOCK, Math.max(1, room)), events.size() - from);
      block(events.subList(from, from + count), steps);
      from += count;
      refitting.after(judged, panel.members());
    }
    return steps;
  }

  /** As {@link #process(List)}, for one. */
  public Step process(Event event) {
    return process(List.of(event)).getFirst();
  }

  private void block(List<Event> events, List<Step> steps) {
    int size = events.size();
    var handling = new Handling[size];
    double[][] rows = new double[size][];
    boolean[] learn = new boolean[size];
    int known = 0;
    for (int i = 0; i < size; i++) {
      handling[i] = handle(events.get(i));
      if (handling[i] != Handling.DUPLICATE) {
        rows[known] = row(events.get(i), handling[i]);
        learn[known++] = handling[i] == Handling.JUDGED;
      }
    }
    long first = number + 1;
    controls.addAll(panel.work(Arrays.copyOf(rows, known), learn, first));
    int at = 0;
    for (int i = 0; i < size; i++) {
      number++;
      boolean duplicate = handling[i] == Handling.DUPLICATE;
      EventDecision decision =
          duplicate ? duplicate(events.get(i)) : decide(events.get(i), handling[i], at, rows[at]);
      at += duplicate ? 0 : 1;
      List<Alert> told = alerts.on(decision);
      steps.add(new Step(decision, told));
    }
  }

  private Handling handle(Event event) {
    if (!event.id().isEmpty() && !seen.add(event.id())) {
      duplicates++;
      return Handling.DUPLICATE;
    }
    if (event.at() < watermark()) {
      late++;
      return Handling.LATE;
    }
    newest = Math.max(newest, event.at());
    return Handling.JUDGED;
  }

  private double[] row(Event event, Handling handling) {
    double[] row = new double[pipeline.features().names().size()];
    features.row(event, row);
    if (handling == Handling.JUDGED) {
      features.learn(event);
    }
    return row;
  }

  private EventDecision decide(Event event, Handling handling, int at, double[] row) {
    double score = panel.fused(at);
    Decision decision = judge.decide(score);
    double apart = panel.disagreement(at);
    List<Cause> why = decision.flagged() ? causes.of(panel.members(), at, row) : List.of();
    var result =
        new EventDecision(
            number,
            event,
            handling,
            decision,
            judge.low(decision.pValue()),
            judge.high(decision.pValue()),
            judge.threshold(),
            apart,
            panel.opinions(at),
            why,
            version());
    flagged += decision.flagged() ? 1 : 0;
    if (handling == Handling.JUDGED) {
      judged++;
      disagreement += FORGET * (apart - disagreement);
      judge.learn(score, event.at());
      if (!decision.flagged()) {
        refitting.offer(judged, row);
      }
    }
    return result;
  }

  private EventDecision duplicate(Event event) {
    return new EventDecision(
        number,
        event,
        Handling.DUPLICATE,
        new Decision(0, 1, 0, false),
        1,
        1,
        judge.threshold(),
        0,
        List.of(),
        List.of(),
        version());
  }

  /** Applies {@code control} before the next event. */
  public void apply(Control control) {
    switch (control) {
      case Label label -> {
        Require.that(Double.isFinite(label.score()), "the label has no score; look it up first");
        judge.label(label.score(), label.anomaly());
      }
      case LeftOut out -> panel.leaveOut(out);
    }
  }

  /** The controls the machine made itself since the last call; they are to be logged. */
  public List<Control> takeControls() {
    List<Control> taken = List.copyOf(controls);
    controls.clear();
    return taken;
  }

  /** The number of the last event handled; 0 before the first. */
  public long number() {
    return number;
  }

  private long watermark() {
    long lateness = pipeline.schema().lateness().toMillis();
    return newest < Long.MIN_VALUE + lateness ? Long.MIN_VALUE : newest - lateness;
  }

  private String version() {
    return pipeline.fingerprint() + "." + refitting.fits(panel.members());
  }

  /** How it is doing. */
  public Status status() {
    return new Status(
        version(),
        number,
        flagged,
        duplicates,
        late,
        watermark(),
        features.keys(),
        features.archivedKeys(),
        features.bytes() + panel.bytes() + refitting.bytes() + judge.bytes() + seen.bytes(),
        pipeline.memory(),
        judge.threshold(),
        1 - disagreement / Panel.MOST_DISAGREEMENT,
        judge.drift(),
        panel.status());
  }

  /** All state as bytes. */
  public byte[] snapshot() {
    return Snapshots.write(pipeline.fingerprint(), this::write);
  }

  private void write(DataOutputStream out) throws IOException {
    out.writeLong(number);
    out.writeLong(judged);
    out.writeLong(newest);
    out.writeLong(flagged);
    out.writeLong(duplicates);
    out.writeLong(late);
    out.writeDouble(disagreement);
    seen.write(out);
    features.write(out);
    panel.write(out);
    refitting.write(out);
    judge.write(out);
    alerts.write(out);
  }

  private void read(DataInputStream in) throws IOException {
    number = in.readLong();
    judged = in.readLong();
    newest = in.readLong();
    flagged = in.readLong();
    duplicates = in.readLong();
    late = in.readLong();
    disagreement = in.readDouble();
    seen.read(in);
    features = pipeline.features().resume(in, pipeline.keyMemory(), pipeline.timeToLive(), archive);
    panel.read(in);
    refitting.read(in, panel.members());
    judge.read(in);
    alerts = Alerts.resume(pipeline.alerts(), pipeline.name(), in);
  }
}
