package dev.vedette.server.azure;

import dev.vedette.server.azure.AzureModels.Detected;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;

/** Batch detections and their results, which are kept for a while. Thread-safe. */
final class Batches implements AutoCloseable {
  private static final int MOST_WAITING = 100;

  private final Shelf shelf;
  private final long keep;
  private final InstantSource clock;
  private final BiFunction<KeptResult, Path, Detected> judge;
  private final Jobs jobs;
  private final ReentrantLock changing = new ReentrantLock();

  /** Without what they found out. */
  private final Map<UUID, KeptResult> results = new ConcurrentHashMap<>();

  /**
   * Goes on where the detections on the shelf were.
   *
   * @param keep how long results are kept
   * @param judge detects, in an empty folder
   */
  Batches(
      Shelf shelf,
      Duration keep,
      InstantSource clock,
      BiFunction<KeptResult, Path, Detected> judge) {
    this.shelf = shelf;
    this.keep = keep.toMillis();
    this.clock = clock;
    this.judge = judge;
    this.jobs = new Jobs(shelf, "azure-detection");
    shelf.results().forEach(kept -> results.put(kept.id(), kept.brief()));
    expire();
    results.values().stream().filter(kept -> !kept.status().over()).forEach(this::begin);
  }

  /**
   * Begins a detection.
   *
   * @throws AzureException when too many wait
   */
  KeptResult begin(UUID model, DetectionInfo info) {
    expire();
    if (jobs.count() >= MOST_WAITING) {
      throw new AzureException(
          429, "TooManyRequests", "More batch detections wait than can be done; try again later.");
    }
    var kept = new KeptResult(UUID.randomUUID(), model, clock.millis(), info);
    shelf.save(kept);
    results.put(kept.id(), kept);
    begin(kept);
    return kept;
  }

  private void begin(KeptResult kept) {
    jobs.begin(
        "detection " + kept.id(),
        work -> {
          put(kept.running());
          Detected detected = judge.apply(kept, work);
          put(kept.ready(detected.variables(), detected.verdicts()));
        },
        fault -> put(kept.failed(fault)));
  }

  private void put(KeptResult next) {
    changing.lock();
    try {
      results.put(next.id(), next.brief());
      shelf.save(next);
    } finally {
      changing.unlock();
    }
  }

  /**
   * The result of {@code id} as far as it is.
   *
   * @throws AzureException with {@code ResultNotExist}
   */
  KeptResult find(UUID id) {
    expire();
    KeptResult kept = results.get(id);
    if (kept == null) {
      throw AzureModels.noResult();
    }
    return kept.status() == Progress.READY ? shelf.result(id) : kept;
  }

  /** Forgets results that were kept long enough. */
  private void expire() {
    long oldest = clock.millis() - keep;
    for (KeptResult kept : List.copyOf(results.values())) {
      if (kept.created() < oldest && kept.status().over() && results.remove(kept.id()) != null) {
        shelf.deleteResult(kept.id());
      }
    }
  }

  @Override
  public void close() {
    jobs.close();
  }
}
