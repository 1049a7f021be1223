package dev.vedette.data;

import dev.vedette.DataException;
import dev.vedette.Require;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A file with a table in it: CSV (RFC 4180, with a header) or JSON Lines, plain or packed with
 * gzip. It is read more than once: to learn the kinds of the columns, and to read them. A file is
 * JSON Lines when it is named .jsonl, .ndjson or .json, or starts with a brace; gzip is recognised
 * by its first bytes.
 *
 * <p>Values are read without their surrounding blanks. Dates and times are ISO 8601, {@code
 * yyyy/MM/dd} or {@code dd.MM.yyyy}, by the clock of {@link ReadOptions#zone} unless they have an
 * offset; a number in a column of times counts from 1970-01-01T00:00Z, in seconds below
 * 10<sup>11</sup>, milliseconds below 10<sup>14</sup>, microseconds below 10<sup>17</sup>, else
 * nanoseconds.
 *
 * <p>Reading takes memory for the columns, or one block of them, and never for the whole text; one
 * record has at most 10,000 fields and 16,777,216 characters. Whatever is wrong with the data is a
 * {@link DataException} that names file, line and column. Not thread-safe.
 */
public final class TableFile implements AutoCloseable {
  private final Source source;
  private final ReadOptions options;
  private final Dialect dialect;
  private final List<String> header;
  private @Nullable Schema inferred;
  private BadRows badRows = new BadRows(0, 0, List.of());

  private TableFile(Source source, ReadOptions options, Dialect.Format format) {
    this.source = source;
    this.options = options;
    try {
      dialect = guarded(() -> dialect(format));
      header = guarded(this::readHeader);
      checkNames();
    } catch (RuntimeException e) {
      source.close();
      throw e;
    }
  }

  /** Opens {@code path}, or standard input where it is {@code -}. */
  public static TableFile open(Path path) {
    return open(path, new ReadOptions());
  }

  /**
   * Opens {@code path}, or standard input where it is {@code -}, and reads its header.
   *
   * @throws DataException when the file cannot be read, is no text table, or lacks a column named
   *     in {@code options}
   */
  public static TableFile open(Path path, ReadOptions options) {
    return open(path, options, Dialect.Format.DETECT);
  }

  static TableFile open(Path path, ReadOptions options, Dialect.Format format) {
    Path quarantine = options.badRows() == null ? null : options.badRows().quarantine();
    Require.that(
        quarantine == null || !quarantine.toAbsolutePath().equals(path.toAbsolutePath()),
        "the quarantine file must not be the file that is read, is " + quarantine);
    return open(Source.of(path), options, format);
  }

  static TableFile open(Source source, ReadOptions options, Dialect.Format format) {
    return new TableFile(source, options, format);
  }

  private interface Work<T> {
    T run() throws IOException;
  }

  private <T> T guarded(Work<T> work) {
    try {
      return work.run();
    } catch (IOException e) {
      throw Source.unreadable(source.name(), e);
    }
  }

  private TextReader text() throws IOException {
    return new TextReader(source.name(), source.open(), options.encoding());
  }

  private Dialect dialect(Dialect.Format format) throws IOException {
    try (TextReader text = text()) {
      return Dialect.of(source.name(), text, format, options.delimiter());
    }
  }

  private List<String> readHeader() throws IOException {
    if (dialect.json()) {
      try (TextReader text = text()) {
        return JsonRecords.keys(source.name(), text);
      }
    }
    try (TextReader text = text();
        var records = new CsvRecords(source.name(), text, dialect.delimiter())) {
      return records.header();
    }
  }

  private Records records() throws IOException {
    return dialect.json()
        ? new JsonRecords(source.name(), text(), header)
        : new CsvRecords(source.name(), text(), dialect.delimiter());
  }

  private void checkNames() {
    if (options.label() != null) {
      Header.find(source.name(), header, "the label", options.label());
    }
    options.ignored().forEach(name -> Header.find(source.name(), header, "to be ignored", name));
    options.kinds().keySet().forEach(n -> Header.find(source.name(), header, "declared", n));
    if (features().isEmpty()) {
      throw new DataException(
          "%s has no columns left besides the label and the ignored ones; its columns are %s"
              .formatted(source.name(), Header.listed(header)));
    }
  }

  /** The fields that are columns of the table. */
  private List<Integer> features() {
    return IntStream.range(0, header.size())
        .filter(i -> !header.get(i).equals(options.label()))
        .filter(i -> !options.ignored().contains(header.get(i)))
        .boxed()
        .toList();
  }

  private int labelField() {
    return options.label() == null ? -1 : header.indexOf(options.label());
  }

  /** The file as it was named, for messages. */
  public String name() {
    return source.name();
  }

  /** The names of all columns, label and ignored ones too, in file order. */
  public List<String> header() {
    return header;
  }

  /** What {@link #read} or {@link #blocks} last left out; nothing before. */
  public BadRows badRows() {
    return badRows;
  }

  /**
   * The kinds of the columns without the label and the ignored ones, from all rows. The file is
   * read for this once.
   *
   * @throws DataException when a column has no values, or is mostly but not only numbers or times
   */
  public Schema infer() {
    if (inferred == null) {
      inferred = guarded(this::inferSchema);
    }
    return inferred;
  }

  private Schema inferSchema() throws IOException {
    List<Integer> features = features();
    List<ColumnStats> stats = features.stream().map(i -> new ColumnStats(header.get(i))).toList();
    var missing = new MissingTokens(options.missing());
    int label = labelField();
    pass(
        null,
        cells -> {
          if (label >= 0) {
            BlockBuilder.label(cells, label, header.get(label));
          }
          for (int i = 0; i < features.size(); i++) {
            int field = features.get(i);
            if (!missing.matches(cells.text, cells.from[field], cells.to[field])) {
              stats.get(i).add(cells, field);
            }
          }
        });
    var fields = new ArrayList<Schema.Field>();
    for (int i = 0; i < features.size(); i++) {
      String name = header.get(features.get(i));
      Kind declared = options.kinds().get(name);
      stats.get(i).requireValues(source.name());
      fields.add(
          new Schema.Field(
              name,
              declared != null
                  ? declared
                  : stats.get(i).kind(source.name(), options.badRows() != null)));
    }
    return new Schema(fields);
  }

  /** Reads the table, with the kinds of {@link #infer}. */
  public Table read() {
    return read(infer());
  }

  /**
   * Reads the columns of {@code schema}, in its order; other columns of the file are passed over. A
   * category not seen before is a level like any other. A column of flags in which other numbers
   * turn up is read as numbers, unless it was declared.
   *
   * @throws DataException when a column of {@code schema} is not in the file
   */
  public Table read(Schema schema) {
    int[] fields = fields(schema);
    return guarded(
        () -> {
          var rows = new BlockBuilder(schema, fields, options, labelField(), false);
          badRows = pass(quarantine(), rows::add);
          return rows.build().table();
        });
  }

  /**
   * Reads the columns of {@code schema} as {@link #read(Schema)} does, in blocks, so that the file
   * may be larger than memory. Each row of the file that is not bad is in one block, in file order.
   *
   * @param rowsPerBlock the rows of each block but the last, at least 1
   */
  public void blocks(Schema schema, int rowsPerBlock, Consumer<Block> consumer) {
    Require.range("rows per block", rowsPerBlock, 1, Integer.MAX_VALUE - 8);
    new BlockReading(schema, fields(schema), rowsPerBlock, consumer).run();
  }

  private final class BlockReading {
    private final Schema schema;
    private final int[] fields;
    private final int rowsPerBlock;
    private final Consumer<Block> consumer;
    private BlockBuilder rows;

    BlockReading(Schema schema, int[] fields, int rowsPerBlock, Consumer<Block> consumer) {
      this.schema = schema;
      this.fields = fields;
      this.rowsPerBlock = rowsPerBlock;
      this.consumer = consumer;
      this.rows = empty();
    }

    private BlockBuilder empty() {
      return new BlockBuilder(schema, fields, options, labelField(), true);
    }

    void run() {
      badRows = guarded(() -> pass(quarantine(), this::add));
      if (rows.rows() > 0) {
        consumer.accept(rows.build());
      }
    }

    private void add(Cells cells) throws BadRow {
      if (rows.rows() == rowsPerBlock) {
        consumer.accept(rows.build());
        rows = empty();
      }
      rows.add(cells);
    }
  }

  private int[] fields(Schema schema) {
    List<String> absent =
        schema.fields().stream().map(Schema.Field::name).filter(n -> !header.contains(n)).toList();
    if (!absent.isEmpty()) {
      throw new DataException(
          "%s lacks the column%s %s; its columns are %s"
              .formatted(
                  source.name(),
                  absent.size() == 1 ? "" : "s",
                  Header.listed(absent),
                  Header.listed(header)));
    }
    return schema.fields().stream().mapToInt(field -> header.indexOf(field.name())).toArray();
  }

  private @Nullable Path quarantine() {
    return options.badRows() == null ? null : options.badRows().quarantine();
  }

  private interface RowReader {
    void read(Cells cells) throws BadRow;
  }

  /** Reads all records; bad ones are refused or left out, and written to {@code quarantine}. */
  private BadRows pass(@Nullable Path quarantine, RowReader reader) throws IOException {
    try (Records records = records();
        var log =
            new BadRowLog(source.name(), options.badRows(), quarantine, records.rawHeader())) {
      boolean more = true;
      while (more) {
        try {
          more = records.next();
          if (more) {
            reader.read(records.cells());
            log.good();
          }
        } catch (BadRow bad) {
          log.bad(bad, records.raw());
        }
      }
      return log.finish();
    }
  }

  /** Deletes the temporary copy of standard input, if there is one. */
  @Override
  public void close() {
    source.close();
  }
}
