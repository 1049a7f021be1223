package dev.vedette.cli;

import dev.vedette.data.Imputation;
import dev.vedette.data.Preparation;
import dev.vedette.data.ReadOptions;
import dev.vedette.data.SeriesColumns;
import dev.vedette.data.SeriesPreparation.Aggregate;
import dev.vedette.data.Step;
import dev.vedette.data.Table;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where the series are in a table and how they are made ready. */
final class PreparationMixin {
  @Option(
      names = "--value",
      paramLabel = "COLUMN",
      split = ",",
      description =
          "columns that hold the values of a series over time, default all numbers; --time has its"
              + " times")
  List<String> values = List.of();

  @Option(
      names = "--key",
      paramLabel = "COLUMN",
      description =
          "column that says to which of many series a row belongs; default: the only column of"
              + " names")
  @Nullable String key;

  @Option(
      names = "--every",
      paramLabel = "STEP",
      description =
          "one point of a series per step, such as 15m, 1h, 1d, 1w, 1mo; days and longer by the"
              + " clock of --zone")
  @Nullable String every;

  @Option(
      names = "--aggregate",
      paramLabel = "KIND",
      description =
          "with --every: what several points in a step become: mean (default), sum, median, min,"
              + " max, last or count")
  @Nullable String aggregate;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description =
          "time zone of days, and of times of a series without an offset, such as Europe/Berlin;"
              + " default UTC")
  @Nullable String zone;

  @Option(
      names = "--fill",
      paramLabel = "KIND",
      description =
          "what stands in for missing values of a series: previous, linear, periodic, periodic=24,"
              + " spline, zero, fixed=3 or none; default linear, where the detector needs values")
  @Nullable String fill;

  /** The options that were given. */
  List<String> given() {
    return Stream.of(
            values.isEmpty() ? null : "--value",
            key == null ? null : "--key",
            every == null ? null : "--every",
            aggregate == null ? null : "--aggregate",
            zone == null ? null : "--zone",
            fill == null ? null : "--fill")
        .filter(Objects::nonNull)
        .toList();
  }

  /**
   * What was asked for.
   *
   * @throws IllegalArgumentException naming the option, what it is and what it may be
   */
  Preparation preparation() {
    values.stream()
        .filter(value -> Collections.frequency(values, value) > 1)
        .findFirst()
        .ifPresent(
            value -> {
              throw new IllegalArgumentException("--value names '%s' twice".formatted(value));
            });
    ZoneId clock = zone();
    Imputation filling = fill == null ? null : read("--fill", fill, Imputation::parse);
    Preparation plain = new Preparation().zone(clock).imputation(filling);
    if (every != null) {
      return plain.every(read("--every", every, text -> Step.parse(text, clock)), aggregate());
    }
    if (aggregate != null) {
      throw new IllegalArgumentException(
          "--aggregate needs --every, which says into what steps points are put together");
    }
    return plain;
  }

  private static <T> T read(String option, String text, Function<String, T> parse) {
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
    }
  }

  private ZoneId zone() {
    if (zone == null) {
      return ZoneOffset.UTC;
    }
    try {
      return ZoneId.of(zone).normalized();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "--zone: there is no time zone '%s'; zones are named as Europe/Berlin, UTC or +02:00"
              .formatted(zone),
          e);
    }
  }

  private Aggregate aggregate() {
    if (aggregate == null) {
      return Aggregate.MEAN;
    }
    return Arrays.stream(Aggregate.values())
        .filter(each -> name(each).equals(aggregate))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--aggregate is one of %s, not '%s'"
                        .formatted(
                            Arrays.stream(Aggregate.values())
                                .map(PreparationMixin::name)
                                .collect(Collectors.joining(", ")),
                            aggregate)));
  }

  private static String name(Aggregate aggregate) {
    return aggregate.name().toLowerCase(Locale.ROOT);
  }

  /** How the file is read. */
  ReadOptions options(ReadMixin reading) {
    return reading.options().zone(zone());
  }

  /** The columns of the series in {@code table} of {@code file}, as far as they were named. */
  SeriesColumns columns(String file, Table table, ReadMixin reading) {
    if (reading.times.size() > 1) {
      throw new IllegalArgumentException(
          "a series has one column of times; --time names " + String.join(" and ", reading.times));
    }
    String time = reading.times.isEmpty() ? null : reading.times.getFirst();
    return SeriesReader.in(file, () -> SeriesColumns.of(table, time, values, key));
  }
}
