package dev.vedette.server.azure;

import dev.vedette.azure.Multivariate;
import dev.vedette.azure.MultivariateData;
import dev.vedette.azure.MultivariateException;
import dev.vedette.azure.MultivariateModel;
import dev.vedette.azure.MultivariateState;
import dev.vedette.azure.MultivariateVariable;
import dev.vedette.azure.MultivariateVerdict;
import dev.vedette.connect.store.Store;
import dev.vedette.connect.store.Store.Audit;
import dev.vedette.server.azure.AzureSettings.Quota;
import dev.vedette.server.azure.DataReader.Data;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The multivariate models of the Azure-compatible service and their life: created, running, ready
 * or failed. Trainings and batch detections run behind the requests, some at a time; what a server
 * did not finish it begins anew when it starts again. Thread-safe.
 */
public final class AzureModels implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AzureModels.class);
  private static final int MOST_BATCH = 20_000;
  private static final int MOST_LAST = 2_880;
  private static final int MOST_WAITING = 100;

  /**
   * What a detection found out.
   *
   * @param variables as they were after alignment
   */
  public record Detected(List<MultivariateState> variables, List<MultivariateVerdict> verdicts) {}

  private final Quota quota;
  private final InstantSource clock;
  private final Store store;
  private final Uploads uploads;
  private final DataSource source;
  private final DataReader reader;
  private final Shelf shelf;
  private final Map<UUID, KeptModel> models = new ConcurrentHashMap<>();

  /** Without what they found out. */
  private final Map<UUID, KeptResult> results = new ConcurrentHashMap<>();

  private final ReentrantLock changing = new ReentrantLock();
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile boolean closing;
  private final ExecutorService trainings = workers("azure-training");
  private final ExecutorService detections = workers("azure-detection");

  /**
   * Goes on where the models in {@code folder} were.
   *
   * @param folder for models, results and uploads; need not exist
   */
  public AzureModels(AzureSettings settings, Path folder, Store store, InstantSource clock) {
    this.quota = settings.quota();
    this.clock = clock;
    this.store = store;
    this.uploads = new Uploads(folder.resolve("uploads"), settings.sources().bytes());
    this.source = new DataSource(settings.sources(), uploads);
    this.reader = new DataReader(quota, settings.sources().bytes());
    this.shelf = new Shelf(folder);
    shelf.models().forEach(kept -> models.put(kept.id(), kept));
    shelf.results().forEach(kept -> results.put(kept.id(), kept.brief()));
    expire();
    models.values().stream().filter(kept -> !kept.status().over()).forEach(this::begin);
    results.values().stream().filter(kept -> !kept.status().over()).forEach(this::begin);
  }

  private static ExecutorService workers(String name) {
    int count = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    return Executors.newFixedThreadPool(
        count, Thread.ofPlatform().daemon(true).name(name, 0).factory());
  }

  /** The data that came in by requests. */
  public Uploads uploads() {
    return uploads;
  }

  /** The most models there can be. */
  public int most() {
    return quota.models();
  }

  /** All models, those that went on last first. */
  public List<KeptModel> all() {
    return models.values().stream()
        .sorted(
            Comparator.comparingLong(KeptModel::updated).reversed().thenComparing(KeptModel::id))
        .toList();
  }

  /**
   * The model of {@code id}.
   *
   * @throws AzureException with {@code ModelNotExist}
   */
  public KeptModel find(UUID id) {
    KeptModel kept = models.get(id);
    if (kept == null) {
      throw noModel();
    }
    return kept;
  }

  public static AzureException noModel() {
    return new AzureException(404, "ModelNotExist", "The model does not exist.");
  }

  public static AzureException noResult() {
    return new AzureException(404, "ResultNotExist", "The result does not exist.");
  }

  /**
   * Makes a model, which will be trained.
   *
   * @param who does so, for the audit
   * @throws AzureException where it cannot be begun
   */
  public KeptModel create(TrainingInfo info, String who) {
    source.check(info.dataSource());
    changing.lock();
    try {
      if (models.size() >= quota.models()) {
        throw AzureException.bad(
            "TooManyModels", "This subscription has reached the maximum number of models.");
      }
      if (models.values().stream().filter(m -> !m.status().over()).count() >= quota.trainings()) {
        throw AzureException.bad(
            "TooManyRunningModels",
            "This subscription has reached the maximum number of running models.");
      }
      var kept = new KeptModel(UUID.randomUUID(), clock.millis(), info);
      shelf.save(kept);
      models.put(kept.id(), kept);
      audit(who, "azure.model.create", kept.id());
      begin(kept);
      return kept;
    } finally {
      changing.unlock();
    }
  }

  private void audit(String who, String action, UUID id) {
    store.audit(new Audit(clock.millis(), who, action, id.toString(), ""));
  }

  /**
   * Forgets a model.
   *
   * @param who does so, for the audit
   * @throws AzureException with {@code ModelNotExist}
   */
  public void delete(UUID id, String who) {
    changing.lock();
    try {
      find(id);
      shelf.deleteModel(id);
      models.remove(id);
      audit(who, "azure.model.delete", id);
    } finally {
      changing.unlock();
    }
  }

  private void begin(KeptModel kept) {
    var unused = trainings.submit(() -> train(kept.id()));
  }

  private void train(UUID id) {
    run(
        "training " + id,
        work -> {
          if (!changed(id, kept -> kept.running(clock.millis()))) {
            return;
          }
          TrainingInfo info = find(id).info();
          Data data = reader.read(opened(info.dataSource(), work), "data", info.layout(), work);
          MultivariateData aligned =
              info.alignment().align(data.variables(), info.startTime(), info.endTime(), 0);
          MultivariateModel model =
              new Multivariate(info.slidingWindow()).train(aligned.series(), clock);
          changed(
              id,
              kept -> {
                shelf.save(id, model);
                return kept.ready(clock.millis(), model.diagnostics(), aligned.states());
              });
        },
        fault -> changed(id, kept -> kept.failed(clock.millis(), fault)));
  }

  private Path opened(String dataSource, Path work) {
    return source.open(dataSource, work.resolve("source"));
  }

  /** Does {@code job} in a folder of its own, and {@code failed} with what went wrong. */
  private void run(String what, Consumer<Path> job, Consumer<Fault> failing) {
    // What ends because the server ends has not failed.
    Consumer<Fault> failed =
        fault -> {
          if (!closing) {
            failing.accept(fault);
          }
        };
    try {
      Path work = shelf.work();
      try {
        job.accept(work);
      } finally {
        Shelf.clear(work);
      }
    } catch (AzureException e) {
      failed.accept(new Fault(e.code(), String.valueOf(e.getMessage())));
    } catch (MultivariateException e) {
      failed.accept(new Fault(e.code(), String.valueOf(e.getMessage())));
    } catch (OutOfMemoryError e) {
      LOG.error("{} needs more memory than there is", what);
      failed.accept(new Fault("TooManyData", "The server has not memory enough for the data."));
    } catch (RuntimeException e) {
      LOG.error("{} failed", what, e);
      failed.accept(new Fault("UnexpectedError", "The server failed; its log says why."));
    }
  }

  /** A step of what is kept. */
  private interface Step<T> {
    T next(T kept);
  }

  /** Takes a model a step further; whether it is still there. */
  private boolean changed(UUID id, Step<KeptModel> step) {
    changing.lock();
    try {
      KeptModel kept = models.get(id);
      if (kept == null) {
        return false;
      }
      KeptModel next = step.next(kept);
      models.put(id, next);
      shelf.save(next);
      return true;
    } finally {
      changing.unlock();
    }
  }

  /** The model of {@code id}, which must be ready. */
  private KeptModel ready(UUID id) {
    KeptModel kept = find(id);
    if (kept.status() == Progress.FAILED) {
      throw AzureException.bad("ModelFailed", "Model failed to be trained.");
    }
    if (kept.status() != Progress.READY) {
      throw AzureException.bad("ModelNotReady", "The model is not ready yet.");
    }
    return kept;
  }

  /**
   * Begins a batch detection.
   *
   * @throws AzureException where it cannot be begun
   */
  public KeptResult detect(UUID model, DetectionInfo info) {
    ready(model);
    source.check(info.dataSource());
    expire();
    if (waiting.get() >= MOST_WAITING) {
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
    waiting.incrementAndGet();
    var unused = detections.submit(() -> judge(kept));
  }

  private void judge(KeptResult kept) {
    try {
      keep(kept.running());
      run(
          "detection " + kept.id(),
          work -> {
            Detected detected = detected(kept, work);
            keep(kept.ready(detected.variables(), detected.verdicts()));
          },
          fault -> keep(kept.failed(fault)));
    } finally {
      waiting.decrementAndGet();
    }
  }

  private void keep(KeptResult next) {
    changing.lock();
    try {
      results.put(next.id(), next.brief());
      shelf.save(next);
    } finally {
      changing.unlock();
    }
  }

  private Detected detected(KeptResult kept, Path work) {
    DetectionInfo info = kept.info();
    KeptModel model = ready(kept.model());
    Data data = reader.read(opened(info.dataSource(), work), "data", model.info().layout(), work);
    MultivariateModel judge = shelf.model(model.id());
    if (data.oneTable()) {
      checkColumns(data.variables(), judge.names());
    }
    int history = model.info().slidingWindow() - 1;
    MultivariateData aligned =
        model.info().alignment().align(data.variables(), info.startTime(), info.endTime(), history);
    if (aligned.series().points() - aligned.first() > MOST_BATCH) {
      throw AzureException.bad(
          "DataExceedsLimit",
          "The length of data whose timestamp is between startTime and endTime exceeds limit(%d).",
          MOST_BATCH);
    }
    return new Detected(aligned.states(), judge.detect(aligned, info.topContributorCount()));
  }

  /** Refuses columns that are missing, or more than the model has. */
  private static void checkColumns(List<MultivariateVariable> variables, List<String> names) {
    Set<String> given = new HashSet<>();
    variables.forEach(variable -> given.add(variable.name()));
    for (String name : names) {
      if (!given.contains(name)) {
        throw AzureException.bad(
            "ColumnNotFound", "Column %s cannot be found in the merged data.", name);
      }
    }
    if (given.size() != names.size()) {
      throw AzureException.bad(
          "NumColumnsMismatch",
          "Number of columns of merged data does not match the number of variables.");
    }
  }

  /**
   * The result of {@code id} as far as it is.
   *
   * @throws AzureException with {@code ResultNotExist}
   */
  public KeptResult result(UUID id) {
    expire();
    KeptResult kept = results.get(id);
    if (kept == null) {
      throw noResult();
    }
    return kept.status() == Progress.READY ? shelf.result(id) : kept;
  }

  /** Forgets results that were kept long enough. */
  private void expire() {
    long oldest = clock.millis() - quota.results().toMillis();
    for (KeptResult kept : results.values()) {
      if (kept.created() < oldest && kept.status().over() && results.remove(kept.id()) != null) {
        shelf.deleteResult(kept.id());
      }
    }
  }

  /**
   * Judges the last points of {@code variables}.
   *
   * @param points how many are judged; 0 for all that have a sliding window behind them, at most
   *     ten
   * @param contributors how many variables explain an anomaly at most
   * @throws AzureException when there is no such model that is ready, or too much was sent
   * @throws MultivariateException when nothing can be made of the variables
   */
  public Detected detectLast(
      UUID model, List<MultivariateVariable> variables, int points, int contributors) {
    KeptModel kept = ready(model);
    MultivariateModel judge = shelf.model(model);
    checkColumns(variables, judge.names());
    MultivariateData all =
        kept.info().alignment().align(variables, Long.MIN_VALUE, Long.MAX_VALUE, 0);
    int count = all.series().points();
    if (count > MOST_LAST) {
      throw AzureException.bad(
          "DataExceedsLimit", "The length of data exceeds limit(%d).", MOST_LAST);
    }
    int window = kept.info().slidingWindow();
    int judged = points > 0 ? points : Math.clamp(count - window + 1, 1, 10);
    int first = Math.max(0, count - judged);
    var last = new MultivariateData(all.series(), first, all.states());
    return new Detected(all.states(), judge.detect(last, contributors));
  }

  /** Ends; what is under way is begun anew by the next start. */
  @Override
  public void close() {
    closing = true;
    trainings.shutdownNow();
    detections.shutdownNow();
    source.close();
    try {
      boolean ended =
          trainings.awaitTermination(5, TimeUnit.SECONDS)
              && detections.awaitTermination(5, TimeUnit.SECONDS);
      if (!ended) {
        LOG.info("A training or detection under way is left; the next start begins it anew");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
