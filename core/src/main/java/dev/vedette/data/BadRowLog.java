package dev.vedette.data;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.vedette.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts the rows of one pass over a file and puts bad ones aside. The quarantine file appears
 * under its name when the pass has ended well, and only if there was a bad row.
 */
final class BadRowLog implements AutoCloseable {
  private static final int MESSAGES = 5;

  private final String file;
  private final ReadOptions.@Nullable SkipBadRows skip;
  private final @Nullable Path quarantine;
  private final List<String> header;
  private final List<String> messages = new ArrayList<>();
  private long good;
  private long bad;
  private @Nullable Draft draft;
  private @Nullable CsvWriter writer;

  /**
   * @param skip null to refuse the first bad row
   * @param quarantine null to write none
   * @param header the names of the fields of the records that {@link #bad} gets
   */
  BadRowLog(
      String file,
      ReadOptions.@Nullable SkipBadRows skip,
      @Nullable Path quarantine,
      List<String> header) {
    this.file = file;
    this.skip = skip;
    this.quarantine = quarantine;
    this.header = header;
  }

  void good() {
    good++;
  }

  /** Notes a bad row, or throws it when bad rows are not to be skipped. */
  void bad(BadRow row, String[] record) {
    if (skip == null) {
      throw row.refusal(file);
    }
    bad++;
    if (messages.size() < MESSAGES) {
      messages.add(row.place(file));
    }
    if (quarantine != null) {
      write(quarantine, row, record);
    }
  }

  private void write(Path target, BadRow row, String[] record) {
    try {
      if (writer == null) {
        draft = Draft.of(target);
        writer = CsvWriter.builder().build(draft.path(), StandardCharsets.UTF_8);
        var names = new ArrayList<>(List.of("line", "error"));
        names.addAll(header);
        writer.writeRecord(names);
      }
      var fields = new ArrayList<>(List.of(Long.toString(row.line()), row.reason()));
      fields.addAll(List.of(record));
      while (fields.size() < header.size() + 2) {
        fields.add("");
      }
      writer.writeRecord(fields);
    } catch (IOException | UncheckedIOException e) {
      throw cannotWrite(target, e);
    }
  }

  private static DataException cannotWrite(Path target, Exception e) {
    return new DataException(target + " cannot be written: " + e, e);
  }

  /**
   * Ends the pass.
   *
   * @throws DataException when there was no row, or more than half of them were bad
   */
  BadRows finish() {
    if (good + bad == 0) {
      throw new DataException(file + " has no rows, only a header");
    }
    if (bad > good) {
      throw new DataException(
          "%d of the %d rows of %s cannot be read, more than half; the first: %s"
              .formatted(bad, good + bad, file, messages.getFirst()));
    }
    publish();
    return new BadRows(good + bad, bad, messages);
  }

  private void publish() {
    if (writer == null || draft == null || quarantine == null) {
      return;
    }
    try {
      writer.close();
      writer = null;
      draft.commit();
    } catch (IOException e) {
      throw cannotWrite(quarantine, e);
    }
  }

  /** Removes an unfinished quarantine file. */
  @Override
  public void close() throws IOException {
    try {
      if (writer != null) {
        writer.close();
      }
    } finally {
      if (draft != null) {
        draft.close();
      }
    }
  }
}
