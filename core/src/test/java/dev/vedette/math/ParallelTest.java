package dev.vedette.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vedette.DataException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class ParallelTest {
  @Test
  void everyIndexIsInOneBlock() {
    for (int count : new int[] {0, 1, 2, 9, 10, 11, 100, 1001}) {
      for (int size : new int[] {1, 2, 10, 99, 2000}) {
        var seen = new AtomicIntegerArray(count);
        Parallel.blocks(
            count,
            size,
            (from, to) -> {
              assertThat(from).isLessThan(to);
              assertThat(to - from).isLessThanOrEqualTo(size);
              for (int i = from; i < to; i++) {
                seen.incrementAndGet(i);
              }
            });
        for (int i = 0; i < count; i++) {
          assertThat(seen.get(i)).as("index %s of %s by %s", i, count, size).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void eachRunsOncePerIndex() {
    var seen = new AtomicIntegerArray(50);
    Parallel.each(50, seen::incrementAndGet);
    for (int i = 0; i < 50; i++) {
      assertThat(seen.get(i)).isEqualTo(1);
    }
    Parallel.each(0, i -> seen.set(-1, 0));
  }

  @Test
  void theLastBlockOfAnyCountEndsAtTheCount() {
    var blocks = new ConcurrentLinkedQueue<String>();
    Parallel.blocks(Integer.MAX_VALUE, 1 << 30, (from, to) -> blocks.add(from + " " + to));
    assertThat(blocks).containsExactlyInAnyOrder("0 1073741824", "1073741824 2147483647");
  }

  @Test
  void theCallersPoolDoesTheWork() throws Exception {
    try (var pool = new ForkJoinPool(2)) {
      var pools = new ConcurrentLinkedQueue<ForkJoinPool>();
      pool.submit(() -> Parallel.each(20, i -> pools.add(ForkJoinTask.getPool()))).get();
      assertThat(pools).containsOnly(pool);
    }
  }

  @Test
  void anErrorComesOut() {
    assertThatThrownBy(
            () ->
                Parallel.each(
                    100,
                    i -> {
                      if (i == 57) {
                        throw new DataException("row 57 is bad");
                      }
                    }))
        .isInstanceOf(DataException.class)
        .hasMessage("row 57 is bad");
  }
}
