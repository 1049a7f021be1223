package dev.vedette.cli;

import dev.vedette.DataException;
import dev.vedette.connect.file.EventFile;
import dev.vedette.data.Draft;
import dev.vedette.pipeline.Archive;
import dev.vedette.pipeline.Crew;
import dev.vedette.pipeline.Event;
import dev.vedette.pipeline.Partition;
import dev.vedette.pipeline.Pipeline;
import dev.vedette.pipeline.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "replay",
    description = {
      "Runs a file of events through a pipeline, as fast as it goes.",
      "The decisions are the same, bit for bit, as those of a server that got these events."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  vedette replay payments.yaml events.csv",
      "  vedette replay payments.yaml events.csv --truth fraud --alerts 20"
    })
final class ReplayCommand implements Callable<Integer> {
  private static final int BATCH = 1_000;

  private final Console console;

  @Parameters(index = "0", paramLabel = "PIPELINE", description = "a pipeline file (YAML)")
  @Nullable Path pipeline;

  @Parameters(
      index = "1",
      paramLabel = "EVENTS",
      description = "a CSV file with a header, or JSON Lines; also with .gz")
  @Nullable Path events;

  @Option(
      names = "--truth",
      paramLabel = "FIELD",
      description =
          "a field that is empty, 0 or false for normal events, to judge the decisions by")
  @Nullable String truth;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = "events at the beginning that the judgement leaves out; default 0")
  long warmUp;

  @Option(
      names = "--decisions",
      paramLabel = "FILE",
      description = "write every decision, one JSON object a line")
  @Nullable Path decisions;

  @Option(names = "--alerts", paramLabel = "N", description = "alerts to show; default 10")
  int shown = 10;

  @Option(names = "--json", description = "print the summary as JSON")
  boolean json;

  ReplayCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Path definition = Objects.requireNonNull(pipeline);
    Path file = Objects.requireNonNull(events);
    Destinations.check(List.of(definition, file), Destinations.of("--decisions", decisions));
    Pipeline parsed = PipelineSource.read(definition);
    if (parsed.schema().time() == null) {
      throw new DataException(
          definition
              + " names no time of its events, so a file of them cannot be replayed; add event:"
              + " {time: ...}");
    }
    var replay = new Replay(parsed);
    try (DecisionLines lines = decisions == null ? null : new DecisionLines(Draft.of(decisions))) {
      replay.run(file, lines);
      if (lines != null) {
        lines.commit();
      }
    } catch (IOException e) {
      throw new DataException("cannot write " + decisions + ": " + e.getMessage(), e);
    }
    console.endProgress();
    if (json) {
      replay.summary.json(console.out());
    } else {
      replay.summary.print(console, shown);
      if (decisions != null) {
        console.line("all decisions: %s", decisions);
      }
    }
    return Vedette.DONE;
  }

  /** One run: batches of events through a partition. */
  private final class Replay {
    private final Pipeline parsed;
    private final Partition partition;
    private final List<Event> batch = new ArrayList<>(BATCH);
    private final List<Boolean> anomalous = new ArrayList<>(BATCH);
    private final ReplaySummary summary;
    private boolean truthSeen;

    Replay(Pipeline parsed) {
      this.parsed = parsed;
      this.partition = Partition.start(parsed, Crew.alone(), Archive.inMemory());
      this.summary = new ReplaySummary(truth != null, warmUp);
    }

    void run(Path file, @Nullable DecisionLines lines) {
      Instant start = console.clock().instant();
      new EventFile(file)
          .read(
              (fields, place) -> {
                truthSeen |= truth != null && fields.containsKey(truth);
                boolean anomaly = truth != null && Truth.of(fields.remove(truth));
                try {
                  batch.add(parsed.event(fields, Long.MAX_VALUE / 2));
                } catch (DataException e) {
                  throw new DataException(place + ": " + e.getMessage(), e);
                }
                anomalous.add(anomaly);
                if (batch.size() == BATCH) {
                  flush(lines);
                }
              });
      flush(lines);
      if (truth != null && !truthSeen) {
        throw new DataException(
            "%s: no event has a value in the field '%s' of --truth; name one that has"
                .formatted(file, truth));
      }
      summary.took(Duration.between(start, console.clock().instant()), partition.status());
    }

    private void flush(@Nullable DecisionLines lines) {
      List<Step> steps = partition.process(batch);
      for (int i = 0; i < steps.size(); i++) {
        summary.take(steps.get(i), anomalous.get(i));
        if (lines != null) {
          lines.write(steps.get(i).decision());
        }
      }
      batch.clear();
      anomalous.clear();
      if (partition.number() % 20_000 == 0) {
        console.progress("%,d events ...", partition.number());
      }
    }
  }
}
