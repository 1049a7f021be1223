package dev.vedette.data;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** The records of a file, one after the other, after the header. */
interface Records extends Closeable {
  /** The names of the columns, in file order. */
  List<String> header();

  /**
   * Reads the next record into {@link #cells}.
   *
   * @return false at the end
   * @throws BadRow when it cannot be split into as many fields as the header has; the next call
   *     goes on with the record after it
   */
  boolean next() throws BadRow, IOException;

  /** The record last read. */
  Cells cells();

  /** The names of what {@link #raw} returns. */
  List<String> rawHeader();

  /** The record last read, good or bad, as it was written. */
  String[] raw();
}
