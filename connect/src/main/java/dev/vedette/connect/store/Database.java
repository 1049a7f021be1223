package dev.vedette.connect.store;

import java.sql.SQLException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Where the tables are. Thread-safe. Every failure is a {@link StoreException}. */
sealed interface Database extends AutoCloseable permits Sqlite, Postgres {
  /** What is done on a connection. */
  interface Work<T extends @Nullable Object> {
    T on(Sql sql) throws SQLException;
  }

  /** Does what reads only; each statement sees one state of the tables. */
  <T extends @Nullable Object> T read(Work<T> work);

  /** Does what changes rows: all of it or nothing. */
  <T extends @Nullable Object> T write(Work<T> work);

  /** Makes room for decisions on events of these times, outside of any transaction. */
  void expect(Collection<Long> times);

  /** Deletes whole blocks of rows where only these are in them. Called within {@link #write}. */
  void drop(Sql sql, long pipeline, long before, long upTo) throws SQLException;

  /** The failure of something, for a person. */
  StoreException failure(Exception cause);

  /** A name for messages, without passwords. */
  String name();

  @Override
  void close();
}
