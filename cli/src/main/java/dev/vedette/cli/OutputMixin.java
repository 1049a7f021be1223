package dev.vedette.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that show what they found. */
final class OutputMixin {
  /** All these options but --json. */
  static final List<String> NAMES_BUT_JSON =
      List.of("--top", "--out", "--report", "--fail-on-anomaly");

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "10",
      description = "anomalies to show; default 10")
  int top = 10;

  @Option(names = "--json", description = "print JSON for machines instead of text")
  boolean json;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "write all rows with score, p_value, severity, flagged and reason as CSV")
  @Nullable Path out;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "write a report with pictures as HTML")
  @Nullable Path report;

  @Option(names = "--fail-on-anomaly", description = "exit with code 4 when a row is flagged")
  boolean failOnAnomaly;

  /** Refuses what cannot be done. */
  void check(ReadMixin reading, @Nullable Path... read) {
    checkTop(top);
    Destinations.check(
        Arrays.asList(read),
        Destinations.of("--out", out),
        Destinations.of("--report", report),
        Destinations.of("--bad-rows", reading.badRows));
  }

  static void checkTop(int top) {
    if (top < 0 || top > 10_000) {
      throw new IllegalArgumentException("--top must be from 0 to 10000, is " + top);
    }
  }
}
