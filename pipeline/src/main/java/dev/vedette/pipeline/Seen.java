package dev.vedette.pipeline;

import dev.vedette.math.Seeds;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The ids of the most recent events, as 64-bit hashes: a ring of them, and a table with open
 * addressing to find them. Two of n ids collide by chance with probability n²/2⁶⁵.
 */
final class Seen {
  private final long[] ring;
  private final long[] table;
  private final int mask;
  private long added;

  /** Remembers the {@code size} most recent ids. */
  Seen(int size) {
    ring = new long[size];
    table = new long[Integer.highestOneBit(2 * size) << 1];
    mask = table.length - 1;
  }

  /** Remembers {@code id}; false when it was remembered already. */
  boolean add(String id) {
    long hash = hash(id);
    if (table[find(hash)] == hash) {
      return false;
    }
    int slot = (int) (added % ring.length);
    if (added >= ring.length) {
      remove(ring[slot]);
    }
    ring[slot] = hash;
    table[find(hash)] = hash;
    added++;
    return true;
  }

  long bytes() {
    return 8L * (ring.length + table.length);
  }

  /** The hash of an id, never 0, which marks an empty place. */
  private static long hash(String id) {
    long hash = 0x9E3779B97F4A7C15L ^ id.length();
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * 0x100000001B3L;
      hash ^= hash >>> 29;
    }
    hash = Seeds.mix(hash);
    return hash == 0 ? 1 : hash;
  }

  /** Where {@code hash} is, or the empty place where it would be. */
  private int find(long hash) {
    int at = (int) hash & mask;
    while (table[at] != 0 && table[at] != hash) {
      at = (at + 1) & mask;
    }
    return at;
  }

  /** Takes {@code hash} out and moves up what was displaced by it (Knuth, TAOCP 3, algorithm R). */
  private void remove(long hash) {
    int hole = find(hash);
    table[hole] = 0;
    for (int at = (hole + 1) & mask; table[at] != 0; at = (at + 1) & mask) {
      int home = (int) table[at] & mask;
      boolean between = hole <= at ? hole < home && home <= at : hole < home || home <= at;
      if (!between) {
        table[hole] = table[at];
        table[at] = 0;
        hole = at;
      }
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(added);
    int held = (int) Math.min(added, ring.length);
    for (int i = 0; i < held; i++) {
      out.writeLong(ring[i]);
    }
  }

  void read(DataInput in) throws IOException {
    added = in.readLong();
    Arrays.fill(table, 0);
    int held = (int) Math.min(added, ring.length);
    for (int i = 0; i < held; i++) {
      ring[i] = in.readLong();
      table[find(ring[i])] = ring[i];
    }
  }
}
