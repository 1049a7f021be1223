package dev.vedette.connect.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Statements on one connection. Used by one thread at a time. */
final class Sql {
  /** So many rows go to the database at once. */
  private static final int AT_ONCE = 1000;

  /** Reads a row of a result. */
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  private final Connection connection;
  private final @Nullable Map<String, PreparedStatement> kept;

  private Sql(Connection connection, @Nullable Map<String, PreparedStatement> kept) {
    this.connection = connection;
    this.kept = kept;
  }

  /** Statements that are closed after use. */
  static Sql passing(Connection connection) {
    return new Sql(connection, null);
  }

  /** Statements that stay open until the connection is closed; their text must be constant. */
  static Sql keeping(Connection connection) {
    return new Sql(connection, new HashMap<>());
  }

  Connection connection() {
    return connection;
  }

  /** Runs a statement whose text is made for this call. */
  void execute(String text) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(text);
    }
  }

  /** Runs a statement that changes rows; returns how many. */
  int update(String text, @Nullable Object... parameters) throws SQLException {
    PreparedStatement statement = open(text);
    try {
      bind(statement, parameters);
      return statement.executeUpdate();
    } finally {
      done(statement);
    }
  }

  /** Runs a statement once for every item. */
  <T> void batch(String text, Collection<T> items, Function<T, @Nullable Object[]> parameters)
      throws SQLException {
    if (items.isEmpty()) {
      return;
    }
    PreparedStatement statement = open(text);
    try {
      int waiting = 0;
      for (T item : items) {
        bind(statement, parameters.apply(item));
        statement.addBatch();
        if (++waiting == AT_ONCE) {
          statement.executeBatch();
          waiting = 0;
        }
      }
      statement.executeBatch();
    } finally {
      statement.clearBatch();
      done(statement);
    }
  }

  <T> List<T> rows(String text, Row<T> row, @Nullable Object... parameters) throws SQLException {
    PreparedStatement statement = open(text);
    try {
      bind(statement, parameters);
      List<T> result = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          result.add(row.read(rows));
        }
      }
      return result;
    } finally {
      done(statement);
    }
  }

  <T> Optional<T> first(String text, Row<T> row, @Nullable Object... parameters)
      throws SQLException {
    return rows(text, row, parameters).stream().findFirst();
  }

  private PreparedStatement open(String text) throws SQLException {
    if (kept == null) {
      return connection.prepareStatement(text);
    }
    PreparedStatement known = kept.get(text);
    if (known == null) {
      known = connection.prepareStatement(text);
      kept.put(text, known);
    }
    return known;
  }

  private void done(PreparedStatement statement) throws SQLException {
    if (kept == null) {
      statement.close();
    }
  }

  private static void bind(PreparedStatement statement, @Nullable Object... parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      switch (parameters[i]) {
        case Long number -> statement.setLong(i + 1, number);
        case String text -> statement.setString(i + 1, SafeText.encode(text));
        case byte[] bytes -> statement.setBytes(i + 1, bytes);
        case Boolean flag -> statement.setBoolean(i + 1, flag);
        case Double number when !number.isNaN() -> statement.setDouble(i + 1, number);
        case Double nan -> statement.setNull(i + 1, java.sql.Types.DOUBLE);
        case null -> statement.setNull(i + 1, java.sql.Types.NULL);
        default ->
            throw new IllegalArgumentException("no column holds a " + parameters[i].getClass());
      }
    }
  }

  /** The text in a column, as it was given. */
  static String text(ResultSet row, String column) throws SQLException {
    return SafeText.decode(row.getString(column));
  }
}
