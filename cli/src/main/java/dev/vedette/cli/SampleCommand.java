package dev.vedette.cli;

import dev.vedette.DataException;
import dev.vedette.data.LoadSample;
import dev.vedette.data.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "sample",
    description = {
      "Writes a made-up table of card payments as CSV, to try things on.",
      "It has mixed columns and several kinds of anomaly, marked in the columns label and kind.",
      "With --series it is the requests to a shop over time, anomalies marked in the column label."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  vedette sample payments.csv",
      "  vedette sample --rows 100000 --seed 7 big.csv",
      "  vedette sample --series load.csv"
    })
final class SampleCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FILE",
      description = "where to write; default: standard output")
  @Nullable Path file;

  @Option(names = "--series", description = "a series over time instead of a table of events")
  boolean series;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "rows to make; default 5000, of a series 4032: four weeks")
  @Nullable Integer rows;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "of the random draws; default 1")
  long seed = 1;

  SampleCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Destinations.check(List.of(), Destinations.of("FILE", file));
    if (series) {
      var load = new LoadSample().seed(seed);
      write(rows == null ? load : load.points(rows));
    } else {
      var sample = new Sample().seed(seed);
      write(rows == null ? sample : sample.rows(rows));
    }
    return Vedette.DONE;
  }

  private void write(LoadSample load) {
    if (file == null) {
      console.out().print(load.text());
    } else {
      load.write(file);
      console.notice("%,d rows written to %s", load.points(), file);
    }
  }

  private void write(Sample sample) {
    if (file == null) {
      try {
        sample.write(console.out());
      } catch (IOException e) {
        throw new DataException("cannot write: " + e.getMessage(), e);
      }
    } else {
      sample.write(file);
      console.notice("%,d rows written to %s", sample.rows(), file);
    }
  }
}
