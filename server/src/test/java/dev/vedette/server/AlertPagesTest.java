package dev.vedette.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vedette.connect.store.Store;
import dev.vedette.connect.store.Store.Batch;
import dev.vedette.connect.store.Store.PipelineRow;
import dev.vedette.pipeline.alert.Alert;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Whoever follows the pages of the alerts sees each of them once. */
final class AlertPagesTest {
  private static Alert alert(int number, long opened) {
    String id = "shop:%03d".formatted(number);
    return new Alert(
        id, "shop", "k", Alert.State.OPENED, opened, opened, number, number, 1, 80, List.of(), id);
  }

  @Test
  void alertsOfOneTimeAreAllThere(@TempDir Path folder) {
    Store store = Running.store(folder);
    store.save(new PipelineRow("shop", Shop.yaml("shop"), false, 0));
    List<Alert> alerts =
        IntStream.range(0, 60)
            .mapToObj(i -> alert(i, i < 5 ? 1_000 : i < 55 ? 2_000 : 3_000))
            .toList();
    store.commit("shop", new Batch(List.of(), List.of(), alerts, List.of(), List.of()));
    try (Front front = new Front(folder, store, () -> null, Front.LIMITS)) {
      for (int limit : new int[] {1, 2, 7, 50, 60, 1000}) {
        List<String> seen = new ArrayList<>();
        @Nullable String before = "";
        for (int page = 0; before != null && page < 100; page++) {
          JsonNode got = Running.json(front.get("/v1/alerts?limit=" + limit + before));
          got.get("alerts").forEach(each -> seen.add(each.get("id").asString()));
          before = got.get("next").isNull() ? null : "&before=" + got.get("next").asString();
        }
        assertThat(seen)
            .as("limit %d", limit)
            .isEqualTo(alerts.reversed().stream().map(Alert::id).toList());
      }
    }
  }
}
