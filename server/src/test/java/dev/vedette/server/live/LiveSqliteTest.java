package dev.vedette.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vedette.connect.store.Store;
import dev.vedette.connect.store.Stores;
import dev.vedette.pipeline.Event;
import dev.vedette.pipeline.EventDecision;
import dev.vedette.pipeline.Label;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real partition over a real store. */
@Timeout(120)
final class LiveSqliteTest {
  private static final String YAML =
      """
      name: shop
      event: {key: key, time: at, id: id}
      features: [amount, "zscore(amount, 1h)", "count(1m)"]
      detectors: [streaming-tails, half-space-trees trees=10 depth=8, iforest trees=20]
      learning: {reservoir: 256, refit: 1000}
      threshold: {false-alarms: 0.01}
      """;

  private static List<Event> events() {
    var random = new SplittableRandom(7);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      double amount = random.nextInt(100) == 0 ? 500 : 10 + random.nextGaussian();
      events.add(
          new Event(
              "e" + i,
              "k" + random.nextInt(40),
              1_000L * i,
              Map.<String, Object>of("amount", amount)));
    }
    return events;
  }

  @Test
  void aReplayOfWhatIsKeptMakesEveryDecisionAgain(@TempDir Path folder) {
    InstantSource clock = InstantSource.fixed(Instant.EPOCH);
    try (Store store = Stores.open(folder.resolve("store.db").toString());
        Live live = Live.start(store, folder, clock, new SimpleMeterRegistry())) {
      LivePipeline shop = live.create(YAML, "ann");
      List<Event> events = events();
      List<EventDecision> answered = new ArrayList<>();
      for (int from = 0; from < events.size(); from += 40) {
        answered.addAll(shop.submit(events.subList(from, from + 40)).join());
        if (from % 400 == 0) {
          shop.label(new Label(from + 3, false, "", "ann", 0)).join();
        }
      }
      assertThat(answered).filteredOn(d -> d.decision().flagged()).isNotEmpty();

      var background = Executors.newFixedThreadPool(2);
      var limits = Limits.standard(java.time.Duration.ofDays(1));
      var site =
          new Site(
              store,
              folder,
              limits,
              clock,
              new SimpleMeterRegistry(),
              new Machine.Partitions(),
              background);
      try (ThreadCrew crew = new ThreadCrew("again", limits.stall(), background)) {
        var archive = new BufferedArchive(store, "shop", new Patience("shop", limits));
        Recovery.Recovered again =
            Recovery.run(site, shop.pipeline(), crew, archive, progress -> {});
        assertThat(again.replayed()).isEqualTo(3_000);
        assertThat(again.mismatches()).isZero();
        assertThat(again.machine().number()).isEqualTo(3_000);
      } finally {
        background.shutdownNow();
      }
    }
  }
}
