package dev.vedette.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The bundled {@code host} pipeline on made-up seconds of a quiet machine that becomes busy. A
 * mishap a minute before, odd in other features, is no reason to miss that.
 */
class HostTest {
  private static final int CALM = 120;
  private static final int BUSY = 30;

  /** Something starts and ends at once: many threads for a second, and memory given back. */
  private static final int MISHAP = 60;

  private static Map<String, Object> second(Random random, int i) {
    boolean busy = i >= CALM;
    double cpu = busy ? 1 - 0.003 * random.nextDouble() : 0.07 + 0.05 * random.nextDouble();
    if (i == MISHAP) {
      cpu = 0.4;
    }
    double freed = i >= MISHAP ? 0.03 : 0;
    return Map.of(
        "id",
        "s" + i,
        "host",
        "here",
        "at",
        1_780_000_000_000L + 1_000L * i,
        "cpu",
        cpu,
        "memory_used",
        0.42 - freed + 0.001 * random.nextGaussian(),
        "swap_used",
        0.0,
        "threads",
        900 + random.nextInt(5) + (i == MISHAP ? 80 : 0),
        "context_switches",
        Math.exp(7.5 + 0.25 * random.nextGaussian()));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void tellsBusyLoopsTwoMinutesAfterItsStart(long seed) {
    Pipeline pipeline = Pipeline.parse(Pipeline.bundled("host"));
    Partition partition = Partition.start(pipeline, Crew.alone(), new Streams.Memory());
    var random = new Random(seed);
    List<Integer> flagged = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < CALM + BUSY; i++) {
      EventDecision decision =
          partition.process(pipeline.event(second(random, i), Long.MAX_VALUE / 2)).decision();
      if (decision.decision().flagged()) {
        flagged.add(i);
        decision.causes().forEach(cause -> texts.add(cause.text()));
      }
    }
    assertThat(flagged).filteredOn(i -> i < MISHAP).hasSizeLessThanOrEqualTo(2);
    assertThat(flagged).filteredOn(i -> i >= MISHAP + 10 && i < CALM).hasSizeLessThanOrEqualTo(2);
    assertThat(flagged).as("told within five seconds").anyMatch(i -> i >= CALM && i < CALM + 5);
    assertThat(texts)
        .anyMatch(text -> text.matches("CPU use is [\\d.]+ %, normally about [\\d.]+ %"))
        .anyMatch(text -> text.matches("CPU use, against the last 5 minutes, is \\+[\\d.]+ %.*"));
  }
}
