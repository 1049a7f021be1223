package dev.vedette.connect.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** On the machine the test runs on. */
class HostMetricsTest {
  private static final List<String> ALWAYS =
      List.of("memory_used", "swap_used", "disk_queue", "processes", "threads");
  private static final List<String> SHARES =
      List.of("cpu", "cpu_user", "cpu_system", "memory_used", "swap_used");
  private static final List<String> RATES =
      List.of("disk_read", "disk_write", "network_in", "network_out", "context_switches");

  private static double number(Map<String, Object> sample, String field) {
    assertThat(sample).containsKey(field);
    return (Double) sample.getOrDefault(field, Double.NaN);
  }

  /** Milliseconds of a clock that only goes forward. */
  private static long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime()) + 1_000_000_000_000L;
  }

  @Test
  void firstSampleHasNoRates() {
    Map<String, Object> first = new HostMetrics().sample(1_767_225_600_000L);
    assertThat(first).containsKeys(ALWAYS.toArray(String[]::new));
    assertThat(first).containsEntry("at", "2026-01-01T00:00:00Z");
    assertThat(first.get("id")).isEqualTo(first.get("host") + "-1767225600000");
    assertThat(first).doesNotContainKeys(RATES.toArray(String[]::new)).doesNotContainKey("cpu");
  }

  @Test
  void valuesAreInTheirRanges() throws InterruptedException {
    var metrics = new HostMetrics();
    metrics.sample(now());
    for (int i = 0; i < 3; i++) {
      Thread.sleep(400);
      Map<String, Object> sample = metrics.sample(now());
      for (String share : SHARES) {
        assertThat(number(sample, share)).as(share).isBetween(0.0, 1.0);
      }
      for (String rate : RATES) {
        assertThat(number(sample, rate)).as(rate).isGreaterThanOrEqualTo(0).isLessThan(1e12);
      }
      assertThat(number(sample, "processes")).isGreaterThanOrEqualTo(1);
      assertThat(number(sample, "threads")).isGreaterThanOrEqualTo(number(sample, "processes"));
      assertThat(number(sample, "memory_used")).isPositive();
    }
  }

  @Test
  void busyLoopRaisesCpu() throws InterruptedException {
    var metrics = new HostMetrics();
    List<Thread> busy =
        IntStream.range(0, Runtime.getRuntime().availableProcessors())
            .mapToObj(i -> Thread.ofPlatform().daemon().start(HostMetricsTest::spin))
            .toList();
    try {
      Thread.sleep(400);
      metrics.sample(now());
      Thread.sleep(1_000);
      Map<String, Object> sample = metrics.sample(now());
      assertThat(number(sample, "cpu")).isGreaterThan(0.8);
      assertThat(number(sample, "cpu_user")).isGreaterThan(0.3);
    } finally {
      busy.forEach(Thread::interrupt);
    }
  }

  private static void spin() {
    while (!Thread.currentThread().isInterrupted()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void timeThatStandsStillGivesNoRates() {
    var metrics = new HostMetrics();
    metrics.sample(5);
    assertThat(metrics.sample(5)).doesNotContainKeys(RATES.toArray(String[]::new));
  }

  @Test
  void countersNeverFall() {
    var counters = new Counters();
    counters.begin();
    assertThat(counters.growth("a", 100)).isZero();
    counters.begin();
    assertThat(counters.growth("a", 130)).isEqualTo(30);
    assertThat(counters.growth("new", 1_000)).isZero();
    counters.begin();
    assertThat(counters.growth("a", 10)).isZero();
    counters.begin();
    assertThat(counters.growth("new", 5_000)).isZero();
  }
}
