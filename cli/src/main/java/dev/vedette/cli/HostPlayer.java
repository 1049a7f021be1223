package dev.vedette.cli;

import dev.vedette.connect.host.HostMetrics;
import dev.vedette.server.live.LivePipeline;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives a pipeline the metrics of this machine, every second. */
final class HostPlayer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HostPlayer.class);

  private final LivePipeline pipeline;
  private final InstantSource clock;
  private final HostMetrics metrics = new HostMetrics();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("host metrics").factory());

  HostPlayer(LivePipeline pipeline, InstantSource clock) {
    this.pipeline = pipeline;
    this.clock = clock;
  }

  void start() {
    var unused = timer.scheduleAtFixedRate(this::play, 0, 1, TimeUnit.SECONDS);
  }

  private void play() {
    try {
      long now = clock.millis();
      Map<String, Object> sample = metrics.sample(now);
      var unused = pipeline.submit(List.of(pipeline.pipeline().event(sample, now)));
    } catch (RuntimeException e) {
      LOG.warn("A sample of the machine's metrics is left out: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
