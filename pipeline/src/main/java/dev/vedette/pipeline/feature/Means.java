package dev.vedette.pipeline.feature;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The mean of a number for each value of a field over all keys, and how far keys are from what was
 * expected of them. Of more than {@link #LIMIT} values the later ones have the mean of all.
 */
final class Means {
  static final int LIMIT = 4_096;
  static final long MOST_BYTES = bytes(LIMIT);

  /** The events the mean of all counts for against those of a value. */
  private static final double PRIOR = 5;

  /** Older events count less when there are more. */
  private static final double MOST = 100_000;

  /** Beyond so many times the mean distance is more than three standard deviations (normal). */
  private static final double FAR = 3.76;

  /** With fewer distances than this none is far. */
  private static final int LEAST = 100;

  private final Map<Long, double[]> byValue = new HashMap<>();
  private double count;
  private double mean;
  private double distances;
  private double distance;

  /** The mean for {@code value}, drawn to that of all while there are few; 0 before the first. */
  double mean(long value) {
    double[] own = value == 0 ? null : byValue.get(value);
    return own == null ? mean : (own[0] * own[1] + PRIOR * mean) / (own[0] + PRIOR);
  }

  /** The largest distance from what was expected that is believed. */
  double far() {
    return distances < LEAST ? Double.POSITIVE_INFINITY : FAR * distance;
  }

  void learn(double x, long value) {
    if (Double.isNaN(x)) {
      return;
    }
    count = Math.min(MOST, count + 1);
    mean += (x - mean) / count;
    if (value == 0) {
      return;
    }
    double[] own = byValue.get(value);
    if (own == null && byValue.size() < LIMIT) {
      own = new double[2];
      byValue.put(value, own);
    }
    if (own != null) {
      own[0] = Math.min(MOST, own[0] + 1);
      own[1] += (x - own[1]) / own[0];
    }
  }

  /** Takes in how far a number was from what was expected; far ones only as {@link #far}. */
  void learnDistance(double away) {
    double believed = Math.min(Math.abs(away), far());
    distances = Math.min(MOST, distances + 1);
    distance += (believed - distance) / distances;
  }

  long bytes() {
    return bytes(byValue.size());
  }

  private static long bytes(int values) {
    return 64 + 120L * values;
  }

  void write(DataOutput out) throws IOException {
    out.writeDouble(count);
    out.writeDouble(mean);
    out.writeDouble(distances);
    out.writeDouble(distance);
    out.writeInt(byValue.size());
    long[] values = byValue.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
    for (long value : values) {
      double[] own = byValue.getOrDefault(value, new double[2]);
      out.writeLong(value);
      out.writeDouble(own[0]);
      out.writeDouble(own[1]);
    }
  }

  static Means read(DataInput in) throws IOException {
    var read = new Means();
    read.count = in.readDouble();
    read.mean = in.readDouble();
    read.distances = in.readDouble();
    read.distance = in.readDouble();
    int size = in.readInt();
    if (!(read.count >= 0 && read.distances >= 0 && read.distance >= 0)
        || size < 0
        || size > LIMIT) {
      throw new IOException("means of " + size + " values over " + read.count + " events");
    }
    for (int i = 0; i < size; i++) {
      read.byValue.put(in.readLong(), new double[] {in.readDouble(), in.readDouble()});
    }
    return read;
  }
}
