package dev.vedette.cli;

import dev.vedette.Detectors;
import dev.vedette.SeriesDetector;
import dev.vedette.data.SeriesColumns;
import dev.vedette.data.Table;
import dev.vedette.threshold.Rule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of commands that read a file as a series where it is one. */
final class SeriesMixin {
  /** What a series is judged by unless told otherwise. */
  static final Rule RULE = new Rule.StandOut();

  @Option(names = "--rows", description = "treat the file as rows of a table, not as a series")
  boolean rows;

  @Mixin PreparationMixin preparing = new PreparationMixin();

  @Spec(Spec.Target.MIXEE)
  CommandSpec command = CommandSpec.create();

  /** Whether {@code option} was given. */
  boolean given(String option) {
    return command.commandLine().getParseResult().hasMatchedOption(option);
  }

  /** Refuses what contradicts itself. */
  void check(FitMixin fitting) {
    preparing.preparation(); // refused before the file is read
    if (rows && !preparing.given().isEmpty()) {
      throw new IllegalArgumentException(
          "--rows means nothing with %s; leave one out"
              .formatted(
                  preparing.values.isEmpty() && preparing.key == null
                      ? preparing.given().getFirst()
                      : "--value or --key"));
    }
    if (rows && given("--detector") && isSeries(fitting.detector)) {
      Detectors.standard().parse(fitting.detector); // says that it is a detector of series
    }
    if (!rows && given("--detector")) {
      requireKnown(fitting.detector);
    }
    if (asked(fitting)) {
      for (String option : List.of("--scaling", "--categories")) {
        if (given(option)) {
          throw new IllegalArgumentException(option + " means nothing for a series; leave it out");
        }
      }
    }
  }

  /** Whether the options say that the file is a series. */
  boolean asked(FitMixin fitting) {
    return !rows && (!preparing.given().isEmpty() || isSeries(fitting.detector));
  }

  /** Whether the file may turn out to be a series. */
  boolean possible(FitMixin fitting) {
    return !rows
        && (asked(fitting)
            || !(given("--detector") || given("--scaling") || given("--categories")));
  }

  /**
   * The columns of the series in {@code table} of {@code file}; empty where it is treated as rows:
   * because it was asked for, by a detector of rows too, or because it is not plainly a series.
   */
  Optional<SeriesColumns> columns(String file, Table table, ReadMixin reading, FitMixin fitting) {
    if (!possible(fitting)) {
      return Optional.empty();
    }
    return asked(fitting)
        ? Optional.of(preparing.columns(file, table, reading))
        : SeriesColumns.recognise(
            table, reading.times.size() == 1 ? reading.times.getFirst() : null);
  }

  private static boolean isSeries(String detector) {
    String name = detector.strip().split("\\s", 2)[0];
    return Detectors.standard().seriesEntries().stream()
        .anyMatch(entry -> entry.name().equals(name));
  }

  /** Refuses a name that is of no detector, be it of rows or of series. */
  private static void requireKnown(String detector) {
    String name = detector.strip().split("[\\s=]", 2)[0];
    Detectors all = Detectors.standard();
    List<String> ofRows =
        Stream.concat(all.entries().stream(), all.labelledEntries().stream())
            .map(Detectors.Entry::name)
            .toList();
    List<String> ofSeries = all.seriesEntries().stream().map(Detectors.SeriesEntry::name).toList();
    boolean online = all.onlineEntries().stream().anyMatch(entry -> entry.name().equals(name));
    if (!online && !ofRows.contains(name) && !ofSeries.contains(name)) {
      throw new IllegalArgumentException(
          "no detector [%s]; there are %s, and of series %s".formatted(name, ofRows, ofSeries));
    }
  }

  /** The detector asked for; else the first of the catalogue. */
  private SeriesDetector detector(FitMixin fitting) {
    return given("--detector")
        ? Detectors.standard().parseSeries(fitting.detector)
        : Detectors.standard().seriesEntries().getFirst().defaults();
  }

  /** Reads the series in {@code columns} as it was asked for. */
  SeriesReader reader(SeriesColumns columns, FitMixin fitting) {
    return new SeriesReader(detector(fitting), columns, preparing.preparation());
  }

  /** The rule asked for; else the one for series. */
  Rule rule(FitMixin fitting) {
    return given("--threshold") ? fitting.rule() : RULE;
  }
}
