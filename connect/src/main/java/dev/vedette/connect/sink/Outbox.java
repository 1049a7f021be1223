package dev.vedette.connect.sink;

import dev.vedette.connect.store.Store;
import dev.vedette.connect.store.Store.Outgoing;
import java.util.List;

/** The messages of one pipeline that are on their way. Thread-safe. */
public interface Outbox {
  /** The messages to {@code sink} that are neither delivered nor given up, oldest first. */
  List<Outgoing> undelivered(String sink, int limit);

  /** Marks a message as delivered to {@code sink}, or as given up. */
  void delivered(String sink, long outgoing);

  /** Counts a failed attempt. */
  void failed(String sink, long outgoing, String reason);

  /** What {@code store} keeps for {@code pipeline}. */
  static Outbox of(Store store, String pipeline) {
    return new Outbox() {
      @Override
      public List<Outgoing> undelivered(String sink, int limit) {
        return store.undelivered(pipeline, sink, limit);
      }

      @Override
      public void delivered(String sink, long outgoing) {
        store.delivered(pipeline, sink, outgoing);
      }

      @Override
      public void failed(String sink, long outgoing, String reason) {
        store.failed(pipeline, sink, outgoing, reason);
      }
    };
  }
}
