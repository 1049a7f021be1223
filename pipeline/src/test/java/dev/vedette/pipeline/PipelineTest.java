package dev.vedette.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vedette.DataException;
import dev.vedette.threshold.Rule;
import java.math.BigInteger;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineTest {
  private static final String LEAST =
      """
      name: shop
      event: {key: card}
      features: [amount]
      """;

  @Test
  void whatTheFileLeavesOutHasDefaults() {
    Pipeline pipeline = Pipeline.parse(LEAST);

    assertThat(pipeline.name()).isEqualTo("shop");
    assertThat(pipeline.memory()).isEqualTo(64L << 20);
    assertThat(pipeline.rule()).isEqualTo(new Rule.FalseAlarms(0.0001));
    assertThat(pipeline.detectors()).hasSizeGreaterThanOrEqualTo(3);
    assertThat(pipeline.schema().lateness()).isEqualTo(Duration.ofHours(1));
    assertThat(pipeline.alerts().to()).isEmpty();
  }

  @Test
  void everyEntryIsRead() {
    Pipeline pipeline =
        Pipeline.parse(
            """
            name: card-fraud
            event: {key: card, time: at, id: id, lateness: 5m, ahead: 2d, remembered: 1000}
            features:
              - amount
              - category: merchant_type
              - {feature: "count(1h)", as: payments in the last hour}
            detectors:
              - half-space-trees
              - {use: knn k=7, weight: 2.5}
            ensemble: {fuse: maximum}
            threshold: {budget: 50/day}
            memory: 128MB
            time-to-live: 30d
            learning: {reservoir: 1000, every: 4, refit: 20000}
            alerts:
              group-by: merchant
              cool-down: 5m
              least-severity: 40
              least-deviation: 20%
              flap-count: 3
              flap-window: 2h
              maintenance: ["daily 02:00-03:00"]
              to: [log]
            """);

    assertThat(pipeline.featureNames())
        .containsExactly("amount", "category(merchant_type)", "payments in the last hour");
    assertThat(pipeline.detectors().get(1).weight()).isEqualTo(2.5);
    assertThat(pipeline.fuse().name()).isEqualTo("maximum");
    assertThat(pipeline.rule()).isEqualTo(new Rule.Budget(50, 0));
    assertThat(pipeline.memory()).isEqualTo(128L << 20);
    assertThat(pipeline.learning()).isEqualTo(new Learning(1000, 4, 20000));
    assertThat(pipeline.alerts().groupBy()).isEqualTo("merchant");
    assertThat(pipeline.alerts().leastDeviation()).isEqualTo(0.2);
    assertThat(pipeline.alerts().flapping().count()).isEqualTo(3);
    assertThat(pipeline.alerts().maintenance()).hasSize(1);
    assertThat(pipeline.alerts().to()).containsExactly("log");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          name: a b                       | name is 'a b'
          event: {time: at}               | event.key is missing
          event: {key: c, lateness: soon} | event.lateness is 'soon', not a duration
          event: {key: c, tiem: at}       | event has no entry 'tiem'; it has [key, time, id
          features: []                    | features has 0 entries
          features: [amount, amount]      | features has the name 'amount' twice
          features: ["mean(amount"]       | features:
          detectors: [ifrest]             | detectors: no detector [ifrest]; there are
          detectors: [iforest depth=3]    | iforest has no option [depth]
          detectors: [{use: knn, weight: 0}] | weight must be more than 0
          ensemble: {fuse: mean}          | ensemble: no fuse [mean]; there are [weighted, maximum, vote, rank]
          threshold: {false-alarms: 2}    | threshold: false-alarms: rate
          threshold: {a: 1, b: 2}         | threshold: '{a=1, b=2}' is not one rule
          memory: 1MB                     | memory must be 16MB
          memory: lots                    | memory is 'lots', not a size
          alerts: {cool-down: 0s}         | alerts: cool-down
          alerts: {to: [log], sinks: 3}   | alerts has no entry 'sinks'
          colour: red                     | a pipeline file has no entry 'colour'
          """)
  void errorsNamePlaceValueAndRemedy(String line, String message) {
    String entry = line.substring(0, line.indexOf(':') + 1);
    String kept =
        LEAST.lines().filter(one -> !one.startsWith(entry)).reduce("", (a, b) -> a + b + "\n");

    assertThatThrownBy(() -> Pipeline.parse(kept + line + "\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .message()
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''
          just text
          [1, 2]
          name: [
          'a: &x [*x]'
          """)
  void whatIsNoPipelineFileIsRefused(String yaml) {
    assertThatThrownBy(() -> Pipeline.parse(yaml == null ? "" : yaml))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void deepAndHugeFilesAreRefused() {
    assertThatThrownBy(() -> Pipeline.parse("a: " + "[".repeat(5_000)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Pipeline.parse("# " + "x".repeat(200_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("more than 100000");
  }

  @Test
  void eventsAreReadFromTheirFields() {
    Pipeline pipeline =
        Pipeline.parse(LEAST.replace("{key: card}", "{key: card, time: at, id: id}"));
    var fields = new HashMap<String, Object>();
    fields.put("card", 4711);
    fields.put("at", "2026-01-31T23:59:00+01:00");
    fields.put("id", "x-1");
    fields.put("amount", 12);
    fields.put("chip", true);
    fields.put("note", null);

    Event event = pipeline.event(fields, 1_800_000_000_000L);

    assertThat(event.key()).isEqualTo("4711");
    assertThat(event.at()).isEqualTo(1_769_900_340_000L);
    assertThat(event.number("amount")).isEqualTo(12);
    assertThat(event.number("chip")).isEqualTo(1);
    assertThat(event.number("note")).isNaN();
    assertThat(event.text("card")).isEqualTo("4711.0");
  }

  @Test
  void longNumbersThatNameEventsAreKeptWholeOrRefused() {
    Pipeline pipeline = Pipeline.parse(LEAST.replace("{key: card}", "{key: card, id: id}"));

    Event event =
        pipeline.event(
            Map.of("card", 4_111_111_111_111_111.0, "id", 1_234_567_890_123_456_789L), 0);
    assertThat(event.key()).isEqualTo("4111111111111111");
    assertThat(event.id()).isEqualTo("1234567890123456789");
    var huge = new BigInteger("123456789012345678901234567890");
    assertThat(pipeline.event(Map.of("card", -0.0, "id", huge), 0).id())
        .isEqualTo("123456789012345678901234567890");
    assertThatThrownBy(
            () -> pipeline.event(Map.of("card", "c", "id", (double) 1_234_567_890_123_456_789L), 0))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "field 'id' is 1.2345678901234568E18, a number whose last digits are lost; send the"
                + " event's id as a text");
  }

  @Test
  void timesBeforeThoseOfTheCalendarAreRefusedAsSuch() {
    Pipeline pipeline =
        Pipeline.parse(LEAST.replace("{key: card}", "{key: card, time: at, ahead: 0s}"));
    for (double at :
        new double[] {-1e300, Math.nextUp((double) Long.MIN_VALUE), -62_135_596_800_001.0}) {
      assertThatThrownBy(() -> pipeline.event(Map.of("card", "c", "at", at), 0))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("field 'at' is ")
          .hasMessageContaining("before the year 1");
    }
    assertThat(pipeline.event(Map.of("card", "c", "at", -62_135_596_800_000.0), 0).at())
        .isEqualTo(-62_135_596_800_000L);
  }

  @Test
  void whatIsKeptOverAllKeysIsPartOfTheMemory() {
    var features = new StringBuilder("features:\n");
    for (int i = 0; i < 60; i++) {
      features.append("  - deviation(amount, 90d, by f").append(i).append(")\n");
    }
    String file =
        "name: t\nevent: {key: card, remembered: 1000}\n"
            + features
            + "detectors: [streaming-zscore]\nlearning: {reservoir: 256}\nmemory: %s\n";

    assertThatThrownBy(() -> Pipeline.parse(file.formatted("16MB")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("memory: 16 MB are too few: ");
    assertThat(Pipeline.parse(file.formatted("64MB")).memory()).isEqualTo(64L << 20);
  }

  @Test
  void eventsThatCannotBeAreRefusedByField() {
    Pipeline pipeline =
        Pipeline.parse(LEAST.replace("{key: card}", "{key: card, time: at, id: id}"));
    Map<String, Object> good = Map.of("card", "c", "at", 1_000.0, "id", "1");

    for (var wrong :
        List.of(
            Map.entry("card", ""),
            Map.entry("at", "yesterday"),
            Map.entry("at", "2126-01-01T00:00:00Z"),
            Map.entry("id", "x".repeat(501)),
            Map.entry("amount", Double.POSITIVE_INFINITY),
            Map.entry("amount", List.of(1)),
            Map.entry("note", "x".repeat(10_001)))) {
      var fields = new HashMap<String, Object>(good);
      fields.put(wrong.getKey(), wrong.getValue());
      assertThatThrownBy(() -> pipeline.event(fields, 2_000))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("field '" + wrong.getKey() + "'");
    }
    assertThatThrownBy(() -> pipeline.event(Map.of("at", 1.0, "id", "1"), 2_000))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("field 'card' is missing; it is the event's key");
  }
}
