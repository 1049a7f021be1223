package dev.vedette.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vedette.server.security.Keys;
import dev.vedette.server.security.Role;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
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

  /** Completes when the feed of shop ends. */
  private static CompletableFuture<Void> watching(Running running, HttpRequest.Builder request) {
    HttpResponse<Stream<String>> feed = running.send(request, BodyHandlers.ofLines());
    assertThat(feed.statusCode()).isEqualTo(200);
    return CompletableFuture.runAsync(
        () -> {
          try (Stream<String> lines = feed.body()) {
            lines.forEach(line -> assertThat(line).isNotNull());
          } catch (UncheckedIOException e) {
            assertThat(e).as("the connection ended").isNotNull();
          }
        });
  }

  @Test
  void itEndsWithItsPipeline(@TempDir Path folder) {
    try (Running running = new Running(folder)) {
      running.create(Shop.yaml("shop"));
      var ended = watching(running, running.to("/v1/pipelines/shop/live"));
      running.server.live().delete("shop", "test");
      assertThat(ended).succeedsWithin(Duration.ofSeconds(20));
    }
  }

  @Test
  void itEndsWithTheKeyOfItsClient(@TempDir Path folder) {
    try (Running running = new Running(folder)) {
      running.create(Shop.yaml("shop"));
      Keys keys = running.server.keys();
      keys.create(Role.ADMIN, "", "test");
      Keys.Created analyst = keys.create(Role.ANALYST, "", "test");
      var ended =
          watching(
              running,
              running
                  .to("/v1/pipelines/shop/live")
                  .header("Authorization", "Bearer " + analyst.secret()));
      keys.delete(analyst.key().id(), "test");
      assertThat(ended).succeedsWithin(Duration.ofSeconds(20));
    }
  }
}
