package dev.vedette.server.model;

import dev.vedette.DataException;
import dev.vedette.ModelFileException;
import dev.vedette.connect.store.Store;
import dev.vedette.connect.store.Store.Audit;
import dev.vedette.data.Table;
import dev.vedette.server.model.HostedModel.Reasons;
import dev.vedette.server.model.HostedModel.Scored;
import dev.vedette.server.model.Place.Loaded;
import dev.vedette.server.model.Place.Stamp;
import dev.vedette.server.model.RefusedException.Reason;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All models a server keeps and answers by. Each lives in one file: who replaces the file, by a
 * request or on the disk, replaces the model, whole and at once; requests under way end with the
 * version they began with. Thread-safe.
 */
public final class HostedModels implements AutoCloseable {
  public static final String SUFFIX = ".vedette";

  /** What servers call themselves by the Open Inference Protocol. */
  public static final String SERVER = "vedette";

  /** What models run on, by the Open Inference Protocol. */
  public static final String PLATFORM = "vedette_java";

  private static final Logger LOG = LoggerFactory.getLogger(HostedModels.class);
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final int WAITING = 256;
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /**
   * Where models are looked for.
   *
   * @param folder of those that come in by requests; need not exist
   * @param given files, and folders of such, that are served where they are
   */
  public record Places(Path folder, List<Path> given) {
    public Places {
      given = List.copyOf(given);
    }
  }

  /**
   * A model that is kept.
   *
   * @param hosted the version that answers; null where the file holds none that can
   * @param trouble why its file is not the version that answers; null where it is
   */
  public record Kept(
      String name,
      long bytes,
      long modified,
      @Nullable HostedModel hosted,
      @Nullable String trouble) {}

  private final Places places;
  private final MeterRegistry meters;
  private final Store store;
  private final InstantSource clock;
  private final Duration patience;
  private final Gate gate;
  private final Map<String, Place> all = new ConcurrentSkipListMap<>();
  private final Map<Path, Stamp> passedOver = new HashMap<>();
  private final ReentrantLock changing = new ReentrantLock();
  private final Thread watch;

  /**
   * Loads every model there is.
   *
   * @param patience how long a request may wait for its turn, and again may be scored
   * @throws DataException naming a file that cannot be used
   */
  public HostedModels(
      Places places, Duration patience, MeterRegistry meters, Store store, InstantSource clock) {
    this.places = places;
    this.patience = patience;
    this.meters = meters;
    this.store = store;
    this.clock = clock;
    this.gate = new Gate(Runtime.getRuntime().availableProcessors(), WAITING, patience);
    places.given.stream().filter(path -> !Files.isDirectory(path)).forEach(this::openGiven);
    folders().forEach((folder, given) -> files(folder).forEach(file -> open(file, given)));
    this.watch = Thread.ofVirtual().name("models").start(this::watch);
  }

  private void openGiven(Path file) {
    open(file, true);
  }

  /** The folders to look into, and whether the files in them count as given. */
  private Map<Path, Boolean> folders() {
    Map<Path, Boolean> folders = new TreeMap<>();
    folders.put(places.folder, false);
    places.given.stream().filter(Files::isDirectory).forEach(folder -> folders.put(folder, true));
    return folders;
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(SUFFIX) && !Files.isDirectory(file))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new DataException("the folder " + folder + " cannot be read: " + e.getMessage(), e);
    }
  }

  private void open(Path file, boolean given) {
    String text = Objects.toString(file.getFileName());
    String name = text.endsWith(SUFFIX) ? text.substring(0, text.length() - SUFFIX.length()) : text;
    if (!NAME.matcher(name).matches()) {
      throw new DataException(
          file + ": '" + name + "' is no name for a model; rename the file to one " + named());
    }
    Place there = all.get(name);
    if (there != null) {
      throw new DataException(
          "%s and %s are both model %s; rename one of the files".formatted(there.file, file, name));
    }
    Stamp seen = Stamp.of(file);
    Loaded loaded = Loaded.of(file);
    if (given && loaded.decider() == null) {
      throw new ModelFileException(
          file + " holds a model of bare matrix rows, without table columns and threshold");
    }
    var place = new Place(name, file, given, new ModelMeters(meters, name));
    place.take(loaded, seen);
    all.put(name, place);
  }

  private static String named() {
    return "of at most 64 letters, digits, '.', '_' and '-', the first a letter or digit";
  }

  /** All models, by name. */
  public List<Kept> all() {
    return all.values().stream().map(HostedModels::kept).toList();
  }

  private static Kept kept(Place place) {
    Stamp stamp = place.stamp();
    return new Kept(
        place.name,
        stamp == null ? 0 : stamp.bytes(),
        stamp == null ? 0 : stamp.modified().toMillis(),
        place.model(),
        place.trouble());
  }

  /** The names of the models that answer. */
  public List<String> names() {
    return all.values().stream().filter(p -> p.model() != null).map(p -> p.name).toList();
  }

  /**
   * The model {@code name} as it is now.
   *
   * @param version the version it must be; null or empty for any
   * @throws RefusedException when there is none
   */
  public HostedModel find(String name, @Nullable String version) {
    Place place = all.get(name);
    HostedModel model = place == null ? null : place.model();
    if (model == null) {
      throw new RefusedException(Reason.UNKNOWN, missing(name, place != null));
    }
    if (version != null && !version.isEmpty() && !version.equals(version(model))) {
      throw new RefusedException(
          Reason.UNKNOWN,
          "model %s is at version %d; ask for that, or for none".formatted(name, model.version()));
    }
    return model;
  }

  /** The version of {@code model} as it is called in requests. */
  public static String version(HostedModel model) {
    return Long.toString(model.version());
  }

  private String missing(String name, boolean kept) {
    return kept
        ? "model " + name + " is one of bare matrix rows, which is kept and answers nothing"
        : "no model %s answers here; there are %s"
            .formatted(NAME.matcher(name).matches() ? name : "of that name", names());
  }

  /** Scores rows within a turn. */
  @FunctionalInterface
  public interface Turn {
    /**
     * What the model makes of {@code rows}.
     *
     * @throws RefusedException when it can make nothing of them
     */
    Scored score(Table rows, Reasons wanted);
  }

  /**
   * Does {@code work}, all that costs time and memory for one request, when it is its turn: as many
   * at a time as there are processors.
   */
  public <T> T turn(HostedModel model, Function<Turn, T> work) {
    return gate.pass(
        () -> {
          long start = System.nanoTime();
          long deadline = start + patience.toNanos();
          try {
            return work.apply((rows, wanted) -> score(model, rows, wanted, deadline));
          } catch (DataException e) {
            throw RefusedException.invalid(String.valueOf(e.getMessage()));
          } finally {
            long nanos = System.nanoTime() - start;
            measure(model, meters -> meters.took(nanos));
          }
        });
  }

  private Scored score(HostedModel model, Table rows, Reasons wanted, long deadline) {
    Scored scored = model.score(rows, wanted, deadline);
    measure(model, meters -> meters.scored(scored));
    return scored;
  }

  private void measure(HostedModel model, Consumer<ModelMeters> what) {
    Place place = all.get(model.name());
    if (place != null) {
      what.accept(place.meters());
    }
  }

  /** The file of model {@code name}, there or yet to come. */
  public Path file(String name) {
    if (!NAME.matcher(name).matches() || name.endsWith(SUFFIX)) {
      throw RefusedException.invalid("that is not the name of a model; write one " + named());
    }
    Place place = all.get(name);
    return place == null ? places.folder.resolve(name + SUFFIX) : place.file;
  }

  /**
   * Puts {@code draft}, a file beside {@link #file}, in its place and answers by it from now on.
   *
   * @param who does so, for the audit
   * @return whether the name is new
   * @throws RefusedException when it is not a model that can take the place
   */
  public boolean replace(String name, Path draft, String who) {
    Loaded loaded = load(name, draft);
    changing.lock();
    try {
      Path file = file(name);
      Place there = all.get(name);
      Place place =
          there != null ? there : new Place(name, file, false, new ModelMeters(meters, name));
      place.admit(loaded);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      place.take(loaded, Stamp.of(file));
      all.put(name, place);
      audit(who, "model.upload", name, "sha256 " + loaded.sha256());
      return there == null;
    } catch (DataException e) {
      throw new RefusedException(Reason.CONFLICT, name + ": " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      changing.unlock();
    }
  }

  private static Loaded load(String name, Path draft) {
    try {
      return Loaded.of(draft);
    } catch (ModelFileException e) {
      throw RefusedException.invalid(
          String.valueOf(e.getMessage()).replace(draft.toString(), name));
    }
  }

  /**
   * Forgets model {@code name} and removes its file.
   *
   * @param who does so, for the audit
   * @return whether there was one
   */
  public boolean delete(String name, String who) {
    changing.lock();
    try {
      Place place = all.get(name);
      if (place == null) {
        return false;
      }
      if (place.given) {
        throw new RefusedException(
            Reason.CONFLICT,
            "model " + name + " was given when the server was started; start it without that file");
      }
      Files.deleteIfExists(place.file);
      all.remove(name);
      place.meters().remove();
      audit(who, "model.delete", name, "");
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      changing.unlock();
    }
  }

  private void audit(String who, String action, String name, String detail) {
    store.audit(new Audit(clock.millis(), who, action, name, detail));
  }

  private void watch() {
    try {
      while (true) {
        TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
        look();
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** Answers by what the files hold now; one that cannot be used changes nothing. */
  void look() {
    changing.lock();
    try {
      all.values().forEach(this::look);
      folders().forEach((folder, given) -> files(folder).forEach(file -> meet(file, given)));
    } catch (RuntimeException e) {
      LOG.error("The files of the models could not be looked after; tried again", e);
    } finally {
      changing.unlock();
    }
  }

  private void look(Place place) {
    Stamp seen = Stamp.of(place.file);
    if (Objects.equals(seen, place.stamp())) {
      return;
    }
    if (seen == null) {
      gone(place);
      return;
    }
    try {
      Loaded loaded = Loaded.of(place.file);
      if (!seen.equals(Stamp.of(place.file))) {
        return; // still being written: the next look tells
      }
      place.admit(loaded);
      place.take(loaded, seen);
      LOG.info("Model {} was replaced on the disk", place.name);
      audit("file", "model.replace", place.name, "sha256 " + loaded.sha256());
    } catch (DataException e) {
      place.passOver(seen, String.valueOf(e.getMessage()));
      LOG.warn("Model {} goes on as it was: {}", place.name, e.getMessage());
    }
  }

  private static void gone(Place place) {
    if (place.trouble() == null) {
      place.trouble(place.file.getFileName() + " is gone; what it held last goes on");
      LOG.warn("Model {}: {}", place.name, place.trouble());
    }
  }

  /** Takes in a file that is new. */
  private void meet(Path file, boolean given) {
    boolean known = all.values().stream().anyMatch(place -> place.file.equals(file));
    Stamp seen = Stamp.of(file);
    if (known || seen == null || seen.equals(passedOver.get(file))) {
      return;
    }
    try {
      open(file, given);
      passedOver.remove(file);
      LOG.info("{} is a new model", file);
    } catch (DataException e) {
      passedOver.put(file, seen);
      LOG.warn("{} is passed over until it changes: {}", file, e.getMessage());
    }
  }

  /** Looks after the files no more; models go on answering. */
  @Override
  public void close() {
    watch.interrupt();
  }
}
