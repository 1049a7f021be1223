package dev.vedette.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vedette.connect.store.Store;
import dev.vedette.connect.store.Stores;
import dev.vedette.pipeline.Pipeline;
import dev.vedette.pipeline.simulate.PaymentStream;
import dev.vedette.server.live.Live;
import dev.vedette.server.live.LivePipeline;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class PaymentPlayerTest {
  private static boolean plays() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("payments") && thread.isAlive());
  }

  @Test
  void itWaitsForAPipelineThatTakesNothing(@TempDir Path folder) throws InterruptedException {
    try (Store store = Stores.open(folder.resolve("vedette.db").toString());
        Live live = Live.start(store, folder, InstantSource.system(), new SimpleMeterRegistry())) {
      LivePipeline payments = live.create(Pipeline.bundled("payments"), "test");
      try (var player =
          new PaymentPlayer(payments, new PaymentStream.Options(), new Truth(), 1_000, 0)) {
        player.start();
        while (payments.status().events() == 0) {
          Thread.sleep(10);
        }
        live.delete("payments", "test");
        Thread.sleep(300);
        assertThat(plays()).isTrue();
      }
    }
    while (plays()) {
      Thread.sleep(10);
    }
  }
}
