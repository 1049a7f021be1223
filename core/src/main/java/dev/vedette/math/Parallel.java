package dev.vedette.math;

import java.util.stream.IntStream;

/**
 * Work over an index range, cut into blocks that run in parallel on the caller's fork-join pool. A
 * block writes only what belongs to its own indices, so the result does not depend on the number of
 * threads.
 */
public final class Parallel {
  private Parallel() {}

  /** Work on the indices {@code from} (inclusive) to {@code to} (exclusive). */
  @FunctionalInterface
  public interface Block {
    void run(int from, int to);
  }

  /** Work on one index. */
  @FunctionalInterface
  public interface Each {
    void run(int index);
  }

  /** Runs {@code block} over {@code [0, count)} in pieces of at most {@code size} indices. */
  public static void blocks(int count, int size, Block block) {
    int blocks = (int) (((long) count + size - 1) / size);
    if (blocks <= 1) {
      if (count > 0) {
        block.run(0, count);
      }
      return;
    }
    IntStream.range(0, blocks)
        .parallel()
        .forEach(
            b -> {
              int from = b * size;
              block.run(from, from + Math.min(count - from, size));
            });
  }

  /** Runs {@code each} for every index of {@code [0, count)}. */
  public static void each(int count, Each each) {
    blocks(count, 1, (from, to) -> each.run(from));
  }
}
