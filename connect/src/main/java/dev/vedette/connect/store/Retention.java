package dev.vedette.connect.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Forgets what is old. */
final class Retention {
  /** So many rows go in one transaction, so that commits are not kept waiting for long. */
  private static final long AT_ONCE = 20_000;

  private final Database database;
  private final long pipeline;
  private final long before;

  Retention(Database database, Pipe pipe, long before) {
    this.database = database;
    this.pipeline = pipe.id();
    this.before = before;
  }

  void run() {
    long upTo = database.read(this::snapshot);
    database.<@Nullable Void>write(
        sql -> {
          database.drop(sql, pipeline, before, upTo);
          return null;
        });
    long low = database.read(sql -> lowest(sql, Long.MAX_VALUE));
    while (low <= upTo) {
      long from = low;
      long to = Math.min(upTo, low + AT_ONCE - 1);
      database.write(
          sql ->
              sql.update(
                  "DELETE FROM decisions"
                      + " WHERE pipeline = ? AND number >= ? AND number <= ? AND at < ?",
                  pipeline,
                  from,
                  to,
                  before));
      low = to + 1;
    }
    database.<@Nullable Void>write(
        sql -> {
          forgetTheRest(sql, upTo);
          return null;
        });
  }

  private void forgetTheRest(Sql sql, long upTo) throws SQLException {
    // Applied after an event that is gone, and before those that a replay handles.
    sql.update(
        "DELETE FROM controls WHERE pipeline = ? AND applied_after < ?",
        pipeline,
        lowest(sql, upTo));
    sql.update(
        "DELETE FROM alerts WHERE pipeline = ? AND last < ? AND first_number <= ?",
        pipeline,
        before,
        upTo);
  }

  private long snapshot(Sql sql) throws SQLException {
    return sql.first(
            "SELECT max(number) AS newest FROM snapshots WHERE pipeline = ?",
            row -> row.getLong("newest"),
            pipeline)
        .orElse(0L);
  }

  /** The lowest number of a decision that is kept; {@code most} where it is less or none is. */
  private long lowest(Sql sql, long most) throws SQLException {
    return sql.first(
            "SELECT number FROM decisions WHERE pipeline = ? ORDER BY number LIMIT 1",
            row -> Math.min(most, row.getLong("number")),
            pipeline)
        .orElse(most);
  }
}
