package dev.vedette.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/**
 * Point anomalies, contextual ones (usual for one key, strange for another) and collective ones (a
 * run of events of which each alone is harmless) are found, and few others are flagged.
 */
class ThreeKindsTest {
  private static final int COUNT = 60_000;
  private static final int WARM = 20_000;
  private static final int KEYS = 20;
  private static final String FILE =
      """
      name: kinds
      event: {key: key, time: at, id: id}
      features: [value, "deviation(value, 30d)", "log(rate(5 events))"]
      detectors: [streaming-tails, hbos, streaming-zscore]
      threshold: {false-alarms: 0.001}
      """;

  /** What was found of the anomalies, and flagged of the others. */
  private record Found(double recall, double falseAlarms) {}

  private static Found run(List<Event> events, IntPredicate anomaly) {
    Partition partition = Partition.start(Pipeline.parse(FILE), Crew.alone(), new Streams.Memory());
    List<Step> steps = partition.process(events);
    int found = 0;
    int all = 0;
    int alarms = 0;
    for (int i = WARM; i < steps.size(); i++) {
      boolean flagged = steps.get(i).decision().decision().flagged();
      if (anomaly.test(i)) {
        all++;
        found += flagged ? 1 : 0;
      } else {
        alarms += flagged ? 1 : 0;
      }
    }
    return new Found(found / (double) all, alarms / (double) (steps.size() - WARM - all));
  }

  private static Event event(int i, int key, long at, double value) {
    return Streams.event(i, "k" + key, at, Map.of("value", value));
  }

  private static double usual(int key, SplittableRandom random) {
    return 10 * (key + 1) + random.nextGaussian();
  }

  private static boolean isEvery500th(int i) {
    return i % 500 == 499;
  }

  @Test
  void pointAnomalies() {
    var random = new SplittableRandom(1);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      int key = random.nextInt(KEYS);
      double value = isEvery500th(i) ? 500 + 20 * random.nextGaussian() : usual(key, random);
      events.add(event(i, key, Streams.START + i * 1_000L, value));
    }
    check(run(events, ThreeKindsTest::isEvery500th));
  }

  @Test
  void contextualAnomalies() {
    var random = new SplittableRandom(2);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      int key = random.nextInt(KEYS);
      int of = isEvery500th(i) ? (key + KEYS / 2) % KEYS : key;
      events.add(event(i, key, Streams.START + i * 1_000L, usual(of, random)));
    }
    check(run(events, ThreeKindsTest::isEvery500th));
  }

  /** In each 3,000th events 12 of one key come within a minute; the first few cannot be told. */
  @Test
  void collectiveAnomalies() {
    var random = new SplittableRandom(3);
    List<Event> events = new ArrayList<>();
    long at = Streams.START;
    for (int i = 0; i < COUNT; i++) {
      boolean inRun = i % 3_000 >= 2_988;
      int key = inRun ? i / 3_000 % KEYS : random.nextInt(KEYS);
      at += inRun ? 10L + random.nextInt(10) : 60_000L + random.nextInt(5_000);
      events.add(event(i, key, at, usual(key, random)));
    }
    check(run(events, i -> i % 3_000 >= 2_993));
  }

  private static void check(Found found) {
    assertThat(found.recall()).isGreaterThan(0.95);
    assertThat(found.falseAlarms()).isLessThan(0.002);
  }
}
