package dev.vedette.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vedette.azure.ErrorCode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Univariate requests that are wrong or mean harm, each with the answer of the service. */
@Timeout(120)
final class AzureErrorTest {
  private static final String ENTIRE = "/anomalydetector/v1.1/timeseries/entire/detect";
  private static final String CHANGE = "/anomalydetector/v1.1/timeseries/changepoint/detect";
  private static final Set<String> SEEN = Collections.synchronizedSet(new TreeSet<>());
  private static final OpenApi OPENAPI = new OpenApi();

  private static Running running;

  @BeforeAll
  static void start(@TempDir Path folder) {
    running = new Running(folder);
  }

  @AfterAll
  static void stop() {
    running.close();
    // There is no field without which this code could arise: a series that is missing is
    // BadArgument.
    Set<String> all =
        Arrays.stream(ErrorCode.values()).map(ErrorCode::text).collect(Collectors.toSet());
    all.remove(ErrorCode.REQUIRED_SERIES.text());
    assertThat(SEEN).containsAll(all);
  }

  private static void told(HttpResponse<String> response, int status, String code, String why) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("x-ms-error-code")).hasValue(code);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(response.body()).doesNotContain("Exception", "at dev.", "start marker");
    JsonNode body = JsonMapper.shared().readTree(response.body());
    assertThat(body.get("code").asString()).isEqualTo(code);
    assertThat(body.get("message").asString()).contains(why);
    SEEN.add(code);
  }

  private static HttpResponse<String> send(String path, String body) {
    return running.post(path, Running.JSON, body);
  }

  /** Twelve hourly points, of which the last is {@code last}. */
  private static String series(String last) {
    String eleven = Seasonal.points(Seasonal.hourly(11, -1));
    return eleven.substring(0, eleven.length() - 1) + "," + last + "]";
  }

  private static String point(String time) {
    return "{\"timestamp\":\"" + time + "\",\"value\":1}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                          | BadArgument | The 'series' field cannot be empty.
          {"series":null}                             | BadArgument | The 'series' field cannot be empty.
          {"series":7}                                | BadArgument | The 'series' field must be array/list type.
          {"series":{"value":1}}                      | BadArgument | The 'series' field must be array/list type.
          {"series":[]}                               | InvalidSeries | The 'series' field must have at least 12 points.
          {"series":[1,2,3,4,5,6,7,8,9,10,11,12]}     | BadArgument | 'timestamp' or 'value' is malformed in 'series' Field.
          {"series":[{},{},{},{},{},{},{},{},{},{},{},{}]} | BadArgument | 'timestamp' or 'value' is malformed in 'series' Field.
          {"series":                                  | InvalidJsonFormat | Invalid JSON format:
          {"series":[]} {}                            | InvalidJsonFormat | something follows
          [1]                                         | InvalidJsonFormat | not an object
          "series"                                    | InvalidJsonFormat | not an object
          {"series":[],"period":1e}                   | InvalidJsonFormat | Invalid JSON format:
          """)
  void bodies(String body, String code, String why) {
    told(send(ENTIRE, body), 400, code, why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"timestamp":"2018-03-01T11:00:00Z","value":1e101} | InvalidSeries | The magnitude of data in 'value' in 'series' filed is too large.
          {"timestamp":"2018-03-01T11:00:00Z","value":1e999} | InvalidSeries | The magnitude of data in 'value' in 'series' filed is too large.
          {"timestamp":"2018-03-01T11:00:00Z","value":null}  | BadArgument | The 'series' field cannot have none values.
          {"timestamp":"2018-03-01T11:00:00Z","value":NaN}   | BadArgument | The 'series' field cannot have none values.
          {"timestamp":"2018-03-01T11:00:00Z","value":"1"}   | BadArgument | 'timestamp' or 'value' is malformed in 'series' Field.
          {"timestamp":"2018-03-01T11:00:00Z","value":[1]}   | BadArgument | 'timestamp' or 'value' is malformed in 'series' Field.
          {"timestamp":"2018-03-01T11:00:00Z"}               | BadArgument | 'timestamp' or 'value' is malformed in 'series' Field.
          {"timestamp":"then","value":1}                     | BadArgument | 'timestamp' or 'value' is malformed in 'series' Field.
          {"timestamp":7,"value":1}                          | BadArgument | 'timestamp' or 'value' is malformed in 'series' Field.
          {"timestamp":"2018-03-01T09:30:00Z","value":1}     | InvalidSeries | The 'series' field must be sorted by timestamp in ascending order.
          {"timestamp":"2018-03-01T10:00:00Z","value":1}     | InvalidSeries | The 'series' field cannot have duplicated timestamp.
          {"timestamp":"2018-03-01T11:30:00Z","value":1}     | InvalidSeries | The 'timestamp' at index 11 is invalid in hourly granularity with 1 gran as interval.
          """)
  void points(String last, String code, String why) {
    told(
        send(ENTIRE, "{\"series\":" + series(last) + ",\"granularity\":\"hourly\"}"),
        400,
        code,
        why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "granularity":"fortnightly" | InvalidGranularity | The 'granularity' field can only be one of the following
          "granularity":7             | InvalidGranularity | The 'granularity' field can only be one of the following
          "customInterval":0          | InvalidCustomInterval | The 'customInterval' field must be an integer > 0.
          "customInterval":1.5        | InvalidCustomInterval | The 'customInterval' field must be an integer > 0.
          "customInterval":"1"        | InvalidCustomInterval | The 'customInterval' field must be an integer > 0.
          "period":-1                 | InvalidPeriod | The 'period' field must be an integer >= 0.
          "period":1.5                | InvalidPeriod | The 'period' field must be an integer >= 0.
          "period":99999999999999999  | InvalidPeriod | The 'period' field must be an integer >= 0.
          "period":"7"                | InvalidPeriod | The 'period' field must be an integer >= 0.
          "period":6                  | InvalidModelArgument | The 'series' field must have more than 2 periods points
          "alpha":0                   | InvalidModelArgument | The 'alpha' field must > 0.
          "maxAnomalyRatio":0         | InvalidModelArgument | The 'maxAnomalyRatio' field must be less than 50% of the series points
          "maxAnomalyRatio":0.5       | InvalidModelArgument | (0 < maxAnomalyRatio < 0.5).
          "maxAnomalyRatio":{}        | InvalidModelArgument | (0 < maxAnomalyRatio < 0.5).
          "sensitivity":-1            | InvalidModelArgument | The 'sensitivity' field must be an integer between 0 and 99.
          "sensitivity":101           | InvalidModelArgument | The 'sensitivity' field must be an integer between 0 and 99.
          "sensitivity":9.5           | InvalidModelArgument | The 'sensitivity' field must be an integer between 0 and 99.
          "imputeMode":"guess"        | InvalidImputeMode | The 'imputeMode' field is required and should be one of the following
          "imputeMode":"fixed"        | InvalidImputeFixedValue | The 'imputeFixedValue' field must be a number.
          "imputeMode":"fixed","imputeFixedValue":"x" | InvalidImputeFixedValue | The 'imputeFixedValue' field must be a number.
          """)
  void fields(String field, String code, String why) {
    String start = field.contains("granularity") ? "" : ",\"granularity\":\"hourly\"";
    String body =
        "{\"series\":" + series(point("2018-03-01T11:00:00Z")) + start + "," + field + "}";
    told(send(ENTIRE, body), 400, code, why);
  }

  @Test
  void tooManyPoints() {
    String many = Seasonal.request(Seasonal.hourly(8_641, -1), "");
    String why = "The 'series' field cannot have more than 8640 points.";
    told(send(ENTIRE, many), 400, "InvalidSeries", why);
    String millions = "{\"series\":[" + "1,".repeat(4_000_000) + "1]}";
    told(send(ENTIRE, millions), 400, "InvalidSeries", why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "x":1                                             | RequiredGranularity | The 'granularity' field is required.
          "granularity":"hourly","stableTrendWindow":2      | InvalidModelArgument | stableTrendWindow
          "granularity":"hourly","stableTrendWindow":6      | InvalidModelArgument | stableTrendWindow
          "granularity":"hourly","threshold":1              | InvalidModelArgument | threshold
          "granularity":"hourly","threshold":"high"         | InvalidModelArgument | threshold
          """)
  void changePoints(String field, String code, String why) {
    String body = "{\"series\":" + series(point("2018-03-01T11:00:00Z")) + "," + field + "}";
    told(send(CHANGE, body), 400, code, why);
  }

  @Test
  void deepAndLong() {
    String deep = "{\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
    told(send(ENTIRE, deep), 400, "InvalidJsonFormat", "nest");
    String text = "{\"granularity\":\"" + "a".repeat(100_000) + "\"}";
    told(send(ENTIRE, text), 400, "InvalidJsonFormat", "not JSON");
    String name = "{\"" + "a".repeat(100_000) + "\":1}";
    told(send(ENTIRE, name), 400, "InvalidJsonFormat", "not JSON");
  }

  private static void refused(HttpResponse<String> response, int status, String why) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    JsonNode error = JsonMapper.shared().readTree(response.body()).get("error");
    assertThat(error.get("code").asString()).isEqualTo(Integer.toString(status));
    assertThat(error.get("message").asString()).contains(why);
    assertThat(response.headers().firstValue("x-ms-error-code")).isEmpty();
    if (status != 405) {
      OPENAPI.check(
          "POST /anomalydetector/{version}/timeseries/entire/detect",
          status,
          "application/json",
          response.body());
    }
  }

  @Test
  void theGatewayRefuses() {
    refused(running.post(ENTIRE, "text/csv", "1"), 415, "application/json");
    String huge = "{\"series\":[" + "1,".repeat(6_000_000) + "1]}";
    refused(send(ENTIRE, huge), 413, "the body has more than");
    refused(running.get(ENTIRE), 405, "this path takes POST only");
    refused(send("/anomalydetector/v3/timeseries/entire/detect", "{}"), 404, "Resource not found");
    refused(send("/anomalydetector/v1.1/timeseries/middle/detect", "{}"), 404, "nothing is at");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1.0", "v1.1", "v1.1-preview", "v1.1-preview.1"})
  void everyVersionAnswers(String version) {
    for (String what : new String[] {"entire", "last", "changepoint"}) {
      String path = "/anomalydetector/" + version + "/timeseries/" + what + "/detect";
      told(send(path, "{}"), 400, "BadArgument", "The 'series' field cannot be empty.");
    }
  }
}
