package dev.vedette.server.live;

import dev.vedette.connect.store.Store;
import dev.vedette.connect.store.StoreException;
import dev.vedette.connect.store.Stores;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** A real store whose commits can be held up, and which can be away. */
public final class Gate {
  /** What must work for pipelines to be recovered. */
  private static final Set<String> USED = Set.of("commit", "snapshot", "rewind", "decisions");

  private final Store real;
  private final Semaphore begun = new Semaphore(0);
  private volatile CountDownLatch opened = new CountDownLatch(0);
  private volatile boolean away;
  private volatile boolean keysAway;

  public Gate(Store real) {
    this.real = real;
  }

  public Store store() {
    return (Store)
        Proxy.newProxyInstance(
            Gate.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, values) -> call(method, values));
  }

  private @Nullable Object call(Method method, Object @Nullable [] values) throws Throwable {
    boolean keys = keysAway && method.getName().equals("keys");
    if (keys || (away && USED.contains(method.getName()))) {
      throw failure();
    }
    if (method.getName().equals("commit")) {
      begun.release();
      opened.await();
    }
    try {
      return method.invoke(real, values);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }

  /** As a store fails: its exceptions are made by stores only. */
  private static StoreException failure() {
    try {
      Stores.open("jdbc:none:");
    } catch (StoreException e) {
      return e;
    }
    throw new IllegalStateException("a store of no kind was opened");
  }

  /** Commits wait from now on. */
  public void shut() {
    begun.drainPermits();
    opened = new CountDownLatch(1);
  }

  /** Waits for a commit to begin. */
  public void awaitCommit() throws InterruptedException {
    begun.acquire();
  }

  public void open() {
    opened.countDown();
  }

  public void away(boolean now) {
    away = now;
  }

  /** Whether the keys cannot be read. */
  public void keysAway(boolean now) {
    keysAway = now;
  }

  /** Pipelines of real partitions with room for {@code queue} events, which soon give up. */
  public static Live live(Store store, Path folder, int queue, MeterRegistry meters) {
    var limits =
        new Limits(
            queue,
            1_000,
            1_000_000,
            Duration.ofHours(1),
            Duration.ofMinutes(1),
            2,
            Duration.ofMillis(20),
            1L << 30,
            Duration.ofDays(30));
    var background =
        Executors.newFixedThreadPool(2, Thread.ofPlatform().daemon().name("background").factory());
    return Live.start(
        new Site(
            store,
            folder,
            limits,
            InstantSource.system(),
            meters,
            new Machine.Partitions(),
            background));
  }
}
