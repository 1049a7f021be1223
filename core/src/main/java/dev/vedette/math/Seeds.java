package dev.vedette.math;

import java.util.SplittableRandom;

/**
 * Independent random streams from one seed, numbered: stream {@code i} is the same whether the
 * streams are used in order, out of order or in parallel.
 */
public final class Seeds {
  private Seeds() {}

  /** The random stream number {@code index} of {@code seed}. */
  public static SplittableRandom stream(long seed, long index) {
    return new SplittableRandom(mix(mix(seed) + index));
  }

  /**
   * A bijection of 64 bits that scatters neighbouring values (Stafford's variant 13 of the
   * MurmurHash3 finalizer).
   */
  public static long mix(long bits) {
    long z = bits + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /**
   * Draws {@code size} different indices of {@code [0, count)}, in the order drawn (Floyd's
   * algorithm would lose the order; this is a sparse Fisher–Yates shuffle).
   */
  public static int[] sample(SplittableRandom random, int count, int size) {
    int[] drawn = new int[size];
    var moved = new java.util.HashMap<Integer, Integer>(size * 2);
    for (int i = 0; i < size; i++) {
      int j = i + random.nextInt(count - i);
      int atJ = moved.getOrDefault(j, j);
      moved.put(j, moved.getOrDefault(i, i));
      drawn[i] = atJ;
    }
    return drawn;
  }
}
