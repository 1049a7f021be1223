package dev.vedette.pipeline.feature;

import static dev.vedette.pipeline.feature.Stream.HOUR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vedette.Detectors;
import dev.vedette.StreamingDetector;
import dev.vedette.pipeline.Event;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** {@code unusual(field)}: each key is a series of its own. */
class UnusualTest {
  private static final Duration LONG = Duration.ofDays(400);
  private static final int HOURS = 24 * 28;

  /** Warm by day and cold by night at one place, the other way round at the other. */
  private static double usual(String key, int hour) {
    double day = Math.cos(2 * Math.PI * (hour - 14) / 24.0);
    return 20 + (key.equals("north") ? 8 : -8) * day;
  }

  private static List<Event> events(int hours) {
    var random = new SplittableRandom(4);
    var events = new ArrayList<Event>();
    for (int hour = 0; hour < hours; hour++) {
      for (String key : List.of("north", "south")) {
        double value = usual(key, hour) + 0.5 * random.nextGaussian();
        events.add(event(key, hour, value));
      }
    }
    return events;
  }

  private static Event event(String key, int hour, double value) {
    return new Event(key + hour, key, hour * HOUR, Map.of("temperature", value));
  }

  private static double score(FeatureState state, Event event) {
    double[] row = new double[1];
    state.row(event, row);
    return row[0];
  }

  @Test
  void aValueIsStrangeForThisHourOfThisKey() {
    Features features = Features.parse(List.of("unusual(temperature)"));
    FeatureState state = features.start(1 << 26, LONG, new Stream.Memory());
    assertThat(score(state, event("north", 0, 20))).isNaN();
    events(HOURS).forEach(state::learn);
    int afternoon = HOURS + 14;
    assertThat(score(state, event("north", afternoon, 28))).isBetween(-2.0, 2.0);
    assertThat(score(state, event("south", afternoon, 28))).isGreaterThan(8);
    assertThat(score(state, event("north", afternoon, 12))).isLessThan(-8);
    assertThat(score(state, event("south", afternoon, 12))).isBetween(-2.0, 2.0);
    var none = new Event("x", "north", afternoon * HOUR, Map.of());
    assertThat(score(state, none)).isNaN();
  }

  @Test
  void aKeyTakesAtMostTwentyKilobytes() {
    Features features = Features.parse(List.of("unusual(temperature)"));
    FeatureState state = features.start(1 << 26, LONG, new Stream.Memory());
    long empty = state.bytes();
    events(HOURS).forEach(state::learn);
    assertThat(state.keys()).isEqualTo(2);
    assertThat((state.bytes() - empty) / 2).isLessThanOrEqualTo(20 * 1024);
  }

  @Test
  void resumedAndArchivedIsNeverStopped() throws IOException {
    Features features = Features.parse(List.of("unusual(log(temperature))"));
    FeatureState roomy = features.start(1 << 26, LONG, new Stream.Memory());
    var archive = new Stream.Memory();
    FeatureState tight = features.start(6_000, LONG, archive);
    List<Event> events = events(400);
    for (int i = 0; i < events.size(); i++) {
      if (i == 300) {
        var bytes = new ByteArrayOutputStream();
        tight.write(new DataOutputStream(bytes));
        var in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        tight = features.resume(in, 6_000, LONG, archive);
      }
      Double expected = score(roomy, events.get(i));
      assertThat(score(tight, events.get(i))).isEqualTo(expected); // any NaN is any other
      tight.learn(events.get(i));
      roomy.learn(events.get(i));
    }
    assertThat(archive.taken()).isGreaterThan(100);
  }

  @Test
  void anotherDetectorCanBeNamed() {
    String text = "seasonal-profile half-life=5";
    Features features = Features.parse(List.of("unusual(temperature, \"" + text + "\")"));
    var named = (StreamingDetector) Detectors.standard().parseSeries(text);
    assertThat(features.series("temperature")).isEqualTo(named);
    assertThat(features.series("other"))
        .isEqualTo(Detectors.standard().parseSeries("seasonal-profile"));
  }

  @Test
  void whatDoesNotLearnPointByPointIsRefused() {
    assertThatThrownBy(() -> Features.parse(List.of("unusual(x, matrix-profile)")))
        .hasMessageContaining("character 12")
        .hasMessageContaining("matrix-profile does not learn one value after the other")
        .hasMessageContaining("write rolling detector=matrix-profile");
    assertThatThrownBy(() -> Features.parse(List.of("unusual(x, nothing)")))
        .hasMessageContaining("no detector of series [nothing]");
    assertThatThrownBy(() -> Features.parse(List.of("unusual()")))
        .hasMessageContaining("unusual(field)");
  }

  /** Two numbers that rise and fall together, each usual by itself when they part. */
  private static Event pair(int hour, double load, double heat) {
    return new Event("p" + hour, "host", hour * HOUR, Map.of("load", load, "heat", heat));
  }

  private static double load(int hour) {
    return 50 + 30 * Math.sin(hour * 0.37) + 10 * Math.sin(hour * 1.9);
  }

  @Test
  void numbersThatPartAreStrangeTogether() throws IOException {
    String text =
        "unusual(together(load, heat), \"rolling detector=pca-monitor window=200 every=20\")";
    Features features = Features.parse(List.of(text, "unusual(together(load, heat))"));
    FeatureState state = features.start(1 << 26, LONG, new Stream.Memory());
    var random = new SplittableRandom(4);
    double[] row = new double[2];
    double most = 0;
    for (int hour = 0; hour < 400; hour++) {
      Event event = pair(hour, load(hour), 0.5 * load(hour) + 0.5 * random.nextGaussian());
      state.row(event, row);
      most = hour < 200 ? 0 : Math.max(most, row[0]);
      state.learn(event);
    }
    state.row(pair(400, 70, 15), row);
    assertThat(row[0]).isGreaterThan(2 * most);
    assertThat(row[1]).isBetween(0.0, 4.0); // each is usual
    var bytes = new ByteArrayOutputStream();
    state.write(new DataOutputStream(bytes));
    var in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    FeatureState resumed = features.resume(in, 1 << 26, LONG, new Stream.Memory());
    double[] again = new double[2];
    resumed.row(pair(400, 70, 15), again);
    assertThat(again).containsExactly(row);
    resumed.row(new Event("x", "host", 400 * HOUR, Map.of()), again);
    assertThat(again).containsOnly(Double.NaN);
    assertThat(features.wording(0, null, "").text(7.25, 1))
        .isEqualTo("load and heat: together unusual by 7.25, normally about 1");
    assertThat(features.series("load"))
        .isEqualTo(Detectors.standard().parseSeries("seasonal-profile"));
  }

  @Test
  void aDetectorOfOneFieldIsNotForSeveral() {
    assertThatThrownBy(() -> Features.parse(List.of("unusual(together(a, b), ets)")))
        .hasMessageContaining("ets looks at one field, not at several together");
    assertThatThrownBy(() -> Features.parse(List.of("unusual(together(a))")))
        .hasMessageContaining("together(field, field)");
  }

  @Test
  void itIsSaidInWords() {
    Features features = Features.parse(List.of("unusual(temperature)"));
    assertThat(features.wording(0, null, "").text(5.117, 0))
        .isEqualTo("temperature is 5.12 spreads above the usual at this time");
  }
}
