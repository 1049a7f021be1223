package dev.vedette.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.vedette.pipeline.Event;
import dev.vedette.pipeline.Pipeline;
import dev.vedette.server.intake.Limits;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Any bytes are events, or are refused with a place and a reason that can be told. Runs its seeds
 * and past findings; with JAZZER_FUZZ=1 in the environment it looks for new ones.
 */
class EventBodyFuzzTest {
  private static final Pipeline PIPELINE =
      Pipeline.parse(
          """
          name: fuzz
          event: {key: key, time: at, id: id}
          features: [amount]
          """);
  private static final int MOST = 50;
  private static final EventReader READER = new EventReader(new Limits().depth(), MOST);

  /** The first byte chooses what the rest is read as. */
  @FuzzTest(maxDuration = "10m")
  void anyBytes(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] body = Arrays.copyOfRange(input, 1, input.length);
    try {
      switch (input[0]) {
        case 'l' -> told(READER.lines(body, PIPELINE, 0));
        case 'o' -> {
          List<String> names = List.of("number", "anomaly", "comment");
          assertThat(READER.object(body, names).keySet()).isSubsetOf(names);
        }
        default -> told(READER.json(body, PIPELINE, 0));
      }
    } catch (Problem refused) {
      Reply reply = refused.failure().problem();
      assertThat(reply.status()).isIn(400, 413);
      JsonNode problem = JsonMapper.shared().readTree(reply.body());
      assertThat(problem.get("detail").asString()).isNotBlank();
      assertThat(problem.get("place").asString()).isNotBlank();
    }
  }

  /** They are few, and can be told again. */
  private static void told(List<Event> events) {
    assertThat(events.size()).isLessThanOrEqualTo(MOST);
    byte[] told =
        Json.bytes(
            json -> {
              json.writeStartArray();
              events.forEach(event -> dev.vedette.pipeline.Json.write(event, json));
              json.writeEndArray();
            });
    JsonNode again = JsonMapper.shared().readTree(told);
    assertThat(again.size()).isEqualTo(events.size());
    for (int i = 0; i < events.size(); i++) {
      assertThat(again.get(i).get("key").asString()).hasSameSizeAs(events.get(i).key());
    }
  }
}
