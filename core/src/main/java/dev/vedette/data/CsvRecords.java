package dev.vedette.data;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.RecordType;
import dev.vedette.DataException;
import java.io.IOException;
import java.util.List;

/**
 * The records of a CSV file (RFC 4180). Empty lines are passed over, also where the file has only
 * one column; there a missing value is written {@code ""}.
 */
final class CsvRecords implements Records {
  private final String file;
  private final TextReader text;
  private final Handler handler = new Handler();
  private final CsvReader<Cells> csv;
  private final CloseableIterator<Cells> records;
  private final List<String> header;

  CsvRecords(String file, TextReader text, char delimiter) {
    this.file = file;
    this.text = text;
    csv =
        CsvReader.builder()
            .fieldSeparator(delimiter)
            .allowExtraFields(true)
            .allowMissingFields(true)
            .maxBufferSize(2 * Cells.MOST_CHARACTERS)
            .build(handler, text);
    records = csv.iterator();
    if (!advance()) {
      throw new DataException(file + " is empty; expected a header and rows");
    }
    header = Header.checked(file, cells().line(), cells().strings());
  }

  /** Collects the fields that the parser finds, without making strings of them. */
  private final class Handler extends CsvCallbackHandler<Cells> {
    private final Cells cells = new Cells();
    private boolean empty;
    private boolean lastQuoted;
    private int lastLength;
    private int lastQuotes;

    @Override
    protected RecordType getRecordType() {
      return empty ? RecordType.EMPTY : RecordType.DATA;
    }

    @Override
    protected int getFieldCount() {
      return cells.count();
    }

    @Override
    protected void beginRecord(long startingLineNumber) {
      cells.begin(startingLineNumber, 0);
      empty = false;
    }

    @Override
    protected void addField(char[] buffer, int offset, int length, boolean quoted) {
      lastQuoted = quoted;
      if (quoted) {
        lastLength = length;
        lastQuotes = 0;
        while (lastQuotes < length && buffer[offset + length - 1 - lastQuotes] == '"') {
          lastQuotes++;
        }
      }
      if (!cells.add(buffer, offset, length)) {
        throw tooLarge();
      }
    }

    @Override
    protected void setComment(char[] buffer, int offset, int length) {
      throw new IllegalStateException("comments are off");
    }

    @Override
    protected void setEmpty() {
      empty = true;
    }

    @Override
    protected Cells buildRecord() {
      return cells;
    }
  }

  private DataException tooLarge() {
    return new DataException(
        "%s line %d: the record has more than %d fields or %d characters; is a quote not closed?"
            .formatted(file, cells().line(), Cells.MOST_COLUMNS, Cells.MOST_CHARACTERS));
  }

  private boolean advance() {
    try {
      if (!records.hasNext()) {
        return false;
      }
      records.next();
    } catch (CsvParseException e) {
      throw broken(e);
    }
    if (handler.lastQuoted && text.atEnd() && !closed()) {
      throw new DataException(
          "%s line %d: a quoted field of this record is never closed; add the closing quote"
              .formatted(file, cells().line()));
    }
    return true;
  }

  /**
   * Whether the quoted field with which the text ends has its closing quote; the parser does not
   * say. A field with m quotes at its end is written with 2m + 1 of them, and the opening one
   * before those when there is nothing else in it.
   */
  private boolean closed() {
    int quotes = handler.lastQuotes;
    int written = 2 * quotes + 1 + (quotes == handler.lastLength ? 1 : 0);
    return text.last() == '"' && text.trailingQuotes() == written;
  }

  private DataException broken(CsvParseException e) {
    if (e.getCause() instanceof DataException ours) {
      return ours;
    }
    Throwable cause = e.getCause() == null ? e : e.getCause();
    String message = String.valueOf(cause.getMessage());
    return message.contains("buffer")
        ? tooLarge()
        : new DataException(
            "%s line %d: the quotes are broken (%s); double the quotes inside a quoted field"
                .formatted(file, cells().line(), message),
            e);
  }

  @Override
  public List<String> header() {
    return header;
  }

  @Override
  public boolean next() throws BadRow {
    if (!advance()) {
      return false;
    }
    Cells cells = cells();
    if (cells.count() != header.size()) {
      String reason =
          "%d field%s, the header has %d"
              .formatted(cells.count(), cells.count() == 1 ? "" : "s", header.size());
      throw new BadRow(cells.line(), null, reason, "quote fields that contain the delimiter,");
    }
    return true;
  }

  @Override
  public Cells cells() {
    return handler.cells;
  }

  @Override
  public List<String> rawHeader() {
    return header;
  }

  @Override
  public String[] raw() {
    return cells().strings();
  }

  @Override
  public void close() throws IOException {
    csv.close();
  }
}
