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
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * The multivariate models of the Azure-compatible service and their life: created, running, ready
 * or failed. Trainings and batch detections run behind the requests, some at a time; what a server
 * did not finish it begins anew when it starts again. Thread-safe.
 */
public final class AzureModels implements AutoCloseable {
  private static final int MOST_BATCH = 20_000;
  private static final int MOST_LAST = 2_880;

  /** What a value takes from when it is read until a model is trained, or a batch judged. */
  private static final int TRAINING_BYTES = 32;

  private static final int BATCH_BYTES = 64;

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

  private final ReentrantLock changing = new ReentrantLock();
  private final Jobs trainings;
  private final Batches batches;

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
    this.reader = new DataReader(quota, settings.sources().bytes(), room(1, TRAINING_BYTES));
    this.shelf = new Shelf(folder);
    this.trainings = new Jobs(shelf, "azure-training");
    shelf.models().forEach(kept -> models.put(kept.id(), kept));
    models.values().stream().filter(kept -> !kept.status().over()).forEach(this::begin);
    this.batches = new Batches(shelf, quota.results(), clock, this::detected);
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
    UUID id = kept.id();
    trainings.begin(
        "training " + id,
        work -> train(id, work),
        fault -> changed(id, now -> now.failed(clock.millis(), fault)));
  }

  private void train(UUID id, Path work) {
    if (!changed(id, kept -> kept.running(clock.millis()))) {
      return;
    }
    TrainingInfo info = find(id).info();
    Data data = reader.read(opened(info.dataSource(), work), "data", info.layout(), work);
    int most = Math.min(quota.timestamps(), room(data.variables().size(), TRAINING_BYTES));
    MultivariateData aligned =
        info.alignment().align(data.variables(), info.startTime(), info.endTime(), 0, most);
    MultivariateModel model = new Multivariate(info.slidingWindow()).train(aligned.series(), clock);
    changed(
        id,
        kept -> {
          shelf.save(id, model);
          return kept.ready(clock.millis(), model.diagnostics(), aligned.states());
        });
  }

  /** So many points of {@code variables} take half of the memory. */
  private static int room(int variables, int bytes) {
    long half = Runtime.getRuntime().maxMemory() / 2;
    return (int) Math.min(Integer.MAX_VALUE, half / bytes / Math.max(1, variables));
  }

  private Path opened(String dataSource, Path work) {
    return source.open(dataSource, work.resolve("source"));
  }

  /** Takes a model a step further; whether it is still there. */
  private boolean changed(UUID id, UnaryOperator<KeptModel> step) {
    changing.lock();
    try {
      KeptModel kept = models.get(id);
      if (kept == null) {
        return false;
      }
      KeptModel next = step.apply(kept);
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
    return batches.begin(model, info);
  }

  /** Judges a batch; {@code work} is an empty folder. */
  private Detected detected(KeptResult kept, Path work) {
    DetectionInfo info = kept.info();
    KeptModel model = ready(kept.model());
    TrainingInfo made = model.info();
    Data data = reader.read(opened(info.dataSource(), work), "data", made.layout(), work);
    MultivariateModel judge = shelf.model(model.id());
    if (data.oneTable()) {
      checkColumns(data.variables(), judge.names());
    }
    int history = made.slidingWindow() - 1;
    int most = Math.min(MOST_BATCH, room(data.variables().size(), BATCH_BYTES));
    MultivariateData aligned =
        made.alignment().align(data.variables(), info.startTime(), info.endTime(), history, most);
    return new Detected(aligned.states(), judge.detect(aligned, info.topContributorCount()));
  }

  /** Refuses columns that are missing, or more than the model has. */
  private static void checkColumns(List<MultivariateVariable> variables, List<String> names) {
    Set<String> given = new HashSet<>();
    variables.forEach(variable -> given.add(variable.name()));
    for (String name : names) {
      if (!given.contains(name)) {
        throw AzureException.bad(
            "ColumnNotFound", "Column %s cannot be found in the merged data.".formatted(name));
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
    return batches.find(id);
  }

  /** How many bytes the result of {@code id} takes as it is kept; 0 where there is none. */
  public long resultBytes(UUID id) {
    return shelf.resultBytes(id);
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
        kept.info().alignment().align(variables, Long.MIN_VALUE, Long.MAX_VALUE, 0, MOST_LAST);
    int count = all.series().points();
    int window = kept.info().slidingWindow();
    int judged = points > 0 ? points : Math.clamp(count - window + 1, 1, 10);
    int first = Math.max(0, count - judged);
    var last = new MultivariateData(all.series(), first, all.states());
    return new Detected(all.states(), judge.detect(last, contributors));
  }

  /** Ends; what is under way is begun anew by the next start. */
  @Override
  public void close() {
    trainings.close();
    batches.close();
    source.close();
  }
}
