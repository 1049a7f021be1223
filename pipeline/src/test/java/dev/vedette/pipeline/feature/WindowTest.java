package dev.vedette.pipeline.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/** Windows against all past events, computed anew each time. */
class WindowTest {
  private record Seen(long at, double x, String shop) {}

  private static final long WINDOW = 30 * Stream.MINUTE;

  @Test
  void slidingWindowsOnPaneBordersAreExact() {
    // All events are at whole minutes, where the panes of 30 minutes begin.
    check(1, event -> event.at, WINDOW - Stream.MINUTE);
  }

  @Test
  void slidingWindowsAreExactInWholePanes() {
    check(7_919, event -> Math.floorDiv(event.at, Stream.MINUTE) * Stream.MINUTE, WINDOW);
  }

  private static void check(long step, ToLongFunction<Seen> counted, long reach) {
    SplittableRandom random = new SplittableRandom(step);
    Stream stream =
        Stream.of(
            "count(30m)",
            "sum(x, 30m)",
            "mean(x, 30m)",
            "std(x, 30m)",
            "min(x, 30m)",
            "max(x, 30m)",
            "distinct(shop, 30m)");
    List<Seen> past = new ArrayList<>();
    long at = -100 * Stream.HOUR;
    for (int i = 0; i < 3_000; i++) {
      at += random.nextInt(4) * Stream.MINUTE + (step == 1 ? 0 : random.nextLong(step));
      at += random.nextInt(200) == 0 ? 2 * WINDOW : 0;
      Seen event = new Seen(at, 1e6 + random.nextInt(1_000) / 8.0, "s" + random.nextInt(40));
      double[] row = stream.next("a", at, "x", event.x, "shop", event.shop);
      // A window begins with the pane 29 before that of the event.
      long now = Math.floorDiv(at, Stream.MINUTE) * Stream.MINUTE;
      long begin = now - (WINDOW - Stream.MINUTE);
      assertThat(now - begin).isLessThanOrEqualTo(reach);
      compare(row, past.stream().filter(other -> counted.applyAsLong(other) >= begin).toList());
      past.add(event);
    }
  }

  private static void compare(double[] row, List<Seen> window) {
    Set<String> shops = new HashSet<>();
    double sum = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (Seen event : window) {
      sum += event.x;
      min = Math.min(min, event.x);
      max = Math.max(max, event.x);
      shops.add(event.shop);
    }
    assertThat(row[0]).isEqualTo(window.size());
    // Eighths add without rounding.
    assertThat(row[1]).isEqualTo(sum);
    assertThat(row[6]).isEqualTo(shops.size());
    if (window.isEmpty()) {
      assertThat(row[2]).isNaN();
      assertThat(row[4]).isNaN();
      return;
    }
    double mean = sum / window.size();
    assertThat(row[2]).isEqualTo(mean);
    assertThat(row[4]).isEqualTo(min);
    assertThat(row[5]).isEqualTo(max);
    double squares = 0;
    for (Seen event : window) {
      squares += (event.x - mean) * (event.x - mean);
    }
    if (window.size() > 1) {
      assertThat(row[3]).isCloseTo(Math.sqrt(squares / (window.size() - 1)), within(1e-7));
    }
  }

  @Test
  void lateEventsAreCountedWhereTheyBelong() {
    SplittableRandom random = new SplittableRandom(3);
    Stream stream = Stream.of("count(30m)", "sum(x, 30m)");
    List<Seen> past = new ArrayList<>();
    long newest = 0;
    for (int i = 0; i < 2_000; i++) {
      long at = Math.max(0, newest + (random.nextInt(9) - 3) * Stream.MINUTE);
      newest = Math.max(newest, at);
      double[] row = stream.next("a", at, "x", (double) i);
      long end = at;
      // What a late event sees reaches to the panes still kept: 31 up to the newest.
      long begin = Math.max(at - WINDOW + Stream.MINUTE, newest - WINDOW);
      List<Seen> window = past.stream().filter(seen -> seen.at >= begin && seen.at <= end).toList();
      if (at > newest - 2 * Stream.MINUTE) {
        assertThat(row[0]).isEqualTo(window.size());
        assertThat(row[1]).isEqualTo(window.stream().mapToDouble(Seen::x).sum());
      } else {
        assertThat(row[0]).isLessThanOrEqualTo(past.size()).isNotNegative();
      }
      past.add(new Seen(at, i, ""));
    }
  }

  @Test
  void spreadOfALargeLevelIsKept() {
    Stream stream = Stream.of("std(x, 1d)", "std(x, 100 events)");
    for (int i = 0; i < 100; i++) {
      stream.next("a", i * Stream.MINUTE, "x", i < 50 ? 0.0 : 1e12);
    }
    for (int i = 0; i < 100; i++) {
      stream.next("a", 2 * Stream.DAY + i * Stream.HOUR / 10, "x", 1e12 + (i % 2));
    }
    double[] row = stream.next("a", 2 * Stream.DAY + 10 * Stream.HOUR, "x", 1e12);
    assertThat(row[0]).isCloseTo(Math.sqrt(25 / 99.0), within(1e-3));
    assertThat(row[1]).isCloseTo(Math.sqrt(25 / 99.0), within(1e-3));
  }
}
