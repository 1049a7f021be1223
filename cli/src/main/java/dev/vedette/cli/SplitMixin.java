package dev.vedette.cli;

import dev.vedette.data.Split;
import dev.vedette.data.Table;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of commands that learn from some rows and judge by others. */
final class SplitMixin {
  @Option(names = "--train", paramLabel = "FILE", description = "learn from all rows of this table")
  @Nullable Path train;

  @Option(
      names = "--train-share",
      paramLabel = "X",
      defaultValue = "0.7",
      description = "share to learn from; default 0.7")
  double trainShare = 0.7;

  @Option(names = "--normal-only", description = "learn only from rows that are not anomalies")
  boolean normalOnly;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "of the random split; default 42")
  long seed = 42;

  @Spec(Spec.Target.MIXEE)
  CommandSpec command = CommandSpec.create();

  /** Refuses options that would change nothing. */
  void refuseWith(String chosen, List<String> options) {
    var parsed = command.commandLine().getParseResult();
    for (String option : options) {
      if (parsed.hasMatchedOption(option)) {
        throw new IllegalArgumentException(
            "%s means nothing with %s; leave one out".formatted(option, chosen));
      }
    }
  }

  /** Refuses what says how to split, where there is a table to learn from. */
  void refuseWithTrain() {
    refuseWith("--train", List.of("--train-share", "--seed"));
  }

  Split split(Table all) {
    return all.split(trainShare, seed);
  }

  /** The rows of {@code training} to learn from. */
  Table learned(Table training) {
    return normalOnly ? FitMixin.normal(training) : training;
  }
}
