package dev.vedette.server.live;

import dev.vedette.connect.store.Store;
import dev.vedette.connect.store.Store.Audit;
import dev.vedette.connect.store.Store.PipelineRow;
import dev.vedette.pipeline.Pipeline;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All pipelines of a server: created, found, recovered after a crash, and stopped. Thread-safe. */
public final class Live implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Live.class);
  private static final Duration RETENTION = Duration.ofDays(30);
  private static final int MEBIBYTE = 1 << 20;

  private final Site site;
  private final ReentrantLock lock = new ReentrantLock();
  private final ConcurrentNavigableMap<String, LivePipeline> pipelines =
      new ConcurrentSkipListMap<>();
  private final ScheduledExecutorService hourly;
  private boolean closed;

  private Live(Site site) {
    this.site = site;
    hourly = Executors.newSingleThreadScheduledExecutor(threads("retention"));
  }

  /**
   * Starts every pipeline the store holds, each from its newest snapshot and the events after it,
   * and waits until they run. Decisions and alerts are kept for 30 days.
   *
   * @param folder for what sinks write: alert files, dead letters
   */
  public static Live start(Store store, Path folder, InstantSource clock, MeterRegistry meters) {
    return start(store, folder, clock, meters, RETENTION);
  }

  /**
   * As {@link #start(Store, Path, InstantSource, MeterRegistry)}.
   *
   * @param retention decisions and alerts older than this are forgotten
   */
  public static Live start(
      Store store, Path folder, InstantSource clock, MeterRegistry meters, Duration retention) {
    int processors = Math.max(2, Runtime.getRuntime().availableProcessors());
    ExecutorService background = Executors.newFixedThreadPool(processors, threads("background"));
    return start(
        new Site(
            store,
            folder,
            Limits.standard(retention),
            clock,
            meters,
            new Machine.Partitions(),
            background));
  }

  static Live start(Site site) {
    Live live = new Live(site);
    for (PipelineRow row : site.store().pipelines()) {
      try {
        live.run(new LivePipeline(site, row, site.maker().parse(row.yaml())));
      } catch (IllegalArgumentException e) {
        log.error(
            "pipeline {} of the store does not run: {}; delete it, or use the version of Vedette"
                + " that made it",
            row.name(),
            e.getMessage());
      }
    }
    live.awaitReady();
    long needed = live.memory();
    if (needed > site.limits().memory()) {
      log.warn("the pipelines may need {}", live.tooMuch(needed));
    }
    var unused = live.hourly.scheduleWithFixedDelay(live::retain, 1, 1, TimeUnit.HOURS);
    return live;
  }

  @SuppressWarnings(
      "ThreadPriorityCheck") // a hint where the system takes it, not needed to be right
  private static ThreadFactory threads(String name) {
    return Thread.ofPlatform().daemon().priority(Thread.MIN_PRIORITY).name(name, 0).factory();
  }

  private void run(LivePipeline live) {
    live.start();
    pipelines.put(live.name(), live);
  }

  private void awaitReady() {
    try {
      for (LivePipeline pipeline : pipelines.values()) {
        pipeline.awaitReady();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while pipelines were recovered", e);
    }
  }

  /**
   * Creates a pipeline and starts it.
   *
   * @param by who does so, for the audit
   * @throws IllegalArgumentException when the file is wrong, the name is taken, or the memory it
   *     needs is not there
   */
  public LivePipeline create(String yaml, String by) {
    Pipeline pipeline = site.maker().parse(yaml);
    String name = pipeline.name();
    lock.lock();
    try {
      if (closed) {
        throw new UnavailableException("the server is being stopped");
      }
      if (site.store().pipelines().stream().anyMatch(row -> row.name().equals(name))) {
        throw new IllegalArgumentException(
            "there is a pipeline '" + name + "' already; delete it first or choose another name");
      }
      requireMemory(pipeline);
      PipelineRow row = new PipelineRow(name, yaml, false, site.clock().millis());
      LivePipeline live = new LivePipeline(site, row, pipeline);
      keep(row, live);
      run(live);
      log.info("pipeline {}: created", name);
      awaitReady();
      audit(by, "pipeline.create", name);
      return live;
    } finally {
      lock.unlock();
    }
  }

  private void keep(PipelineRow row, LivePipeline live) {
    try {
      site.store().save(row);
    } catch (RuntimeException e) {
      live.discard();
      throw e;
    }
  }

  private void requireMemory(Pipeline pipeline) {
    long needed = site.maker().memory(pipeline);
    if (needed > site.limits().memory() - memory()) {
      throw new IllegalArgumentException(
          "pipeline '" + pipeline.name() + "' needs " + tooMuch(needed));
    }
  }

  private String tooMuch(long needed) {
    long all = site.limits().memory();
    return String.format(
        Locale.ROOT,
        "%,d MB, %,d MB of %,d MB are left; give Java more, such as VEDETTE_JAVA_OPTS=-Xmx4g, or"
            + " lower memory in the pipeline file",
        Math.ceilDiv(needed, MEBIBYTE),
        Math.max(0, all - memory()) / MEBIBYTE,
        all / MEBIBYTE);
  }

  /** What all pipelines together may hold, in bytes. */
  private long memory() {
    return pipelines.values().stream().mapToLong(p -> site.maker().memory(p.pipeline())).sum();
  }

  /** In the order of their names. */
  public List<LivePipeline> pipelines() {
    return List.copyOf(pipelines.values());
  }

  public Optional<LivePipeline> find(String name) {
    return Optional.ofNullable(pipelines.get(name));
  }

  /**
   * Stops the pipeline and removes all that is kept for it. What waits in its queue fails.
   *
   * @throws IllegalArgumentException when there is none of this name
   */
  public void delete(String name, String by) {
    lock.lock();
    try {
      LivePipeline live = pipelines.get(name);
      if (live != null) {
        live.abandon();
        join(List.of(live));
        pipelines.remove(name);
      } else if (site.store().pipelines().stream().noneMatch(row -> row.name().equals(name))) {
        throw new IllegalArgumentException(
            "there is no pipeline '" + name + "'; there are " + pipelines.keySet());
      }
      site.store().delete(name);
      audit(by, "pipeline.delete", name);
      log.info("pipeline {}: deleted", name);
    } finally {
      lock.unlock();
    }
  }

  private void audit(String by, String action, String pipeline) {
    site.store().audit(new Audit(site.clock().millis(), by, action, pipeline, ""));
  }

  public Store store() {
    return site.store();
  }

  private void retain() {
    long before = site.clock().millis() - site.limits().retention().toMillis();
    for (LivePipeline pipeline : pipelines()) {
      try {
        site.store().retain(pipeline.name(), before);
      } catch (RuntimeException e) {
        log.warn("pipeline {}: old events were not forgotten", pipeline.name(), e);
      }
    }
  }

  /**
   * Takes nothing more, finishes what was accepted, and keeps a snapshot of each pipeline. The
   * store stays open.
   */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      hourly.shutdownNow();
      Collection<LivePipeline> all = pipelines.values();
      all.forEach(LivePipeline::close);
      join(all);
      site.background().shutdownNow();
    } finally {
      lock.unlock();
    }
  }

  private static void join(Collection<LivePipeline> pipelines) {
    try {
      for (LivePipeline pipeline : pipelines) {
        pipeline.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while pipelines were stopped", e);
    }
  }
}
