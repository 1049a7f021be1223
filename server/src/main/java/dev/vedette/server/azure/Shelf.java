package dev.vedette.server.azure;

import dev.vedette.azure.MultivariateModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps multivariate models and results as files: what is known of each as JSON, and beside it a
 * model as the library saves it. Thread-safe for different ids.
 */
final class Shelf {
  private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);
  private static final JsonMapper MAPPER = JsonMapper.shared();
  private static final String JSON = ".json";
  private static final int LOADED = 32;

  private final Path models;
  private final Path results;
  private final Path work;

  /** The models used last. */
  private final Map<UUID, MultivariateModel> loaded =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, MultivariateModel> eldest) {
          return size() > LOADED;
        }
      };

  /**
   * @param folder for all files; need not exist
   */
  Shelf(Path folder) {
    models = folder.resolve("models");
    results = folder.resolve("results");
    work = folder.resolve("work");
    clear(work);
  }

  List<KeptModel> models() {
    return all(models, KeptModel.class);
  }

  List<KeptResult> results() {
    return all(results, KeptResult.class);
  }

  private static <T> List<T> all(Path folder, Class<T> type) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    var all = new ArrayList<T>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(file -> file.toString().endsWith(JSON)).sorted().toList()) {
        try {
          all.add(MAPPER.readValue(Files.readAllBytes(file), type));
        } catch (JacksonException e) {
          LOG.warn("{} is passed over: {}", file, e.getOriginalMessage());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  void save(KeptModel kept) {
    write(models, kept.id(), kept);
  }

  void save(KeptResult kept) {
    write(results, kept.id(), kept);
  }

  private static void write(Path folder, UUID id, Object value) {
    put(
        folder.resolve(id + JSON),
        draft -> {
          try {
            Files.write(draft, MAPPER.writeValueAsBytes(value));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** Writes a draft and puts it in the place of {@code file}, whole and at once. */
  private static void put(Path file, Consumer<Path> writing) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      Path draft = Files.createTempFile(folder, "new", ".draft");
      try {
        writing.accept(draft);
        Files.move(
            draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.error("{} cannot be written", file, e);
      throw new AzureException(
          403, "StorageWriteError", "The server cannot write to its folder; its log says why.");
    }
  }

  void save(UUID id, MultivariateModel model) {
    put(file(id), model::save);
    synchronized (loaded) {
      loaded.put(id, model);
    }
  }

  MultivariateModel model(UUID id) {
    synchronized (loaded) {
      MultivariateModel model = loaded.get(id);
      if (model == null) {
        model = MultivariateModel.load(file(id));
        loaded.put(id, model);
      }
      return model;
    }
  }

  private Path file(UUID id) {
    return models.resolve(id + ".vedette");
  }

  KeptResult result(UUID id) {
    try {
      return MAPPER.readValue(Files.readAllBytes(results.resolve(id + JSON)), KeptResult.class);
    } catch (NoSuchFileException e) {
      throw AzureModels.noResult();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long resultBytes(UUID id) {
    try {
      return Files.size(results.resolve(id + JSON));
    } catch (IOException e) {
      return 0;
    }
  }

  void deleteModel(UUID id) {
    synchronized (loaded) {
      loaded.remove(id);
    }
    delete(models.resolve(id + JSON));
    delete(file(id));
  }

  void deleteResult(UUID id) {
    delete(results.resolve(id + JSON));
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.error("{} cannot be removed", file, e);
      throw new AzureException(
          403, "StorageWriteError", "The server cannot write to its folder; its log says why.");
    }
  }

  /** An empty folder to work in, to be {@link #clear cleared} afterwards. */
  Path work() {
    try {
      Files.createDirectories(work);
      return Files.createTempDirectory(work, "job");
    } catch (IOException e) {
      LOG.error("{} cannot be written", work, e);
      throw new AzureException(
          403, "StorageWriteError", "The server cannot write to its folder; its log says why.");
    }
  }

  /** Removes {@code folder}, which has files only, or folders of such. */
  static void clear(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      LOG.warn("{} cannot be removed: {}", folder, e.getMessage());
    }
  }
}
