package dev.vedette.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Whoever watches a pipeline sees its scores, its alerts and a tick every second. */
@Timeout(60)
final class LiveFeedTest {
  @Test
  void ticksScoresAndAlerts(@TempDir Path folder) {
    var openapi = new OpenApi();
    try (Running running = new Running(folder)) {
      running.create(Shop.yaml("shop"));
      running.send("shop", Shop.array(0, 600));
      HttpResponse<Stream<String>> feed =
          running.send(running.to("/v1/pipelines/shop/live"), BodyHandlers.ofLines());
      assertThat(feed.headers().firstValue("Content-Type")).hasValue("text/event-stream");
      var seen = new TreeSet<String>();
      try (Stream<String> lines = feed.body()) {
        Iterator<String> next = lines.iterator();
        assertThat(next.next()).startsWith(":");
        assertThat(next.next()).isEmpty();
        running.send("shop", Shop.json(Shop.strange(600)));
        while (seen.size() < 3) {
          String kind = next.next().replace("event: ", "");
          String data = next.next().replaceFirst("^data: ", "");
          assertThat(next.next()).isEmpty();
          openapi.schema(Character.toUpperCase(kind.charAt(0)) + kind.substring(1), data);
          seen.add(kind);
          if (kind.equals("score")) {
            assertThat(JsonMapper.shared().readTree(data).get("number").asInt()).isEqualTo(601);
          }
        }
      }
      assertThat(seen).containsExactly("alert", "score", "tick");
      assertThat(running.get("/metrics").body()).contains("vedette_live_clients");
    }
  }
}
