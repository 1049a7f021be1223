package dev.vedette.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Events in all forms, those that are refused, and decisions found again. */
@Timeout(60)
final class EventsTest {
  private static Running running;

  @BeforeAll
  static void start(@TempDir Path folder) {
    running = new Running(folder);
    running.create(Shop.yaml("forms"));
    running.create(Shop.yaml("refusals"));
    running.create(Shop.yaml("pages"));
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static HttpResponse<String> post(String type, String body) {
    return running.post("/v1/pipelines/refusals/events", type, body);
  }

  @Test
  void oneAnArrayOrOneALine() {
    assertThat(running.send("forms", Shop.json(1))).hasSize(1);
    assertThat(running.send("forms", Shop.array(2, 5))).hasSize(3);
    assertThat(running.send("forms", "[]")).isEmpty();
    HttpResponse<String> lines =
        running.post(
            "/v1/pipelines/forms/events",
            "application/x-ndjson; charset=utf-8",
            String.join("\r\n", Shop.each(5, 7)) + "\n\n" + Shop.json(7));
    JsonNode decisions = Running.json(lines).get("decisions");
    assertThat(decisions.valueStream().map(d -> d.get("number").asInt())).containsExactly(5, 6, 7);
    assertThat(decisions.valueStream().map(d -> d.at("/event/id").asString()))
        .containsExactly("e5", "e6", "e7");
    JsonNode again = running.send("forms", Shop.json(7)).get(0);
    assertThat(again.get("handling").asString()).isEqualTo("duplicate");
    JsonNode half = running.send("forms", Shop.json(8).replace("\"a\"", "\"\\ud800\"")).get(0);
    assertThat(half.get("number").asInt()).isEqualTo(9);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'at'    | '"yesterday"'             | [1]        | field 'at' is 'yesterday', not a time
          'at'    | '"2026-13-45T99:00:00Z"'  | [1]        | not a time
          'at'    | 1e300                     | [1]        | more than 5 minutes after its arrival
          'at'    | true                      | [1]        | field 'at' is 'true', not a time
          'at'    | null                      | [1]        | field 'at' is missing
          'card'  | null                      | [1]        | field 'card' is missing
          'card'  | '""'                      | [1]        | 1 to 500
          'id'    | null                      | [1]        | field 'id' is missing
          'other' | [1]                       | [1].other  | an array is not a value
          'other' | 1e999                     | [1].other  | too large
          'other' | '{}'                      | [1].other  | an object is not a value
          """)
  void aWrongEventIsRefusedByPlaceAndNothingIsAccepted(
      String field, String value, String place, String why) {
    Map<String, Object> fields = Shop.fields(11);
    fields.remove(field);
    String wrong = Shop.json(fields).replaceFirst("}$", ",\"" + field + "\":" + value + "}");
    long before = events();
    HttpResponse<String> response =
        post(Running.JSON, "[" + Shop.json(10) + "," + wrong + "," + Shop.json(12) + "]");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(response.body()).contains("\"place\":\"" + place + "\"", why);
    assertThat(post(Running.LINES, Shop.json(10) + "\n\n" + wrong + "\n").body())
        .contains("\"place\":\"line 3");
    assertThat(events()).isEqualTo(before);
  }

  private static long events() {
    HttpResponse<String> all = running.get("/v1/pipelines/refusals/decisions?limit=1000");
    return Running.json(all).get("decisions").size();
  }

  @Test
  void hugeAndDeepBodies() {
    String one = "{\"id\":\"e\",\"card\":\"c\",\"at\":0}";
    HttpResponse<String> many = post(Running.JSON, "[" + (one + ",").repeat(100_000) + one + "]");
    assertThat(many.statusCode()).isEqualTo(413);
    assertThat(many.body()).contains("\"place\":\"[10000]\"");
    assertThat(post(Running.LINES, (one + "\n").repeat(100_000)).statusCode()).isEqualTo(413);
    HttpResponse<String> numbers = post(Running.JSON, "[" + "1,".repeat(100_000) + "1]");
    assertThat(numbers.statusCode()).isEqualTo(400);
    assertThat(numbers.body()).contains("\"place\":\"[0]\"");
    assertThat(post(Running.JSON, "[".repeat(100_000)).statusCode()).isEqualTo(400);
    assertThat(post(Running.JSON, " ".repeat(11_000_000)).statusCode()).isEqualTo(413);
    StringBuilder wide = new StringBuilder("{\"id\":\"e\",\"card\":\"c\",\"at\":0");
    IntStream.range(0, 1_100).forEach(i -> wide.append(",\"f").append(i).append("\":1"));
    HttpResponse<String> fields = post(Running.JSON, wide + "}");
    assertThat(fields.statusCode()).isEqualTo(400);
    assertThat(fields.body()).contains("more than");
    assertThat(running.post("/v1/pipelines/none/events", Running.JSON, one).statusCode())
        .isEqualTo(404);
    assertThat(running.get("/health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void decisionsAreFoundAgain() {
    running.send("pages", Shop.array(0, 600));
    running.send("pages", Shop.json(Shop.strange(600)));
    String path = "/v1/pipelines/pages/decisions";
    int before = 602;
    String query = "?limit=250";
    int pages = 0;
    while (query != null) {
      JsonNode page = Running.json(running.get(path + query));
      for (JsonNode decision : page.get("decisions")) {
        assertThat(decision.get("number").asInt()).isEqualTo(--before);
      }
      pages++;
      query = page.get("next").isNull() ? null : "?limit=250&before=" + page.get("next").asInt();
    }
    assertThat(before).isEqualTo(1);
    assertThat(pages).isEqualTo(3);
    assertThat(numbers(path + "?flagged=true")).contains(601);
    assertThat(numbers(path + "?flagged=true&severity=99.99")).doesNotContain(1);
    assertThat(numbers(path + "?flagged=false&limit=1000"))
        .doesNotContain(601)
        .hasSizeGreaterThan(590);
    assertThat(numbers(path + "?from=2023-11-14T22:13:25Z&to=2023-11-14T23:13:28%2B01:00"))
        .containsExactly(8, 7, 6);
    JsonNode first = Running.json(running.get(path + "/1")).get("decision");
    String card = first.at("/event/key").asString();
    JsonNode ofCard = Running.json(running.get(path + "?limit=1000&key=" + card)).get("decisions");
    assertThat(ofCard.valueStream().map(d -> d.at("/event/key").asString())).containsOnly(card);
    assertThat(ofCard.size()).isBetween(50, 250);
    assertThat(running.get(path + "/9999").statusCode()).isEqualTo(404);
    assertThat(running.get(path + "/0").statusCode()).isEqualTo(400);
    assertThat(running.get(path + "?from=yesterday").statusCode()).isEqualTo(400);
    assertThat(running.get(path + "?flagged=yes").statusCode()).isEqualTo(400);
    assertThat(running.get(path + "?severity=NaN").statusCode()).isEqualTo(400);
  }

  private static List<Integer> numbers(String path) {
    return Running.json(running.get(path))
        .get("decisions")
        .valueStream()
        .map(d -> d.get("number").asInt())
        .toList();
  }
}
