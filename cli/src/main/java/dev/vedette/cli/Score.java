package dev.vedette.cli;

import dev.vedette.DataException;
import dev.vedette.Decider;
import dev.vedette.Decision;
import dev.vedette.Models;
import dev.vedette.SeriesDeciders;
import dev.vedette.data.Block;
import dev.vedette.data.ReadOptions;
import dev.vedette.data.TableFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "score",
    description = {
      "Scores a table with a saved model, row by row as it comes; the table may be larger than memory.",
      "Prints all rows as CSV with score, p_value, severity, flagged and reason added.",
      "With a model of series: judges later points, prepared as those it was fitted on."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  vedette score payments.vedette today.csv --out scored.csv",
      "  vedette score payments.vedette today.csv --json --flagged",
      "  vedette score load.vedette load.csv --out scored.csv"
    })
final class Score implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "MODEL", description = "a model saved by fit")
  Path model = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "FILE",
      description = "the table to score; - is standard input")
  Path file = Path.of("-");

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "write there instead of standard output")
  @Nullable Path out;

  @Option(names = "--json", description = "print one JSON object per row or point instead of CSV")
  boolean json;

  @Option(names = "--flagged", description = "only rows or points that are flagged")
  boolean flaggedOnly;

  @Option(
      names = "--fail-on-anomaly",
      description = "exit with code 4 when a row or point is flagged")
  boolean failOnAnomaly;

  @Mixin ReadMixin reading = new ReadMixin();

  private long rows;
  private long flagged;

  Score(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (json && out != null) {
      throw new IllegalArgumentException("--json prints to standard output; leave out --out");
    }
    ReadOptions options = reading.options();
    Destinations.check(
        List.of(model, file),
        Destinations.of("--out", out),
        Destinations.of("--bad-rows", reading.badRows));
    if (Models.holdsSeries(model)) {
      return scoreSeries(options);
    }
    Decider decider = Models.loadDecider(model);
    try (TableFile source = TableFile.open(file, options)) {
      if (json) {
        each(decider, source, scored -> print(decider, scored));
      } else {
        try (ScoredCsv csv =
            out == null
                ? ScoredCsv.to(console.out(), source.header())
                : ScoredCsv.to(out, source.header())) {
          each(decider, source, s -> csv.add(s.block(), s.at(), s.decision(), decider.model()));
          csv.commit();
        }
      }
      summarise(source);
    }
    return failOnAnomaly && flagged > 0 ? Vedette.ANOMALIES : Vedette.DONE;
  }

  private int scoreSeries(ReadOptions options) {
    SeriesDeciders deciders = Models.loadSeriesDeciders(model);
    Console.Watch watch = console.watch();
    SeriesFindings findings;
    try (TableFile source = TableFile.open(file, options.zone(deciders.preparation().zone()))) {
      findings = new SeriesScore(console, deciders).judge(source, watch);
    }
    findings.notices().forEach(notice -> console.notice("%s", notice));
    if (json) {
      SeriesJson.lines(findings, flaggedOnly, console.out());
    } else if (out != null) {
      SeriesCsv.write(findings, flaggedOnly, out);
    } else {
      SeriesCsv.print(findings, flaggedOnly, console.out());
    }
    if (out == null && console.out().checkError()) {
      throw new DataException("the output could not be written");
    }
    console.notice(
        "%,d points scored, %,d flagged in %,d stretches",
        findings.points(), findings.flagged(), findings.found().size());
    return failOnAnomaly && findings.flagged() > 0 ? Vedette.ANOMALIES : Vedette.DONE;
  }

  @FunctionalInterface
  private interface RowSink {
    void accept(Scored scored);
  }

  /**
   * A row and what was made of it.
   *
   * @param at its place in {@code block}
   * @param row its number in the file, from 1, rows left out not counted
   */
  private record Scored(Block block, int at, long row, Decision decision) {}

  private void each(Decider decider, TableFile source, RowSink sink) {
    source.blocks(
        decider.model().encoding().schema(),
        ScoredCsv.BLOCK,
        block -> {
          double[] scores = decider.model().score(block.table());
          for (int i = 0; i < scores.length; i++) {
            Decision decision = decider.decide(scores[i]);
            flagged += decision.flagged() ? 1 : 0;
            if (decision.flagged() || !flaggedOnly) {
              sink.accept(new Scored(block, i, rows + i + 1, decision));
            }
          }
          rows += scores.length;
          console.progress("%,d rows scored, %,d flagged", rows, flagged);
          if (out == null && console.out().checkError()) {
            throw new DataException("the output could not be written");
          }
        });
  }

  private void print(Decider decider, Scored scored) {
    Json.line(
        console.out(),
        line -> {
          line.number("row", scored.row());
          line.number("line", scored.block().lines()[scored.at()]);
          line.decision(scored.decision());
          if (scored.decision().flagged()) {
            line.explanation(decider.model().explain(scored.block().table(), scored.at()));
          }
        });
  }

  private void summarise(TableFile source) {
    console.notice("%,d rows scored, %,d flagged", rows, flagged);
    if (source.badRows().bad() > 0) {
      console.notice("left out %,d rows that could not be read", source.badRows().bad());
    }
  }
}
