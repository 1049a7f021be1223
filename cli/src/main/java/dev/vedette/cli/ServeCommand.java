package dev.vedette.cli;

import dev.vedette.DataException;
import dev.vedette.connect.store.Store;
import dev.vedette.pipeline.Pipeline;
import dev.vedette.server.Server;
import dev.vedette.server.Settings;
import dev.vedette.server.azure.AzureSettings;
import dev.vedette.server.live.Live;
import dev.vedette.server.live.LivePipeline;
import dev.vedette.server.security.Keys;
import dev.vedette.server.security.Role;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "serve",
    description = {
      "Runs pipelines and models as a server: REST, gRPC, a dashboard, metrics.",
      "Series are judged as Azure AI Anomaly Detector did, under its paths.",
      "Models answer by Vedette's own interface, the Open Inference Protocol and the contract of"
          + " SageMaker's containers; a model file that is replaced replaces the model.",
      "What it learned and decided is kept in a folder; started again, it goes on where it was,"
          + " also after a crash."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  vedette serve payments.yaml",
      "  vedette serve payments.vedette kdd.vedette",
      "  vedette serve --create-key admin",
      "  vedette serve payments.yaml --host 0.0.0.0 --store jdbc:postgresql://db/shop"
    })
final class ServeCommand implements Callable<Integer> {
  private static final String LOGBACK = "logback.configurationFile";

  private final Console console;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = {
        "pipeline files (YAML) to create where the store does not have them yet;",
        "model files, and folders of files that end in .vedette, to answer requests with"
      })
  List<Path> files = List.of();

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description = "for the store, models, alert files; default vedette-data")
  @Nullable Path folder;

  @Option(
      names = "--create-key",
      paramLabel = "ROLE",
      description = "create an API key of the role ingest, analyst or admin, print it, and end")
  @Nullable String role;

  @Option(
      names = "--open-scoring",
      description = "whoever reaches the server may have rows scored by models without a key")
  boolean openScoring;

  @Option(
      names = "--azure-data",
      paramLabel = "FOLDER",
      description =
          "a folder whose files multivariate models of the Azure-compatible service may name as"
              + " file: URIs; may be repeated")
  List<Path> azureData = List.of();

  @Option(names = "--no-azure", description = "does not answer as Azure AI Anomaly Detector did")
  boolean noAzure;

  @Mixin ServerMixin server = new ServerMixin();

  ServeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = server.settings(folder, Path.of("vedette-data"));
    if (role != null) {
      return createKey(settings, role(role));
    }
    // Read by the logger when it is first used.
    if (System.getProperty(LOGBACK) == null) {
      System.setProperty(LOGBACK, "dev/vedette/server/logback-server.xml");
    }
    List<Path> models = files.stream().filter(ModelSource::is).toList();
    Map<Path, Pipeline> parsed = new LinkedHashMap<>();
    files.stream()
        .filter(file -> !models.contains(file))
        .forEach(file -> parsed.put(file, PipelineSource.read(file)));
    Server started =
        Running.start(hosting(settings, models), console, live -> parsed.forEach(creating(live)));
    try (Ending ending = Ending.watch();
        started) {
      if (console.terminal()) {
        // Others find it in the log, which is for machines.
        console.notice("dashboard %s, gRPC on port %d", started.address(), started.grpcPort());
      }
      ending.await();
    }
    return Vedette.DONE;
  }

  private Settings hosting(Settings settings, List<Path> models) {
    Settings.Hosting hosting = settings.hosting();
    hosting = models.isEmpty() ? hosting : hosting.models(models);
    AzureSettings azure = hosting.azure();
    if (!azureData.isEmpty()) {
      azure = azure.sources(azure.sources().folders(azureData));
    }
    hosting = hosting.azure(noAzure ? azure.on(false) : azure);
    return settings.hosting(openScoring ? hosting.open(true) : hosting);
  }

  private static BiConsumer<Path, Pipeline> creating(Live live) {
    return (file, pipeline) -> {
      try {
        create(live, pipeline);
      } catch (IllegalArgumentException | DataException e) {
        throw new DataException(file + ": " + e.getMessage(), e);
      }
    };
  }

  /** Creates {@code pipeline}, or goes on with the one that is there if it is the same. */
  private static void create(Live live, Pipeline pipeline) {
    Optional<LivePipeline> there = live.find(pipeline.name());
    if (there.isEmpty()) {
      live.create(pipeline.yaml(), "command line");
    } else if (!there.get().pipeline().yaml().equals(pipeline.yaml())) {
      throw new DataException(
          "the store has another pipeline '%s'; delete it first, or name this one differently"
              .formatted(pipeline.name()));
    }
  }

  private static Role role(String text) {
    try {
      return Role.of(text.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "--create-key: '%s' is no role; write ingest, analyst or admin"
              .formatted(Console.clip(text, 60)),
          e);
    }
  }

  private int createKey(Settings settings, Role role) {
    try (Store store = Running.open(settings)) {
      var keys = new Keys(store, console.clock());
      if (keys.isEmpty() && role != Role.ADMIN) {
        throw new IllegalArgumentException(
            "the first key must be of role admin: create it with --create-key admin");
      }
      Keys.Created created = keys.create(role, "command line", "command line");
      console.notice(
          "a key of role %s; it is shown this once:", role.name().toLowerCase(Locale.ROOT));
      console.line("%s", created.secret());
    }
    return Vedette.DONE;
  }
}
