package dev.vedette.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Recorded answers of the service and of its public package. */
class RecordedCasesTest {
  private static final double CLOSE = 0.05;

  @TestFactory
  Stream<DynamicTest> cases() throws IOException {
    return Recorded.files("cases").stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> agrees(file)));
  }

  private static void agrees(Path file) {
    Map<String, @Nullable Object> recorded = Recorded.read(file);
    Map<String, @Nullable Object> answer = Recorded.part(recorded, "response");
    Map<String, @Nullable Object> request = Recorded.part(recorded, "request");
    if (answer.containsKey("expectedValues")) {
      agrees(new Univariate().entire(request), answer);
    } else {
      agrees(new Univariate().last(request), answer);
    }
  }

  private static void agrees(EntireResult result, Map<String, @Nullable Object> answer) {
    if (answer.get("period") != null) {
      assertThat(result.period()).isEqualTo(answer.get("period"));
    }
    boolean[] flags = Recorded.flags(answer, "isAnomaly");
    if (flags != null) {
      assertThat(result.isAnomaly()).isEqualTo(flags);
    }
    double[] expected = Objects.requireNonNull(Recorded.numbers(answer, "expectedValues"));
    assertThat(result.expectedValues()).hasSameSizeAs(expected);
    var softly = new SoftAssertions();
    for (int i = 0; i < expected.length; i++) {
      softly
          .assertThat(result.expectedValues()[i])
          .as("point %d", i)
          .isCloseTo(expected[i], within(CLOSE * Math.abs(expected[i]) + 1e-9));
    }
    softly.assertAll();
  }

  private static void agrees(LastResult result, Map<String, @Nullable Object> answer) {
    if (answer.get("period") != null) {
      assertThat(result.period()).isEqualTo(answer.get("period"));
    }
    if (answer.get("isAnomaly") != null) {
      assertThat(result.verdict().anomaly()).isEqualTo(answer.get("isAnomaly"));
    }
    double expected = ((Number) Objects.requireNonNull(answer.get("expectedValue"))).doubleValue();
    assertThat(result.expectedValue())
        .isCloseTo(expected, within(CLOSE * Math.abs(expected) + 1e-9));
  }

  @Test
  void theServiceOverAllPoints() {
    Map<String, @Nullable Object> answer = Recorded.service("batch-response.json");
    EntireResult result = new Univariate().entire(Recorded.service("request-data.json"));
    assertThat(result.period()).isEqualTo(answer.get("period")).isEqualTo(7);
    assertThat(result.isAnomaly()).isEqualTo(Recorded.flags(answer, "isAnomaly"));
    assertThat(result.isPositiveAnomaly()).isEqualTo(Recorded.flags(answer, "isPositiveAnomaly"));
    assertThat(result.isNegativeAnomaly()).isEqualTo(Recorded.flags(answer, "isNegativeAnomaly"));
    double[] expected = Objects.requireNonNull(Recorded.numbers(answer, "expectedValues"));
    for (int i = 0; i < expected.length; i++) {
      assertThat(result.expectedValues()[i])
          .isCloseTo(expected[i], within(0.025 * Math.abs(expected[i])));
    }
  }

  @Test
  void theServiceOnTheLastPoint() {
    Map<String, @Nullable Object> answer = Recorded.service("latest-point-response.json");
    LastResult result = new Univariate().last(Recorded.service("request-data.json"));
    assertThat(result.period()).isEqualTo(answer.get("period"));
    assertThat(result.suggestedWindow()).isEqualTo(answer.get("suggestedWindow"));
    assertThat(result.verdict().anomaly()).isEqualTo(answer.get("isAnomaly"));
    double expected = ((Number) Objects.requireNonNull(answer.get("expectedValue"))).doubleValue();
    assertThat(result.expectedValue()).isCloseTo(expected, within(0.025 * expected));
  }

  @Test
  void theShiftsOfTheChangePointSampleAreFound() {
    ChangePointResult result =
        new Univariate().changePoints(Recorded.service("change-point-sample.json"));
    assertThat(result.period()).isZero();
    assertThat(indices(result)).contains(22, 37, 51); // jumps of a million each
    for (int at : indices(result)) {
      assertThat(result.confidenceScores()[at]).isBetween(0.5, 1.0);
    }
  }

  @Test
  void theBendOfTheSeasonalChangePointSampleIsFound() {
    ChangePointResult result =
        new Univariate().changePoints(Recorded.service("change-point-sample-seasonality.json"));
    assertThat(result.period()).isEqualTo(7);
    assertThat(indices(result)).anyMatch(at -> at >= 26 && at <= 34); // the fall ends
  }

  private static List<Integer> indices(ChangePointResult result) {
    return java.util.stream.IntStream.range(0, result.isChangePoint().length)
        .filter(i -> result.isChangePoint()[i])
        .boxed()
        .toList();
  }
}
