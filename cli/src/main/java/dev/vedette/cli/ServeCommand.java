package dev.vedette.cli;

import dev.vedette.DataException;
import dev.vedette.connect.store.Store;
import dev.vedette.pipeline.Pipeline;
import dev.vedette.server.Server;
import dev.vedette.server.Settings;
import dev.vedette.server.live.LivePipeline;
import dev.vedette.server.security.Keys;
import dev.vedette.server.security.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "serve",
    description = {
      "Runs pipelines as a server: REST, gRPC, a dashboard, metrics.",
      "What it learned and decided is kept in a folder; started again, it goes on where it was,",
      "also after a crash."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  vedette serve payments.yaml",
      "  vedette serve --create-key admin",
      "  vedette serve payments.yaml --host 0.0.0.0 --store jdbc:postgresql://db/shop"
    })
final class ServeCommand implements Callable<Integer> {
  private static final String LOGBACK = "logback.configurationFile";

  private final Console console;

  @Parameters(
      arity = "0..*",
      paramLabel = "PIPELINE",
      description = "pipeline files (YAML) to create where the store does not have them yet")
  List<Path> pipelines = List.of();

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description = "for the store, models, alert files; default vedette-data")
  @Nullable Path folder;

  @Option(
      names = "--create-key",
      paramLabel = "ROLE",
      description = "create an API key of the role ingest, analyst or admin, print it, and end")
  @Nullable Role key;

  @Mixin ServerMixin server = new ServerMixin();

  ServeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = server.settings(folder, Path.of("vedette-data"));
    if (key != null) {
      return createKey(settings, key);
    }
    // Read by the logger when it is first used.
    if (System.getProperty(LOGBACK) == null) {
      System.setProperty(LOGBACK, "dev/vedette/server/logback-server.xml");
    }
    List<Pipeline> parsed = pipelines.stream().map(PipelineSource::read).toList();
    try (Running running = Running.start(settings, console)) {
      for (Pipeline pipeline : parsed) {
        create(running.server(), pipeline);
      }
      running.announce();
      running.await();
    }
    return Vedette.DONE;
  }

  /** Creates {@code pipeline}, or goes on with the one that is there if it is the same. */
  private static void create(Server server, Pipeline pipeline) {
    Optional<LivePipeline> there = server.live().find(pipeline.name());
    if (there.isEmpty()) {
      server.live().create(pipeline.yaml(), "command line");
    } else if (!there.get().pipeline().yaml().equals(pipeline.yaml())) {
      throw new DataException(
          "the store has another pipeline '%s'; delete it first, or name this one differently"
              .formatted(pipeline.name()));
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
