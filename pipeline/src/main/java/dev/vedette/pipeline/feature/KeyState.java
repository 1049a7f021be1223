package dev.vedette.pipeline.feature;

import dev.vedette.Detectors;
import dev.vedette.Models;
import dev.vedette.SeriesStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What is remembered about one key, and its place among the keys by last arrival. */
final class KeyState {
  /** No detector may remember more of one series. */
  private static final int MOST_BYTES = 1 << 24;

  final String key;
  final long[][] traces;
  final SeriesStream[] series;
  long first;
  long last;

  /** What it holds in memory, as it was counted last. */
  long bytes;

  @Nullable KeyState older;
  @Nullable KeyState newer;

  private final Plan plan;

  KeyState(String key, Plan plan, long at) {
    this.key = key;
    this.plan = plan;
    traces = new long[plan.traces().length][];
    series = new SeriesStream[plan.series().size()];
    begin(at);
  }

  /** Forgets everything but the key. */
  void begin(long at) {
    Arrays.fill(traces, Trace.NONE);
    Arrays.setAll(series, i -> plan.series().get(i).start());
    first = at;
    last = at;
  }

  void learn(Moment moment) {
    for (int i = 0; i < traces.length; i++) {
      traces[i] = plan.traces()[i].learn(traces[i], moment);
    }
    for (int i = 0; i < series.length; i++) {
      double[] point = moment.point(i);
      if (!Arrays.stream(point).allMatch(Double::isNaN)) {
        series[i].learn(moment.at(), point);
      }
    }
    first = Math.min(first, moment.at());
    last = Math.max(last, moment.at());
  }

  /**
   * Estimated for a 64-bit virtual machine with references of 4 bytes: this object 64, its entry in
   * the map 40, the key, the arrays.
   */
  long size() {
    long size = 104 + 40 + roundUp(2L * key.length()) + 32;
    size += roundUp(4L * traces.length) + roundUp(4L * series.length);
    for (long[] trace : traces) {
      size += trace.length == 0 ? 0 : 16 + 8L * trace.length;
    }
    for (SeriesStream each : series) {
      size += each.bytes();
    }
    return size;
  }

  private static long roundUp(long bytes) {
    return (bytes + 7) / 8 * 8;
  }

  void write(DataOutput out) throws IOException {
    Trace[] kinds = plan.traces();
    out.writeLong(first);
    out.writeLong(last);
    for (int i = 0; i < kinds.length; i++) {
      long[] trace = traces[i];
      out.writeShort(trace.length == 0 ? -1 : (int) trace[0]);
      int used = trace.length == 0 ? 0 : kinds[i].entry(Trace.entries(trace));
      for (int j = 1; j < used; j++) {
        out.writeLong(trace[j]);
      }
    }
    for (SeriesStream each : series) {
      var bytes = new ByteArrayOutputStream();
      Models.write(each.snapshot(), bytes, Detectors.standard());
      if (bytes.size() > MOST_BYTES) {
        throw new IOException(
            "the series of key %s takes %s bytes, more than the %s it may have"
                .formatted(key, bytes.size(), MOST_BYTES));
      }
      out.writeInt(bytes.size());
      out.write(bytes.toByteArray());
    }
  }

  static KeyState read(String key, Plan plan, DataInput in) throws IOException {
    Trace[] kinds = plan.traces();
    KeyState read = new KeyState(key, plan, in.readLong());
    read.last = in.readLong();
    if (read.last < read.first) {
      throw new IOException("a key that ends before it begins");
    }
    for (int i = 0; i < kinds.length; i++) {
      int entries = in.readShort();
      if (entries < -1 || entries > kinds[i].most()) {
        throw new IOException(entries + " entries where " + kinds[i].most() + " are the most");
      }
      if (entries >= 0) {
        long[] trace = new long[kinds[i].length(entries)];
        trace[0] = entries;
        for (int j = 1; j < kinds[i].entry(entries); j++) {
          trace[j] = in.readLong();
        }
        if (!kinds[i].valid(trace)) {
          throw new IOException("a window that cannot be: " + kinds[i]);
        }
        read.traces[i] = trace;
      }
    }
    for (int i = 0; i < read.series.length; i++) {
      read.series[i] = series(plan.series().get(i), in);
    }
    return read;
  }

  private static SeriesStream series(Plan.Series wanted, DataInput in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > MOST_BYTES) {
      throw new IOException("a series of " + length + " bytes");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    SeriesStream read =
        Models.readSeries(new ByteArrayInputStream(bytes), Detectors.standard()).resume();
    if (!read.detector().equals(wanted.detector()) || read.variables() != wanted.numbers().size()) {
      throw new IOException("a series of " + read.detector() + ", not " + wanted.detector());
    }
    return read;
  }
}
