package dev.vedette.pipeline.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vedette.pipeline.Event;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FeatureStateTest {
  private static final Duration LONG = Duration.ofDays(400);
  private static final long MEGABYTE = 1 << 20;
  private static final Features ALL = Features.parse(Traffic.ALL);

  private static double[][] rows(FeatureState state, List<Event> events) {
    double[][] rows = new double[events.size()][Traffic.ALL.size()];
    for (int i = 0; i < rows.length; i++) {
      state.row(events.get(i), rows[i]);
      state.learn(events.get(i));
    }
    return rows;
  }

  private static byte[] written(FeatureState state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    state.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static FeatureState resumed(byte[] bytes, long bound, Stream.Memory archive)
      throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    return ALL.resume(in, bound, LONG, archive);
  }

  private static void assertSame(double[][] rows, double[][] expected) {
    assertThat(rows).hasSameDimensionsAs(expected);
    for (int i = 0; i < rows.length; i++) {
      // Compares the bits; any NaN is any other.
      assertThat(Arrays.equals(rows[i], expected[i])).as("row " + i).isTrue();
    }
  }

  @Test
  void everyFeatureHasValues() {
    double[][] rows = rows(ALL.start(64 * MEGABYTE, LONG, new Stream.Memory()), events());
    for (int column = 0; column < Traffic.ALL.size(); column++) {
      int there = 0;
      for (double[] row : rows) {
        assertThat(row[column]).as(Traffic.ALL.get(column)).isNotInfinite();
        there += Double.isNaN(row[column]) ? 0 : 1;
      }
      assertThat(there).as(Traffic.ALL.get(column)).isGreaterThan(rows.length / 8);
    }
  }

  private static List<Event> events() {
    return Traffic.events(6_000, 400, 1);
  }

  @Test
  void rowsAreTheSameWhetherKeysAreArchived() {
    Stream.Memory unused = new Stream.Memory();
    Stream.Memory archive = new Stream.Memory();
    FeatureState roomy = ALL.start(64 * MEGABYTE, LONG, unused);
    FeatureState tight = ALL.start(MEGABYTE / 2, LONG, archive);
    assertSame(rows(tight, events()), rows(roomy, events()));
    assertThat(unused.taken()).isZero();
    assertThat(tight.archivedKeys()).isEqualTo(archive.size()).isPositive();
    assertThat(tight.keys() + tight.archivedKeys()).isEqualTo(roomy.keys());
    assertThat(tight.bytes()).isLessThanOrEqualTo(MEGABYTE / 2);
  }

  @Test
  void keysAreNotLostWhenTheFilterHasNoRoom() {
    // A quarter of the bound has room for fewer hashes than there are keys.
    Features features = Features.parse(List.of("count(30d)"));
    Stream.Memory archive = new Stream.Memory();
    FeatureState state = features.start(16_384, LONG, archive);
    double[] row = new double[1];
    for (int round = 0; round < 3; round++) {
      for (int key = 0; key < 2_000; key++) {
        Event event = new Event("e", "key " + key, round, Map.of());
        state.row(event, row);
        assertThat(row[0]).isEqualTo(round);
        state.learn(event);
        assertThat(state.bytes()).isLessThanOrEqualTo(16_384);
      }
    }
    assertThat(state.keys() + state.archivedKeys()).isEqualTo(2_000);
    assertThat(state.archivedKeys()).isEqualTo(archive.size());
  }

  @Test
  void resumedIsNeverStopped() throws IOException {
    List<Event> events = events();
    for (long bound : new long[] {64 * MEGABYTE, MEGABYTE / 2}) {
      FeatureState never = ALL.start(bound, LONG, new Stream.Memory());
      Stream.Memory archive = new Stream.Memory();
      FeatureState stopped = ALL.start(bound, LONG, archive);
      SplittableRandom random = new SplittableRandom(5);
      for (int done = 0; done < events.size(); ) {
        int to = Math.min(events.size(), done + random.nextInt(1, 1_500));
        List<Event> part = events.subList(done, to);
        assertSame(rows(stopped, part), rows(never, part));
        stopped = resumed(written(stopped), bound, archive);
        assertThat(stopped.keys()).isEqualTo(never.keys());
        assertThat(stopped.archivedKeys()).isEqualTo(never.archivedKeys());
        assertThat(stopped.bytes()).isEqualTo(never.bytes());
        done = to;
      }
      assertThat(written(stopped)).isEqualTo(written(never));
    }
  }

  @Test
  void damagedStateIsRefused() throws IOException {
    FeatureState state = ALL.start(MEGABYTE, LONG, new Stream.Memory());
    rows(state, Traffic.events(300, 20, 3));
    byte[] bytes = written(state);
    for (int length = 0; length < bytes.length; length += 97) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatIOException().isThrownBy(() -> resumed(cut, MEGABYTE, new Stream.Memory()));
    }
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 300; i++) {
      byte[] changed = bytes.clone();
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        rows(resumed(changed, MEGABYTE, new Stream.Memory()), Traffic.events(50, 20, 4));
      } catch (IOException e) {
        assertThat(e).isNotNull();
      }
    }
    Features others = Features.parse(List.of("amount"));
    assertThatIOException()
        .isThrownBy(
            () ->
                others.resume(
                    new DataInputStream(new ByteArrayInputStream(bytes)),
                    MEGABYTE,
                    LONG,
                    new Stream.Memory()))
        .withMessageContaining("other features than [amount]");
  }

  @Test
  void keyIsForgottenAfterItsTime() {
    Features features = Features.parse(List.of("count(30d)", "since_last()"));
    FeatureState state = features.start(MEGABYTE, Duration.ofDays(10), new Stream.Memory());
    double[] row = new double[2];
    long day = Stream.DAY;
    long[] times = {0, 10 * day, 20 * day + 1, 21 * day, Long.MAX_VALUE, 22 * day, Long.MIN_VALUE};
    double[] counts = {0, 1, 0, 1, 0, 0, 0};
    for (int i = 0; i < times.length; i++) {
      Event event = new Event("e" + i, "a", times[i], Map.of());
      state.row(event, row);
      assertThat(row[0]).as("event " + i).isEqualTo(counts[i]);
      state.learn(event);
    }
  }

  @Test
  void aLateEventForgetsNoArchivedKey() {
    // Judged only: at a time from which the key would long have been forgotten.
    Features features = Features.parse(List.of("count(30d)"));
    double[][] counts = new double[2][];
    for (int i = 0; i < 2; i++) {
      long bound = i == 0 ? MEGABYTE : 1;
      FeatureState state = features.start(bound, Duration.ofDays(5), new Stream.Memory());
      state.learn(new Event("1", "a", 20 * Stream.DAY, Map.of()));
      state.learn(new Event("2", "b", 20 * Stream.DAY, Map.of()));
      state.learn(new Event("3", "c", 20 * Stream.DAY, Map.of()));
      double[] row = new double[1];
      state.row(new Event("4", "a", 10 * Stream.DAY, Map.of()), row);
      double late = row[0];
      state.row(new Event("5", "a", 20 * Stream.DAY + 1, Map.of()), row);
      counts[i] = new double[] {late, row[0]};
    }
    assertThat(counts[0]).containsExactly(0, 1);
    assertThat(counts[1]).as("archived").containsExactly(0, 1);
  }

  @Test
  void evictedKeysAreKnownToEventsOutOfOrder() {
    Features features = Features.parse(List.of("count(30d)"));
    for (long bound : new long[] {MEGABYTE, 1}) {
      FeatureState state = features.start(bound, Duration.ofDays(5), new Stream.Memory());
      state.learn(new Event("1", "a", 0, Map.of()));
      state.learn(new Event("2", "b", 5 * Stream.DAY + 10, Map.of()));
      state.learn(new Event("3", "c", 5 * Stream.DAY + 10, Map.of()));
      double[] row = new double[1];
      state.row(new Event("4", "a", 5 * Stream.DAY, Map.of()), row);
      assertThat(row).as("bound %s", bound).containsExactly(1);
    }
  }

  @Test
  void hostileEventsNeitherBreakNorGrowIt() {
    FeatureState state = ALL.start(4 * MEGABYTE, LONG, new Stream.Memory());
    SplittableRandom random = new SplittableRandom(11);
    double[] numbers = {
      Double.NaN,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.MAX_VALUE,
      -Double.MAX_VALUE,
      Double.MIN_VALUE,
      -0.0,
      1e300
    };
    long[] times = {Long.MIN_VALUE, Long.MAX_VALUE, -1, 0, 1L << 62, 253_402_300_800_000L};
    String text = "x".repeat(10_000);
    double[] row = new double[Traffic.ALL.size()];
    for (int i = 0; i < 5_000; i++) {
      Map<String, Object> fields =
          Map.of(
              "amount", numbers[random.nextInt(numbers.length)],
              "shop", text + i,
              "lat", numbers[random.nextInt(numbers.length)],
              "lon", numbers[random.nextInt(numbers.length)]);
      long at = random.nextBoolean() ? i : times[random.nextInt(times.length)];
      Event event = new Event("e", "key " + random.nextInt(10), at, fields);
      state.row(event, row);
      for (double value : row) {
        assertThat(value).isNotInfinite();
      }
      state.learn(event);
    }
    // 10 keys of about 8 kB and a dictionary.
    assertThat(state.bytes()).isLessThan(300_000);
    assertThat(state.keys()).isEqualTo(10);
  }

  @Test
  void rowDoesNotLearn() throws IOException {
    FeatureState state = ALL.start(MEGABYTE, LONG, new Stream.Memory());
    rows(state, Traffic.events(200, 10, 2));
    byte[] before = written(state);
    double[] row = new double[Traffic.ALL.size()];
    for (Event event : Traffic.events(200, 30, 9)) {
      state.row(event, row);
    }
    assertThat(written(state)).isEqualTo(before);
  }

  @Test
  void wrongArgumentsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ALL.start(0, LONG, new Stream.Memory()))
        .withMessage("bound is 0 bytes; it is positive");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ALL.start(1, Duration.ZERO, new Stream.Memory()))
        .withMessage("timeToLive is PT0S; it is positive");
    FeatureState state = ALL.start(MEGABYTE, LONG, new Stream.Memory());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> state.row(events().getFirst(), new double[3]))
        .withMessage("the row has 3 places; 29 features are declared");
  }
}
