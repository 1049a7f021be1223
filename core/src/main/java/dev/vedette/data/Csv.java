package dev.vedette.data;

import java.nio.file.Path;

/** CSV files (RFC 4180, with a header) as tables, in one call; see {@link TableFile} for more. */
public final class Csv {
  private Csv() {}

  /** Reads a file without labels. */
  public static Table read(Path path) {
    return read(path, new ReadOptions());
  }

  /** Reads a file whose column {@code label} says which rows are known anomalies. */
  public static Table read(Path path, String label) {
    return read(path, new ReadOptions().label(label));
  }

  /** Reads a file with these options. */
  public static Table read(Path path, ReadOptions options) {
    try (TableFile file = TableFile.open(path, options, Dialect.Format.CSV)) {
      return file.read();
    }
  }
}
