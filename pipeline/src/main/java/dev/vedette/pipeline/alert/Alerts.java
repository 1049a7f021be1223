package dev.vedette.pipeline.alert;

import dev.vedette.Require;
import dev.vedette.pipeline.Cause;
import dev.vedette.pipeline.Event;
import dev.vedette.pipeline.EventDecision;
import dev.vedette.pipeline.Handling;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes alerts of flagged events: a deterministic machine whose only clock is the time of the
 * latest event. Used by one thread at a time.
 *
 * <p>Every flagged event that the {@link AlertPolicy} does not leave out is counted in exactly one
 * alert. At most 10,000 are open at a time; where one more would be, the one that would have closed
 * next is closed early. A decision that is not flagged costs O(1), a flagged one O(log n) in the
 * number of open alerts.
 */
public final class Alerts {
  private static final int MOST_OPEN = 10_000;

  private final AlertPolicy policy;
  private final String pipeline;
  private final int mostOpen;
  private final long coolDown;
  private final long flapWindow;

  private final Map<String, Group> open = new HashMap<>();

  /** All of {@link #open}, those that close first at the front. */
  private final TreeSet<Group> closing =
      new TreeSet<>(Comparator.comparingLong(this::closes).thenComparingLong(group -> group.first));

  /** Those of {@link #open} that have something to tell, the longest silent at the front. */
  private final TreeSet<Group> telling =
      new TreeSet<>(
          Comparator.<Group>comparingLong(group -> group.told)
              .thenComparingLong(group -> group.first));

  /** When each group was opened within the flap window, in the order of the last opening. */
  private final LinkedHashMap<String, long[]> openings = new LinkedHashMap<>();

  private long now = Long.MIN_VALUE;

  /** Nothing closes and nothing is told before. */
  private long due = Long.MAX_VALUE;

  /** A machine that has seen nothing. */
  public Alerts(AlertPolicy policy, String pipeline) {
    this(policy, pipeline, MOST_OPEN);
  }

  Alerts(AlertPolicy policy, String pipeline, int mostOpen) {
    this.policy = policy;
    this.pipeline = pipeline;
    this.mostOpen = Require.range("most-open", mostOpen, 1, MOST_OPEN);
    coolDown = policy.coolDown().toMillis();
    flapWindow = policy.flapping().window().toMillis();
  }

  /**
   * What is to be told after {@code decision}, mostly nothing. To be called for every decision, as
   * those that are not flagged tell the time.
   */
  public List<Alert> on(EventDecision decision) {
    if (decision.handling() == Handling.DUPLICATE) {
      return List.of();
    }
    now = Math.max(now, decision.event().at());
    boolean flagged = decision.decision().flagged();
    if (!flagged && now < due) {
      return List.of();
    }
    var alerts = new ArrayList<Alert>();
    while (!closing.isEmpty() && closes(closing.first()) <= now) {
      close(closing.first(), alerts);
    }
    if (flagged && isTold(decision)) {
      take(decision, alerts);
    }
    while (!telling.isEmpty() && after(telling.first().told, coolDown) <= now) {
      update(telling.first(), alerts);
    }
    due =
        Math.min(
            closing.isEmpty() ? Long.MAX_VALUE : closes(closing.first()),
            telling.isEmpty() ? Long.MAX_VALUE : after(telling.first().told, coolDown));
    return alerts;
  }

  /** The number of open alerts. */
  public int open() {
    return open.size();
  }

  private boolean isTold(EventDecision decision) {
    Event event = decision.event();
    return decision.decision().severity() >= policy.leastSeverity()
        && !isNearNormal(decision.causes())
        && policy.maintenance().stream().noneMatch(m -> m.covers(event.at(), event.key()));
  }

  /** Whether the most important cause is too small to speak of. False where that is not known. */
  private boolean isNearNormal(List<Cause> causes) {
    if (policy.leastDeviation() == 0 || causes.isEmpty()) {
      return false;
    }
    Cause cause = causes.getFirst();
    return Math.abs(cause.value() - cause.normal())
        <= policy.leastDeviation() * Math.abs(cause.normal());
  }

  private String group(Event event) {
    return switch (policy.groupBy()) {
      case "key" -> event.key();
      case "all" -> "all";
      default -> {
        String value = event.text(policy.groupBy());
        yield value == null ? "no " + policy.groupBy() : value;
      }
    };
  }

  private void take(EventDecision decision, List<Alert> alerts) {
    String name = group(decision.event());
    Group group = open.get(name);
    if (group != null) {
      remove(group);
      group.add(decision, now);
      insert(group);
      return;
    }
    while (open.size() >= mostOpen) {
      close(closing.first(), alerts);
    }
    group = new Group(name, decision, opening(name), now);
    insert(group);
    alerts.add(group.alert(pipeline, Alert.State.OPENED, policy));
  }

  private void close(Group group, List<Alert> alerts) {
    remove(group);
    alerts.add(group.alert(pipeline, Alert.State.CLOSED, policy));
  }

  private void update(Group group, List<Alert> alerts) {
    remove(group);
    group.told = now;
    group.untold = 0;
    insert(group);
    alerts.add(group.alert(pipeline, Alert.State.UPDATED, policy));
  }

  private void insert(Group group) {
    open.put(group.name, group);
    closing.add(group);
    if (group.untold > 0 && group.openings == 0) {
      telling.add(group);
    }
  }

  private void remove(Group group) {
    open.remove(group.name);
    closing.remove(group);
    telling.remove(group);
  }

  /** Notes that {@code name} opens; returns how often it did lately where that is flapping. */
  private int opening(String name) {
    int most = policy.flapping().count();
    if (most == 0) {
      return 0;
    }
    while (!openings.isEmpty() && isForgotten(openings.firstEntry().getValue())) {
      openings.pollFirstEntry();
    }
    long[] before = lately(openings.remove(name));
    if (before.length >= most) {
      return before.length + 1;
    }
    if (openings.size() >= mostOpen) {
      openings.pollFirstEntry();
    }
    long[] times = Arrays.copyOf(before, before.length + 1);
    times[before.length] = now;
    openings.put(name, times);
    return 0;
  }

  private boolean isForgotten(long[] times) {
    return after(times[times.length - 1], flapWindow) <= now;
  }

  private long[] lately(long @Nullable [] times) {
    return times == null
        ? new long[0]
        : Arrays.stream(times).filter(time -> after(time, flapWindow) > now).toArray();
  }

  private long closes(Group group) {
    return after(group.seen, group.openings > 0 ? Math.max(flapWindow, coolDown) : coolDown);
  }

  /** {@code time + span}, without overflow. */
  private static long after(long time, long span) {
    return time > Long.MAX_VALUE - span ? Long.MAX_VALUE : time + span;
  }

  /** Writes all state; {@link #resume} reads it. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(now);
    out.writeInt(closing.size());
    for (Group group : closing) {
      group.write(out);
    }
    out.writeInt(openings.size());
    for (var entry : openings.entrySet()) {
      State.writeText(out, entry.getKey());
      out.writeInt(entry.getValue().length);
      for (long time : entry.getValue()) {
        out.writeLong(time);
      }
    }
  }

  /**
   * A machine that goes on where {@link #write} left off: resumed is the same as never stopped.
   *
   * @throws dev.vedette.ModelFileException when the state is damaged
   */
  public static Alerts resume(AlertPolicy policy, String pipeline, DataInput in)
      throws IOException {
    var alerts = new Alerts(policy, pipeline);
    alerts.read(in);
    return alerts;
  }

  private void read(DataInput in) throws IOException {
    now = in.readLong();
    for (int i = State.readSize(in, 0, MOST_OPEN); i > 0; i--) {
      insert(new Group(in));
    }
    for (int i = State.readSize(in, 0, MOST_OPEN); i > 0; i--) {
      String name = State.readText(in);
      long[] times = new long[State.readSize(in, 1, 100)];
      for (int j = 0; j < times.length; j++) {
        times[j] = in.readLong();
      }
      openings.put(name, times);
    }
    // What is due is found out by the next event, whatever it is.
    due = Long.MIN_VALUE;
  }
}
