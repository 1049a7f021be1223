package dev.vedette.pipeline;

import dev.vedette.ensemble.Fuse;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The detectors of a pipeline at work: they judge a block of events side by side, each on its own,
 * and their opinions are fused.
 */
final class Panel {
  /** A standard deviation of severities of two groups at 0 and 100. */
  static final double MOST_DISAGREEMENT = 50;

  private final Member[] members;
  private final Fuse fuse;
  private final Crew crew;
  private final double[] strengths;
  private final double[] weights;
  private final List<LeftOut> pending = new ArrayList<>();

  Panel(List<Use> uses, Fuse fuse, Crew crew, int columns) {
    this.members = uses.stream().map(use -> new Member(use, columns)).toArray(Member[]::new);
    this.fuse = fuse;
    this.crew = crew;
    this.strengths = new double[members.length];
    this.weights = new double[members.length];
  }

  /** All members judge the rows of a block; those that do not answer in time are returned. */
  List<LeftOut> work(double[][] rows, boolean[] learn, long next) {
    pending.removeIf(control -> control.from() <= next && apply(control));
    var active = new ArrayList<Integer>();
    var tasks = new ArrayList<Runnable>();
    for (int m = 0; m < members.length; m++) {
      Member member = members[m];
      if (member.isLeftOut()) {
        member.work(rows, learn); // which is to say why it has no say
      } else {
        active.add(m);
        tasks.add(() -> member.work(rows, learn));
      }
    }
    boolean[] done = crew.run(tasks);
    var stalled = new ArrayList<LeftOut>();
    for (int t = 0; t < done.length; t++) {
      if (!done[t]) {
        var out = new LeftOut(active.get(t), next, "did not answer in time");
        apply(out);
        stalled.add(out);
      }
    }
    return stalled;
  }

  /** The member is left out from event {@link LeftOut#from} on. */
  void leaveOut(LeftOut control) {
    if (control.detector() >= 0 && control.detector() < members.length) {
      pending.add(control);
    }
  }

  /** The number of the last event that may be in the block with its predecessor. */
  long boundary() {
    long first = Long.MAX_VALUE;
    for (LeftOut control : pending) {
      first = Math.min(first, control.from() - 1);
    }
    return first;
  }

  private boolean apply(LeftOut control) {
    int m = control.detector();
    members[m] = members[m].replaced(control.reason());
    return true;
  }

  /** The fused score of event {@code i} of the block; 0 where no member has a say. */
  double fused(int i) {
    int count = 0;
    for (Member member : members) {
      if (member.speaks(i)) {
        strengths[count] = member.strength(i);
        weights[count++] = member.use().weight();
      }
    }
    return count == 0 ? 0 : fuse.fuse(strengths, weights, count);
  }

  /** The standard deviation of the members' severities for event {@code i} of the block. */
  double disagreement(int i) {
    double sum = 0;
    double squares = 0;
    int count = 0;
    for (Member member : members) {
      if (member.speaks(i)) {
        double severity = Math.min(100, 20 * member.strength(i));
        sum += severity;
        squares += severity * severity;
        count++;
      }
    }
    return count < 2 ? 0 : Math.sqrt(Math.max(0, squares / count - sum / count * (sum / count)));
  }

  List<Opinion> opinions(int i) {
    var opinions = new ArrayList<Opinion>(members.length);
    for (Member member : members) {
      opinions.add(member.opinion(i));
    }
    return opinions;
  }

  Member[] members() {
    return members;
  }

  long bytes() {
    long bytes = 0;
    for (Member member : members) {
      bytes += member.bytes();
    }
    return bytes;
  }

  List<Status.DetectorStatus> status() {
    double total = 0;
    for (Member member : members) {
      total += member.isLeftOut() ? 0 : member.use().weight();
    }
    var status = new ArrayList<Status.DetectorStatus>();
    for (Member member : members) {
      double weight = member.isLeftOut() ? 0 : member.use().weight() / total;
      status.add(member.status(weight));
    }
    return status;
  }

  void write(DataOutputStream out) throws IOException {
    for (Member member : members) {
      member.write(out);
    }
    out.writeInt(pending.size());
    for (LeftOut control : pending) {
      out.writeInt(control.detector());
      out.writeLong(control.from());
      out.writeUTF(control.reason());
    }
  }

  void read(DataInputStream in) throws IOException {
    for (Member member : members) {
      member.read(in);
    }
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      pending.add(new LeftOut(in.readInt(), in.readLong(), in.readUTF()));
    }
  }
}
