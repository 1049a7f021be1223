package dev.vedette.server.live;

import dev.vedette.Decision;
import dev.vedette.pipeline.Archive;
import dev.vedette.pipeline.Control;
import dev.vedette.pipeline.Crew;
import dev.vedette.pipeline.Event;
import dev.vedette.pipeline.EventDecision;
import dev.vedette.pipeline.Handling;
import dev.vedette.pipeline.Label;
import dev.vedette.pipeline.LeftOut;
import dev.vedette.pipeline.Pipeline;
import dev.vedette.pipeline.Status;
import dev.vedette.pipeline.Step;
import dev.vedette.pipeline.alert.Alert;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A small machine: the score of an event is a hash of all that was handled before and of the count
 * of its key, so that any event lost, repeated or out of order shows in every score after it. It
 * holds two keys in memory; others are in the archive.
 */
final class Tally implements Machine {
  private static final int KEYS = 2;

  private final String name;
  private final Archive archive;
  private final Set<String> seen = new LinkedHashSet<>();
  private final Map<String, Long> counts = new LinkedHashMap<>();
  private final List<Control> made = new ArrayList<>();
  private long number;
  private long hash = 17;
  private boolean leftOut;

  private Tally(String name, Archive archive) {
    this.name = name;
    this.archive = archive;
  }

  /** Makes these machines; the text of a pipeline is its name and megabytes, "shop 10". */
  static final class Maker implements Machine.Maker {
    @Override
    public Pipeline parse(String yaml) {
      if (!yaml.contains(" ")) {
        throw new IllegalArgumentException("no memory in '" + yaml + "'");
      }
      String[] words = yaml.split(" ", 2);
      return Pipeline.parse(
          """
          # %s
          name: %s
          event: {key: key, time: at, id: id}
          features: [amount]
          detectors: [streaming-tails]
          threshold: {false-alarms: 0.001}
          """
              .formatted(words[1], words[0]));
    }

    @Override
    public long memory(Pipeline pipeline) {
      return Long.parseLong(pipeline.yaml().lines().findFirst().orElseThrow().substring(2)) << 20;
    }

    @Override
    public Machine start(Pipeline pipeline, Crew crew, Archive archive) {
      return new Tally(pipeline.name(), archive);
    }

    @Override
    public Machine resume(Pipeline pipeline, byte[] snapshot, Crew crew, Archive archive) {
      Tally tally = new Tally(pipeline.name(), archive);
      try (var in = new DataInputStream(new ByteArrayInputStream(snapshot))) {
        tally.number = in.readLong();
        tally.hash = in.readLong();
        tally.leftOut = in.readBoolean();
        for (int i = in.readInt(); i > 0; i--) {
          tally.seen.add(in.readUTF());
        }
        for (int i = in.readInt(); i > 0; i--) {
          tally.counts.put(in.readUTF(), in.readLong());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return tally;
    }
  }

  @Override
  public List<Step> process(List<Event> events) {
    if (!leftOut && events.stream().anyMatch(event -> event.fields().containsKey("stall"))) {
      LeftOut slow = new LeftOut(0, number + 1, "it stalled");
      made.add(slow);
      apply(slow);
    }
    return events.stream().map(this::step).toList();
  }

  private Step step(Event event) {
    if (event.fields().containsKey("poison")) {
      throw new IllegalStateException("a fault in the machine");
    }
    number++;
    boolean duplicate = !seen.add(event.id());
    if (!duplicate) {
      long count = 1 + count(event.key());
      counts.put(event.key(), count);
      while (counts.size() > KEYS) {
        Map.Entry<String, Long> idle = counts.entrySet().iterator().next();
        archive.put(
            idle.getKey(), ByteBuffer.allocate(Long.BYTES).putLong(idle.getValue()).array());
        counts.remove(idle.getKey());
      }
      hash = 31 * hash + event.id().hashCode() + 7 * count;
    }
    boolean flagged = !duplicate && hash % 10 == 0;
    var decision =
        new EventDecision(
            number,
            event,
            duplicate ? Handling.DUPLICATE : Handling.JUDGED,
            new Decision(hash, 0.5, flagged ? 85 : 6, flagged),
            0,
            1,
            0.5,
            0,
            List.of(),
            List.of(),
            "1.0");
    return new Step(decision, flagged ? List.of(alert(event)) : List.of());
  }

  private long count(String key) {
    Long count = counts.remove(key);
    if (count != null) {
      return count;
    }
    byte[] state = archive.take(key);
    return state == null ? 0 : ByteBuffer.wrap(state).getLong();
  }

  private Alert alert(Event event) {
    return new Alert(
        name + ":" + number,
        name,
        event.key(),
        Alert.State.OPENED,
        event.at(),
        event.at(),
        number,
        number,
        1,
        85,
        List.of(),
        "odd");
  }

  @Override
  public void apply(Control control) {
    hash =
        switch (control) {
          case Label label -> 37 * hash + label.number();
          case LeftOut slow -> 41 * hash + slow.detector();
        };
    leftOut |= control instanceof LeftOut;
  }

  @Override
  public List<Control> takeControls() {
    List<Control> taken = List.copyOf(made);
    made.clear();
    return taken;
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public byte[] snapshot() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeLong(number);
      out.writeLong(hash);
      out.writeBoolean(leftOut);
      out.writeInt(seen.size());
      for (String id : seen) {
        out.writeUTF(id);
      }
      out.writeInt(counts.size());
      for (Map.Entry<String, Long> count : counts.entrySet()) {
        out.writeUTF(count.getKey());
        out.writeLong(count.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public Status status() {
    return new Status(
        "1.0",
        number,
        0,
        0,
        0,
        0,
        counts.size(),
        0,
        64,
        128,
        0.5,
        1,
        0,
        List.of(new Status.DetectorStatus("slow", 1, 0, 64, null)));
  }
}
