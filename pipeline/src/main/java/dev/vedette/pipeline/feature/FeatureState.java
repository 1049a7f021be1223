package dev.vedette.pipeline.feature;

import dev.vedette.pipeline.Archive;
import dev.vedette.pipeline.Event;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Features} remember: windows per key, shares of categories. Depends on nothing but the
 * events learned and their order; which keys are in memory and which in the archive changes no row.
 * Used by one thread at a time.
 *
 * <p>Memory per key is bounded: a window of time holds at most 31 panes of 16 to 48 bytes, a window
 * of n events 8 n bytes, {@code distinct} and {@code novel} at most 128 values of 16 bytes, {@code
 * surprise} 32 of 16 bytes, {@code unusual} what its detector needs. A feature over all keys holds
 * at most 100 kB.
 */
public final class FeatureState {
  private static final int VERSION = 1;

  private final Features features;
  private final Plan plan;
  private final Shared shared;
  private final Keys keys;
  private final Moment moment;

  /** The event {@link #moment} is of; null when something was learned since. */
  private @Nullable Event current;

  FeatureState(Features features, long bound, long timeToLive, Archive archive) {
    this.features = features;
    plan = features.plan();
    shared = new Shared(plan);
    keys = new Keys(plan, bound, timeToLive, archive);
    moment = new Moment(plan, shared);
  }

  /**
   * Writes the features of {@code event} to {@code row}, by what was known before it: NaN where a
   * value is missing or there is no past to tell it from; never infinite. May take a key back from
   * the archive.
   *
   * @throws IllegalArgumentException when {@code row} has not one place for each feature
   */
  public void row(Event event, double[] row) {
    Column[] columns = plan.columns();
    if (row.length != columns.length) {
      throw new IllegalArgumentException(
          "the row has %d places; %d features are declared".formatted(row.length, columns.length));
    }
    turn(event);
    for (int i = 0; i < columns.length; i++) {
      double value = columns[i].value(moment);
      row[i] = Double.isInfinite(value) ? Double.NaN : value;
    }
  }

  /** Takes {@code event} into the windows of its key; may move idle keys to the archive. */
  public void learn(Event event) {
    turn(event);
    shared.learn(moment);
    keys.learn(event.key(), moment, shared.bytes());
    current = null;
  }

  /** The same object needs no second look; an equal one has the same fields and may have it. */
  @SuppressWarnings("ReferenceEquality")
  private void turn(Event event) {
    if (event != current) {
      moment.turn(event, keys.find(event.key(), Moment.time(event), shared.bytes()));
      current = event;
    }
  }

  /** The number of keys in memory. */
  public long keys() {
    return keys.size();
  }

  /** The number of keys in the archive. */
  public long archivedKeys() {
    return keys.archived();
  }

  /** The bytes held in memory, estimated. */
  public long bytes() {
    return keys.bytes() + shared.bytes();
  }

  /**
   * Writes all state that is in memory; {@link Features#resume} reads it back. What is in the
   * archive must be kept as it was at this moment.
   */
  public void write(DataOutput out) throws IOException {
    out.writeInt(VERSION);
    out.writeLong(features.fingerprint());
    shared.write(out);
    keys.write(out);
  }

  void read(DataInput in) throws IOException {
    int version = in.readInt();
    if (version != VERSION) {
      throw new IOException(
          "feature state of version %d; this program reads %d".formatted(version, VERSION));
    }
    if (in.readLong() != features.fingerprint()) {
      throw new IOException("feature state of other features than " + features.names());
    }
    shared.read(in);
    keys.read(in);
  }
}
