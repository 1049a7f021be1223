package dev.vedette.cli;

import dev.vedette.data.Kind;
import dev.vedette.data.ReadOptions;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that reads a table. */
final class ReadMixin {
  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description = "column that says which rows are known anomalies (1/0, true/false, ...)")
  @Nullable String label;

  @Option(
      names = "--ignore",
      paramLabel = "COLUMN",
      split = ",",
      description = "columns to leave out")
  List<String> ignored = List.of();

  @Option(
      names = "--category",
      paramLabel = "COLUMN",
      split = ",",
      description = "columns of names")
  List<String> categories = List.of();

  @Option(
      names = "--number",
      paramLabel = "COLUMN",
      split = ",",
      description = "columns of numbers")
  List<String> numbers = List.of();

  @Option(names = "--time", paramLabel = "COLUMN", split = ",", description = "columns of times")
  List<String> times = List.of();

  @Option(
      names = "--missing",
      paramLabel = "TEXT",
      split = ",",
      description = "texts that mean a missing value, instead of NA, null, ?, - and the like")
  @Nullable List<String> missing;

  @Option(names = "--encoding", paramLabel = "NAME", description = "character set, default UTF-8")
  @Nullable String encoding;

  @Option(
      names = "--delimiter",
      paramLabel = "CHAR",
      description = "field separator, such as ';' or 'tab'; default: found out")
  @Nullable String delimiter;

  @Option(
      names = "--skip-bad-rows",
      description = "leave out rows that cannot be read instead of stopping at the first")
  boolean skipBadRows;

  @Option(
      names = "--bad-rows",
      paramLabel = "FILE",
      description = "with --skip-bad-rows: write them there, with line and error")
  @Nullable Path badRows;

  ReadOptions options() {
    ReadOptions options = new ReadOptions().label(label).ignored(ignored);
    for (String column : categories) {
      options = options.kind(column, Kind.CATEGORY);
    }
    for (String column : numbers) {
      options = options.kind(column, Kind.NUMBER);
    }
    for (String column : times) {
      options = options.kind(column, Kind.TIME);
    }
    if (missing != null) {
      options = options.missing(missing);
    }
    if (badRows != null && !skipBadRows) {
      throw new IllegalArgumentException("--bad-rows needs --skip-bad-rows");
    }
    if (skipBadRows) {
      options = badRows == null ? options.skipBadRows() : options.skipBadRows(badRows);
    }
    return options.encoding(charset()).delimiter(separator());
  }

  private @Nullable Charset charset() {
    if (encoding == null) {
      return null;
    }
    try {
      return Charset.forName(encoding);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new IllegalArgumentException(
          "--encoding: there is no character set '" + encoding + "'", e);
    }
  }

  private @Nullable Character separator() {
    if (delimiter == null) {
      return null;
    }
    String text = delimiter.equals("tab") || delimiter.equals("\\t") ? "\t" : delimiter;
    if (text.length() != 1) {
      throw new IllegalArgumentException(
          "--delimiter must be one character or 'tab', is '" + delimiter + "'");
    }
    return text.charAt(0);
  }
}
