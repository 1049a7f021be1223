package dev.vedette.connect.store;

import dev.vedette.connect.store.Store.DecisionQuery;
import dev.vedette.pipeline.Event;
import dev.vedette.pipeline.EventDecision;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads decisions. */
final class DecisionTable {
  /** So many events are in memory at once while they are replayed. */
  private static final int PAGE = 1000;

  private static final String COLUMNS = "SELECT number, event, key, at, body FROM decisions";

  private final Database database;

  DecisionTable(Database database) {
    this.database = database;
  }

  List<EventDecision> find(Pipe pipe, DecisionQuery query) {
    var where = new Where().and("pipeline = ?", pipe.id());
    where.and("at >= ?", query.from()).and("at < ?", query.to()).and("key = ?", query.key());
    where.and("severity >= ?", query.severity()).and("number < ?", query.before());
    Boolean flagged = query.flagged();
    if (flagged != null) {
      where.and(flagged ? "flagged" : "NOT flagged");
    }
    String text = COLUMNS + where + " ORDER BY number DESC LIMIT ?";
    return database.read(
        sql -> sql.rows(text, row -> read(pipe, row, sql), where.with((long) query.limit())));
  }

  Optional<EventDecision> find(Pipe pipe, long number) {
    return database.read(
        sql ->
            sql.first(
                COLUMNS + " WHERE pipeline = ? AND number = ?",
                row -> read(pipe, row, sql),
                pipe.id(),
                number));
  }

  void replay(Pipe pipe, long number, Consumer<Event> events) {
    long last = number;
    List<EventDecision> page;
    do {
      long after = last;
      // In pages, so that no statement stays open while the events are handled.
      page =
          database.read(
              sql ->
                  sql.rows(
                      COLUMNS + " WHERE pipeline = ? AND number > ? ORDER BY number LIMIT ?",
                      row -> read(pipe, row, sql),
                      pipe.id(),
                      after,
                      (long) PAGE));
      for (EventDecision decision : page) {
        events.accept(decision.event());
        last = decision.number();
      }
    } while (page.size() == PAGE);
  }

  private EventDecision read(Pipe pipe, ResultSet row, Sql sql) throws SQLException {
    long number = row.getLong("number");
    var body = new BodyReader(row.getBytes("body"), name -> pipe.name(name, sql));
    try {
      return Bodies.readDecision(
          number, Sql.text(row, "event"), Sql.text(row, "key"), row.getLong("at"), body);
    } catch (IllegalStateException | IndexOutOfBoundsException | ArithmeticException e) {
      throw new StoreException(
          "%s: decision %d of pipeline '%s' is damaged (%s); restore a backup"
              .formatted(database.name(), number, pipe.name(), e.getMessage()),
          e);
    }
  }

  /** Conditions and what they are about; a condition on null is none. */
  static final class Where {
    private final StringBuilder text = new StringBuilder(" WHERE 1 = 1");
    private final List<@Nullable Object> values = new ArrayList<>();

    Where and(String condition) {
      text.append(" AND ").append(condition);
      return this;
    }

    Where and(String condition, @Nullable Object value) {
      if (value != null) {
        and(condition);
        values.add(value);
      }
      return this;
    }

    /** The condition before or this one. */
    Where or(String condition, Object value) {
      text.append(" OR ").append(condition);
      values.add(value);
      return this;
    }

    /** All values, and one more. */
    @Nullable Object[] with(long limit) {
      List<@Nullable Object> all = new ArrayList<>(values);
      all.add(limit);
      return all.toArray();
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
