package dev.vedette.pipeline.alert;

import dev.vedette.pipeline.Cause;
import dev.vedette.pipeline.EventDecision;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/** An open alert. The machine takes it out of its queues before it changes. */
final class Group {
  final String name;

  /** The number of the first event: no two groups share it, so it settles every order. */
  final long first;

  /** How many openings made it flapping; 0 where it is not. */
  final int openings;

  private final long opened;
  private long last;
  private long worst;
  private long count;
  private double severity;
  private List<Cause> causes;

  /** The time of the machine at the last event and at the last message. */
  long seen;

  long told;

  /** How many events came since the last message. */
  long untold;

  /** Opened by {@code decision} at {@code now}. */
  Group(String name, EventDecision decision, int openings, long now) {
    this.name = name;
    this.openings = openings;
    first = decision.number();
    worst = decision.number();
    opened = decision.event().at();
    last = opened;
    severity = decision.decision().severity();
    causes = decision.causes();
    count = 1;
    seen = now;
    told = now;
  }

  void add(EventDecision decision, long now) {
    count++;
    untold++;
    seen = now;
    last = Math.max(last, decision.event().at());
    if (decision.decision().severity() > severity) {
      severity = decision.decision().severity();
      worst = decision.number();
      causes = decision.causes();
    }
  }

  Alert alert(String pipeline, Alert.State state, AlertPolicy policy) {
    return new Alert(
        pipeline + ":" + first,
        pipeline,
        name,
        state,
        opened,
        last,
        first,
        worst,
        count,
        severity,
        causes,
        Summary.of(this, state, policy.flapping().window()));
  }

  long opened() {
    return opened;
  }

  long count() {
    return count;
  }

  double severity() {
    return severity;
  }

  List<Cause> causes() {
    return causes;
  }

  void write(DataOutput out) throws IOException {
    State.writeText(out, name);
    for (long value : new long[] {first, opened, last, worst, count}) {
      out.writeLong(value);
    }
    out.writeInt(openings);
    out.writeDouble(severity);
    State.writeCauses(out, causes);
    out.writeLong(seen);
    out.writeLong(told);
    out.writeLong(untold);
  }

  Group(DataInput in) throws IOException {
    name = State.readText(in);
    first = in.readLong();
    opened = in.readLong();
    last = in.readLong();
    worst = in.readLong();
    count = in.readLong();
    openings = in.readInt();
    severity = in.readDouble();
    causes = State.readCauses(in);
    seen = in.readLong();
    told = in.readLong();
    untold = in.readLong();
  }
}
