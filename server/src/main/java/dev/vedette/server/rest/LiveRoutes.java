package dev.vedette.server.rest;

import dev.vedette.server.live.LivePipeline;
import dev.vedette.server.security.Right;
import io.micrometer.core.instrument.Gauge;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What happens now, as server-sent events. */
final class LiveRoutes implements AutoCloseable {
  private static final int MOST_CLIENTS = 100;

  private final Parts parts;
  private final Set<LiveFeed> feeds = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  LiveRoutes(Parts parts) {
    this.parts = parts;
    Gauge.builder("vedette.live.clients", feeds, Set::size)
        .description("live feeds open")
        .register(parts.meters());
  }

  List<Route> routes() {
    return List.of(new Route("GET", "/v1/pipelines/{name}/live", Right.READ, this::watch));
  }

  private Reply watch(Call call) {
    call.queries();
    LivePipeline pipeline = parts.pipeline(call);
    if (closed || feeds.size() >= MOST_CLIENTS) {
      throw new Retry(503, "too many watch already; try again later", 30);
    }
    return Reply.stream(
        "text/event-stream",
        out -> {
          var feed = new LiveFeed(pipeline, call, parts, out);
          feeds.add(feed);
          try {
            if (!closed) {
              feed.run();
            }
          } finally {
            feeds.remove(feed);
          }
        });
  }

  /** Ends all streams. */
  @Override
  public void close() {
    closed = true;
    feeds.forEach(LiveFeed::end);
  }
}
