package dev.vedette.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnivariateRequestTest {
  private static Map<String, @Nullable Object> request(int points) {
    List<Object> series = new ArrayList<>();
    for (int i = 0; i < points; i++) {
      series.add(point("2024-01-%02dT00:00:00Z".formatted(i + 1), i));
    }
    Map<String, @Nullable Object> fields = new HashMap<>();
    fields.put("series", series);
    fields.put("granularity", "daily");
    return fields;
  }

  private static Map<String, @Nullable Object> point(
      @Nullable String timestamp, @Nullable Object value) {
    Map<String, @Nullable Object> point = new HashMap<>();
    if (timestamp != null) {
      point.put("timestamp", timestamp);
    }
    point.put("value", value);
    return point;
  }

  private static Map<String, @Nullable Object> with(String field, @Nullable Object value) {
    Map<String, @Nullable Object> fields = request(20);
    fields.put(field, value);
    return fields;
  }

  private static Map<String, @Nullable Object> withPoint(int at, Map<String, ?> point) {
    Map<String, @Nullable Object> fields = request(20);
    List<Object> series = new ArrayList<>((List<?>) fields.get("series"));
    series.set(at, point);
    fields.put("series", series);
    return fields;
  }

  private static void refused(Map<String, @Nullable Object> fields, String code, String message) {
    assertThatThrownBy(() -> new Univariate().entire(fields))
        .isInstanceOfSatisfying(
            RequestException.class, e -> assertThat(e.code().text()).isEqualTo(code))
        .hasMessage(message);
  }

  @Test
  void theSeriesMustBeThere() {
    refused(with("series", null), "BadArgument", "The 'series' field cannot be empty.");
    refused(with("series", "no"), "BadArgument", "The 'series' field must be array/list type.");
  }

  @Test
  void theSeriesHasALength() {
    refused(request(11), "InvalidSeries", "The 'series' field must have at least 12 points.");
    assertThatThrownBy(() -> new Univariate(15).last(request(16)))
        .isInstanceOf(RequestException.class)
        .hasMessage("The 'series' field cannot have more than 15 points.");
    Map<String, @Nullable Object> tooMany = request(12);
    List<Object> series = new ArrayList<>();
    for (int i = 0; i < 8641; i++) {
      series.add(point(null, i));
    }
    tooMany.put("series", series);
    refused(tooMany, "InvalidSeries", "The 'series' field cannot have more than 8640 points.");
  }

  @Test
  void pointsAreWellFormed() {
    String malformed = "'timestamp' or 'value' is malformed in 'series' Field.";
    refused(withPoint(3, point("yesterday", 1)), "BadArgument", malformed);
    refused(withPoint(3, point("2024-01-04T00:00:00Z", "1")), "BadArgument", malformed);
    refused(withPoint(3, point(null, 1)), "BadArgument", malformed);
    refused(withPoint(3, Map.of("timestamp", "2024-01-04")), "BadArgument", malformed);
    refused(
        withPoint(3, point("2024-01-04T00:00:00Z", -1.1e100)),
        "InvalidSeries",
        "The magnitude of data in 'value' in 'series' filed is too large.");
    refused(
        withPoint(3, point("2024-01-04T00:00:00Z", null)),
        "BadArgument",
        "The 'series' field cannot have none values.");
  }

  @Test
  void pointsAreInOrder() {
    refused(
        withPoint(3, point("2023-01-04T00:00:00Z", 1)),
        "InvalidSeries",
        "The 'series' field must be sorted by timestamp in ascending order.");
    refused(
        withPoint(3, point("2024-01-03T00:00:00Z", 1)),
        "InvalidSeries",
        "The 'series' field cannot have duplicated timestamp.");
    refused(
        withPoint(3, point("2024-01-04T01:00:00Z", 1)),
        "InvalidSeries",
        "The 'timestamp' at index 3 is invalid in daily granularity with 1 gran as interval.");
    refused(
        with("customInterval", 2),
        "InvalidSeries",
        "The 'timestamp' at index 1 is invalid in daily granularity with 2 gran as interval.");
  }

  @Test
  void granularityIntervalAndPeriod() {
    refused(
        with("granularity", "fortnightly"),
        "InvalidGranularity",
        "The 'granularity' field can only be one of the following: yearly, monthly, weekly, daily,"
            + " hourly, minutely, secondly, microsecond, none.");
    String interval = "The 'customInterval' field must be an integer > 0.";
    refused(with("customInterval", 0), "InvalidCustomInterval", interval);
    refused(with("customInterval", 1.5), "InvalidCustomInterval", interval);
    String period = "The 'period' field must be an integer >= 0.";
    refused(with("period", -1), "InvalidPeriod", period);
    refused(with("period", "7"), "InvalidPeriod", period);
    refused(
        with("period", 10),
        "InvalidModelArgument",
        "The 'series' field must have more than 2 periods points");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, 0.495, 0.5, 1})
  void theShareOfAnomaliesIsLimited(double ratio) {
    refused(
        with("maxAnomalyRatio", ratio),
        "InvalidModelArgument",
        "The 'maxAnomalyRatio' field must be less than 50% of the series points"
            + " (0 < maxAnomalyRatio < 0.5).");
  }

  @Test
  void alphaAndSensitivity() {
    refused(with("alpha", 0), "InvalidModelArgument", "The 'alpha' field must > 0.");
    String sensitivity = "The 'sensitivity' field must be an integer between 0 and 99.";
    refused(with("sensitivity", 101), "InvalidModelArgument", sensitivity);
    refused(with("sensitivity", -1), "InvalidModelArgument", sensitivity);
    refused(with("sensitivity", 50.5), "InvalidModelArgument", sensitivity);
    assertThat(new Univariate().entire(with("sensitivity", 100)).period()).isZero();
  }

  @Test
  void imputation() {
    refused(
        with("imputeMode", "guess"),
        "InvalidImputeMode",
        "The 'imputeMode' field is required and should be one of the following: auto, previous,"
            + " linear, fixed, zero, notFill.");
    refused(
        with("imputeMode", "fixed"),
        "InvalidImputeFixedValue",
        "The 'imputeFixedValue' field must be a number.");
    Map<String, @Nullable Object> large = with("imputeMode", "fixed");
    large.put("imputeFixedValue", 1e101); // a value of a point may not be as large, either
    refused(large, "InvalidImputeFixedValue", "The 'imputeFixedValue' field must be a number.");
  }

  @Test
  void oldNamesOfFieldsAreUnderstood() {
    Map<String, @Nullable Object> fields = with("fillUpMode", "last");
    fields.put("boundaryVersion", "V3");
    fields.put("alpha", 0.01);
    UnivariateRequest request = UnivariateRequest.parse(fields, 8640);
    assertThat(request.imputation().mode()).isEqualTo(Imputation.Mode.PREVIOUS);
    assertThat(request.tuning().boundary()).isEqualTo(Tuning.Boundary.V3);
    assertThat(request.tuning().alpha()).isEqualTo(0.01);
    assertThat(UnivariateRequest.parse(with("fillUpMode", "no"), 8640).imputation().mode())
        .isEqualTo(Imputation.Mode.NOT_FILL);
  }

  @Test
  void changePointsWantAGranularity() {
    Map<String, @Nullable Object> fields = request(20);
    fields.remove("granularity");
    assertThatThrownBy(() -> new Univariate().changePoints(fields))
        .isInstanceOfSatisfying(
            RequestException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.REQUIRED_GRANULARITY));
    assertThatThrownBy(() -> new Univariate().changePoints(with("stableTrendWindow", 2)))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("stableTrendWindow");
    assertThatThrownBy(() -> new Univariate().changePoints(with("threshold", 1)))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("threshold");
  }

  @Test
  void monthsAreThoseOfTheCalendar() {
    Map<String, @Nullable Object> fields = request(12);
    List<Object> series = new ArrayList<>();
    int[] days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    for (int month = 1; month <= 12; month++) {
      series.add(point("2023-%02d-%02d".formatted(month, days[month - 1]), month));
    }
    fields.put("series", series);
    fields.put("granularity", "monthly");
    assertThat(new Univariate().entire(fields).expectedValues()).hasSize(12);
  }

  @ParameterizedTest
  @CsvSource({
    "1970-01-01, 0",
    "1970-01-01T00:00:01Z, 1000000",
    "1970-01-01 00:00:00.000001, 1",
    "1970-01-01T01:00:00+01:00, 0",
    "1969-12-31T23:00:00-0100, 0",
    "1/1/1970 12:00:00 AM, 0",
    "1/2/1970 1:30:00 PM, 135000000000"
  })
  void timestamps(String text, long micros) {
    assertThat(Timestamps.parse(text)).isEqualTo(micros);
  }
}
