package dev.vedette.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vedette.connect.store.Store;
import dev.vedette.connect.store.Store.PipelineRow;
import dev.vedette.server.live.Gate;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that is stopped finishes what it accepted; started again, it goes on. */
@Timeout(60)
final class RestartTest {
  private static final String[] KEPT = {
    "/v1/pipelines/shop/decisions?limit=1000",
    "/v1/pipelines/shop/labels",
    "/v1/alerts",
    "/v1/audit"
  };

  @Test
  void itGoesOnWhereItWas(@TempDir Path folder) {
    String[] before = new String[KEPT.length];
    try (Running running = new Running(folder)) {
      running.create(Shop.yaml("shop"));
      running.send("shop", Shop.array(0, 600));
      running.send("shop", Shop.json(Shop.strange(600)));
      String label = "{\"number\":601,\"anomaly\":true}";
      running.post("/v1/pipelines/shop/labels", Running.JSON, label);
      for (int i = 0; i < KEPT.length; i++) {
        before[i] = running.get(KEPT[i]).body();
      }
    }
    try (Running running = new Running(folder)) {
      for (int i = 0; i < KEPT.length; i++) {
        assertThat(running.get(KEPT[i]).body()).isEqualTo(before[i]);
      }
      assertThat(running.send("shop", Shop.json(601)).get(0).get("number").asInt()).isEqualTo(602);
      assertThat(running.send("shop", Shop.json(3)).get(0).get("handling").asString())
          .isEqualTo("duplicate");
    }
  }

  @Test
  void aPipelineThatDoesNotRunCanBeDeleted(@TempDir Path folder) {
    Store store = Running.store(folder);
    String broken = Shop.yaml("shop") + "alerts: {to: [webhook env:VEDETTE_IS_NOT_SET]}\n";
    store.save(new PipelineRow("shop", broken, false, 0));
    try (Running running = new Running(folder, store)) {
      assertThat(running.get("/v1/pipelines/shop").statusCode()).isEqualTo(404);
      assertThat(running.send(running.to("/v1/pipelines/shop").DELETE()).statusCode())
          .isEqualTo(204);
      assertThat(running.send(running.to("/v1/pipelines/shop").DELETE()).statusCode())
          .isEqualTo(404);
      running.create(Shop.yaml("shop"));
    }
  }

  @Test
  void aPipelineThatIsRefusedIsNotKept(@TempDir Path folder) {
    try (Running running = new Running(folder)) {
      String twice = Shop.yaml("shop") + "alerts: {to: [log, log]}\n";
      HttpResponse<String> refused = running.post("/v1/pipelines", "application/yaml", twice);
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).contains("given twice");
      running.create(Shop.yaml("shop"));
    }
  }

  @Test
  void whatWasAcceptedIsAnsweredBeforeItStops(@TempDir Path folder) throws Exception {
    var gate = new Gate(Running.store(folder));
    CompletableFuture<HttpResponse<String>> answer;
    Running running = new Running(folder, gate.store());
    running.create(Shop.yaml("shop"));
    gate.shut();
    answer = running.later("/v1/pipelines/shop/events", Running.JSON, Shop.array(0, 5));
    gate.awaitCommit();
    var stopped = CompletableFuture.runAsync(running.server::close);
    Thread.sleep(300);
    assertThat(answer).isNotDone();
    gate.open();
    assertThat(Running.json(answer.join()).get("decisions")).hasSize(5);
    stopped.join();
    running.close();
    try (Running again = new Running(folder)) {
      assertThat(again.send("shop", Shop.json(5)).get(0).get("number").asInt()).isEqualTo(6);
    }
  }
}
