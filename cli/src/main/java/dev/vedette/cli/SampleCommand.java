package dev.vedette.cli;

import dev.vedette.DataException;
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
      "It has mixed columns and several kinds of anomaly, marked in the columns label and kind."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  vedette sample payments.csv",
      "  vedette sample --rows 100000 --seed 7 big.csv"
    })
final class SampleCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FILE",
      description = "where to write; default: standard output")
  @Nullable Path file;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "5000",
      description = "rows to make; default 5000")
  int rows = 5000;

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
    var sample = new Sample(rows, seed);
    if (file == null) {
      try {
        sample.write(console.out());
      } catch (IOException e) {
        throw new DataException("cannot write: " + e.getMessage(), e);
      }
    } else {
      sample.write(file);
      console.notice("%,d rows written to %s", rows, file);
    }
    return Vedette.DONE;
  }
}
