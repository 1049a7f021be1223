package dev.vedette.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vedette.connect.store.Stores;
import dev.vedette.server.Server;
import dev.vedette.server.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A replay makes the decisions of a server again, byte by byte. */
@Timeout(120)
class ReplayAgreementTest {
  private static final int EVENTS = 4_000;
  private static final String YAML =
      """
      name: shop
      event: {key: card, time: at, id: id, lateness: 1m}
      features: [amount, "zscore(amount, 1h)", "count(1m)", hour(at), category: kind]
      detectors: [streaming-tails, half-space-trees trees=10 depth=8, iforest trees=20, knn k=3]
      learning: {reservoir: 256, refit: 1000}
      threshold: {false-alarms: 0.005}
      """;

  @TempDir Path folder = Path.of("");
  private final HttpClient client = HttpClient.newHttpClient();

  /** Some are duplicates, some are late, some are far out, some lack a field. */
  private static List<String> events() {
    var random = new SplittableRandom(5);
    var events = new ArrayList<String>();
    for (int i = 0; i < EVENTS; i++) {
      int id = random.nextInt(100) == 0 ? i / 2 : i;
      long at = 1_700_000_000_000L + 1_000L * i - (random.nextInt(50) == 0 ? 200_000 : 0);
      double amount = random.nextInt(200) == 0 ? 900 : 10 + random.nextGaussian();
      String kind = random.nextInt(20) == 0 ? "null" : "\"k\u00e4se " + random.nextInt(3) + "\"";
      events.add(
          "{\"id\":\"e%d\",\"card\":\"c%d\",\"at\":%d,\"amount\":%s,\"kind\":%s}"
              .formatted(id, random.nextInt(40), at, amount, kind));
    }
    return events;
  }

  private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
    return response.body();
  }

  /** The elements of the array in the object {@code body}, as they are written. */
  private static List<String> elements(String body) {
    var elements = new ArrayList<String>();
    try (JsonParser json = new JsonFactory().createParser(ObjectReadContext.empty(), body)) {
      while (json.nextToken() != JsonToken.START_ARRAY) {
        // On to the array.
      }
      while (json.nextToken() == JsonToken.START_OBJECT) {
        int from = (int) json.currentTokenLocation().getCharOffset();
        json.skipChildren();
        elements.add(body.substring(from, (int) json.currentTokenLocation().getCharOffset() + 1));
      }
    }
    return elements;
  }

  private List<String> served(List<String> events) throws IOException, InterruptedException {
    var settings = new Settings(folder).port(0).grpcPort(0);
    var store = Stores.open(folder.resolve("store.db").toString());
    try (Server server = Server.start(settings, store, InstantSource.system())) {
      server.live().create(YAML, "test");
      String shop = "http://127.0.0.1:" + server.port() + "/v1/pipelines/shop/";
      var answered = new ArrayList<String>();
      var random = new SplittableRandom(11);
      for (int from = 0; from < events.size(); ) {
        int to = Math.min(events.size(), from + 1 + random.nextInt(300));
        String body = "[" + String.join(",", events.subList(from, to)) + "]";
        HttpRequest.Builder request =
            HttpRequest.newBuilder(URI.create(shop + "events"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        answered.addAll(elements(send(request)));
        from = to;
      }
      String query = "decisions?limit=1000&before=" + (EVENTS + 1);
      String kept = send(HttpRequest.newBuilder(URI.create(shop + query)));
      assertThat(elements(kept).reversed()).isEqualTo(answered.subList(EVENTS - 1000, EVENTS));
      return answered;
    }
  }

  @Test
  void theServerAndAReplayDecideAlike() throws IOException, InterruptedException {
    List<String> events = events();
    Path yaml = Files.writeString(folder.resolve("shop.yaml"), YAML);
    Path file = Files.write(folder.resolve("events.jsonl"), events);
    Path decisions = folder.resolve("decisions.jsonl");
    Run replay =
        Run.of("replay", yaml.toString(), file.toString(), "--decisions", decisions.toString());
    assertThat(replay.code()).as(replay.err()).isZero();
    List<String> replayed = Files.readAllLines(decisions);
    List<String> served = served(events);
    assertThat(replayed).hasSize(EVENTS);
    for (int i = 0; i < EVENTS; i++) {
      assertThat(served.get(i)).isEqualTo(replayed.get(i));
    }
    assertThat(replayed).anyMatch(line -> line.contains("\"flagged\":true"));
    assertThat(replayed).anyMatch(line -> line.contains("\"handling\":\"late\""));
    assertThat(replayed).anyMatch(line -> line.contains("\"handling\":\"duplicate\""));
    assertThat(replayed.getLast()).contains("\"version\":\"").doesNotContain("not fitted yet");
    client.close();
  }
}
