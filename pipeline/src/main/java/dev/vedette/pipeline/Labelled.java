package dev.vedette.pipeline;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** The scores of events that people gave their opinion on, the most recent ones. */
final class Labelled {
  private record Entry(double score, boolean anomaly) {}

  private final int most;
  private final Deque<Entry> entries = new ArrayDeque<>();
  private int anomalous;

  Labelled(int most) {
    this.most = most;
  }

  void add(double score, boolean anomaly) {
    entries.addLast(new Entry(score, anomaly));
    anomalous += anomaly ? 1 : 0;
    if (entries.size() > most) {
      anomalous -= entries.removeFirst().anomaly ? 1 : 0;
    }
  }

  boolean hasBoth() {
    return anomalous > 0 && anomalous < entries.size();
  }

  double[] scores() {
    return entries.stream().mapToDouble(Entry::score).toArray();
  }

  boolean[] anomalies() {
    boolean[] anomalies = new boolean[entries.size()];
    int i = 0;
    for (Entry entry : entries) {
      anomalies[i++] = entry.anomaly;
    }
    return anomalies;
  }

  long bytes() {
    return 40L * entries.size();
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(entries.size());
    for (Entry entry : entries) {
      out.writeDouble(entry.score);
      out.writeBoolean(entry.anomaly);
    }
  }

  void read(DataInput in) throws IOException {
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      add(in.readDouble(), in.readBoolean());
    }
  }
}
