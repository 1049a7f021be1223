package dev.vedette.connect.sink;

import dev.vedette.connect.store.Store.Outgoing;
import dev.vedette.pipeline.alert.Alert;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** An outbox in memory, for every sink the same messages. */
final class MemoryOutbox implements Outbox {
  private record Place(String sink, long id) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int bySink = sink.compareTo(other.sink);
      return bySink != 0 ? bySink : Long.compare(id, other.id);
    }
  }

  private final TreeMap<Place, Outgoing> open = new TreeMap<>();
  private long next = 1;

  /** The next calls of {@link #delivered} fail, as if the process died before. */
  int crashes;

  synchronized void put(Alert alert, String... sinks) {
    for (String sink : sinks) {
      open.put(new Place(sink, next), new Outgoing(next, alert, 0));
      next++;
    }
  }

  synchronized int size() {
    return open.size();
  }

  synchronized int attempts(String sink) {
    return undelivered(sink, 1).getFirst().attempts();
  }

  @Override
  public synchronized List<Outgoing> undelivered(String sink, int limit) {
    var found = new ArrayList<Outgoing>();
    open.forEach(
        (place, message) -> {
          if (place.sink.equals(sink) && found.size() < limit) {
            found.add(message);
          }
        });
    return found;
  }

  @Override
  public synchronized void delivered(String sink, long outgoing) {
    if (crashes-- > 0) {
      throw new IllegalStateException("the disk is full");
    }
    open.remove(new Place(sink, outgoing));
  }

  @Override
  public synchronized void failed(String sink, long outgoing, String reason) {
    open.computeIfPresent(
        new Place(sink, outgoing),
        (place, message) -> new Outgoing(message.id(), message.alert(), message.attempts() + 1));
  }
}
