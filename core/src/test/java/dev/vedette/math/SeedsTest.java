package dev.vedette.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeedsTest {
  @Test
  void aSampleHasDifferentIndicesInRange() {
    for (int count : new int[] {1, 2, 3, 10, 257}) {
      for (int size = 0; size <= count; size += Math.max(1, count / 7)) {
        int[] drawn = Seeds.sample(Seeds.stream(size, count), count, size);
        assertThat(drawn).hasSize(size).doesNotHaveDuplicates();
        assertThat(IntStream.of(drawn)).allMatch(i -> i >= 0 && i < count);
      }
    }
    int[] all = Seeds.sample(Seeds.stream(1, 1), 100, 100);
    assertThat(all).containsExactlyInAnyOrder(IntStream.range(0, 100).toArray());
  }

  /** Every index at every place of the sample equally often. */
  @Test
  void aSampleIsUniform() {
    int count = 8;
    int size = 3;
    int draws = 40_000;
    int[][] seen = new int[size][count];
    for (int draw = 0; draw < draws; draw++) {
      int[] drawn = Seeds.sample(Seeds.stream(99, draw), count, size);
      for (int place = 0; place < size; place++) {
        seen[place][drawn[place]]++;
      }
    }
    double expected = (double) draws / count;
    for (int[] place : seen) {
      double chi =
          IntStream.of(place).mapToDouble(n -> (n - expected) * (n - expected) / expected).sum();
      assertThat(chi).isLessThan(29.88); // χ² with 7 degrees of freedom exceeds that once in 10,000
    }
  }

  /** All 56 sets of three out of eight equally often: the places do not hang together. */
  @Test
  void allSetsAreEquallyLikely() {
    int draws = 56_000;
    int[] seen = new int[256];
    for (int draw = 0; draw < draws; draw++) {
      int set = 0;
      for (int i : Seeds.sample(Seeds.stream(7, draw), 8, 3)) {
        set |= 1 << i;
      }
      seen[set]++;
    }
    int[] sets = IntStream.range(0, 256).filter(s -> Integer.bitCount(s) == 3).toArray();
    assertThat(sets).hasSize(56);
    double chi = IntStream.of(sets).mapToDouble(s -> Math.pow(seen[s] - 1000, 2) / 1000).sum();
    assertThat(chi).isLessThan(105); // χ² with 55 degrees of freedom exceeds that once in 17,000
  }

  @Test
  void streamsDoNotDependOnEachOther() {
    long[] forward = IntStream.range(0, 50).mapToLong(i -> Seeds.stream(3, i).nextLong()).toArray();
    for (int i = 49; i >= 0; i--) {
      assertThat(Seeds.stream(3, i).nextLong()).isEqualTo(forward[i]);
    }
  }

  @Test
  void neighbouringStreamsAndSeedsDiffer() {
    var first = new HashSet<Long>();
    for (int seed = -20; seed < 20; seed++) {
      for (int index = 0; index < 50; index++) {
        first.add(Seeds.stream(seed, index).nextLong());
      }
    }
    assertThat(first).hasSize(40 * 50);
    var mean = new double[1];
    for (int index = 0; index < 10_000; index++) {
      mean[0] += Seeds.stream(0, index).nextDouble() / 10_000;
    }
    assertThat(mean[0]).isBetween(0.488, 0.512); // 4 standard errors of 0.0029
  }

  @Test
  void mixIsSplitMix64() {
    // The first outputs of SplitMix64 from state 0, as published with its C source (Vigna).
    assertThat(Seeds.mix(0)).isEqualTo(0xE220A8397B1DCDAFL);
    assertThat(Seeds.mix(0x9E3779B97F4A7C15L)).isEqualTo(0x6E789E6AA1B965F4L);
    assertThat(new SplittableRandom(0).nextLong()).isEqualTo(Seeds.mix(0));
  }
}
