package dev.vedette.pipeline.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LongCountsTest {
  @Test
  void countsAsAMapDoes() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    LongCounts counts = new LongCounts();
    Map<Long, Integer> map = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      long key = 1 + random.nextLong(i % 4_000 < 2_000 ? 3_000 : 100);
      if (random.nextInt(5) < 3) {
        counts.add(key);
        map.merge(key, 1, Integer::sum);
      } else {
        counts.subtract(key);
        map.computeIfPresent(key, (k, count) -> count == 1 ? null : count - 1);
      }
      assertThat(counts.size()).isEqualTo(map.size());
    }
    LongCounts read = copy(counts);
    assertThat(read.bytes()).isEqualTo(counts.bytes());
    for (long key = 1; key <= 3_000; key++) {
      assertThat(counts.get(key)).isEqualTo(map.getOrDefault(key, 0));
      assertThat(read.get(key)).isEqualTo(counts.get(key));
    }
  }

  private static LongCounts copy(LongCounts counts) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    counts.write(new DataOutputStream(out));
    return LongCounts.read(new DataInputStream(new ByteArrayInputStream(out.toByteArray())));
  }

  @Test
  void pruneKeepsTheHighest() {
    LongCounts counts = new LongCounts();
    for (int key = 1; key <= 100; key++) {
      for (int i = 0; i < (key + 9) / 10; i++) {
        counts.add(key);
      }
    }
    counts.prune(25);
    assertThat(counts.size()).isEqualTo(25);
    assertThat(counts.get(81)).isEqualTo(9);
    assertThat(counts.get(75)).isEqualTo(8);
    assertThat(counts.get(76)).isZero();
  }

  @Test
  void frequentValuesOutliveManyUniqueOnes() {
    Dictionary dictionary = new Dictionary();
    for (int i = 0; i < 200_000; i++) {
      dictionary.learn(i % 10 == 0 ? 1 + i % 7 : 1_000 + i);
    }
    double share = 0;
    for (long value = 1; value <= 7; value++) {
      share += dictionary.share(value);
    }
    assertThat(share).isBetween(0.09, 0.1);
    assertThat(dictionary.bytes()).isLessThan(100_000);
  }
}
