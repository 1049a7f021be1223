package dev.vedette.connect.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL database, its decisions partitioned by time. A lock that one connection holds keeps
 * other processes out.
 */
final class Postgres implements Database {
  private static final int CONNECTIONS = 8;

  /** How often writers look after the lock. */
  private static final long GUARD_NANOS = 200_000_000;

  /** "vedette", the name of the lock. */
  private static final long LOCK = 0x76656465747465L;

  /** The state of a lock that was waited for in vain. */
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final String name;
  private final String url;
  private final HikariDataSource pool;
  private final Partitions partitions;

  /** Holds the lock; guarded by this. */
  private Connection guard;

  private long guarded;

  private Postgres(String url, String name) throws SQLException {
    this.url = url;
    this.name = name;
    guard = guard(url, name);
    guarded = System.nanoTime();
    HikariDataSource opened = null;
    try {
      opened = new HikariDataSource(config(url));
      pool = opened;
      Schema.migrate(
          Schema.configure().dataSource(opened), name, "postgresql", placeholders(guard));
      partitions = new Partitions(Sql.passing(guard));
    } catch (SQLException | RuntimeException e) {
      if (opened != null) {
        opened.close();
      }
      guard.close();
      throw e;
    }
  }

  static Postgres open(String url) {
    int options = url.indexOf('?');
    String name = options < 0 ? url : url.substring(0, options);
    if (name.indexOf('@') >= 0) {
      // Not repeated: it holds a password that the driver would take for a part of the host.
      throw new StoreException(
          "the store is no URL of PostgreSQL: write user and password behind it, as in"
              + " jdbc:postgresql://host/database?user=...&password=...");
    }
    try {
      return new Postgres(url, name);
    } catch (SQLException | RuntimeException e) {
      throw e instanceof StoreException known ? known : failure(name, e);
    }
  }

  private static HikariConfig config(String url) {
    var config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setPoolName("vedette-postgresql");
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(10_000);
    config.setDataSourceProperties(options());
    return config;
  }

  private static Properties options() {
    var properties = new Properties();
    properties.setProperty("reWriteBatchedInserts", "true");
    properties.setProperty("ApplicationName", "vedette");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("connectTimeout", "10");
    return properties;
  }

  private static Map<String, String> placeholders(Connection connection) throws SQLException {
    return Map.of(
        "identity", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
        "blob", "BYTEA",
        "decisions_key", "pipeline, number, at",
        "partitioned", hasTimescale(connection) ? "" : "PARTITION BY RANGE (at)");
  }

  /** Whether TimescaleDB is there and switched on for this database. */
  private static boolean hasTimescale(Connection connection) throws SQLException {
    return Sql.passing(connection)
        .first(
            "SELECT 1 FROM pg_available_extensions WHERE name = 'timescaledb'"
                + " AND installed_version IS NOT NULL",
            row -> true)
        .orElse(false);
  }

  /**
   * A connection that holds the lock. The server frees the lock of a process that was killed a
   * moment after it, so a restart waits that long.
   */
  private static Connection guard(String url, String name) throws SQLException {
    Connection connection = DriverManager.getConnection(url, options());
    boolean locked = false;
    try {
      Sql sql = Sql.passing(connection);
      sql.first("SELECT set_config('lock_timeout', '2s', false)", row -> true);
      sql.first("SELECT pg_advisory_lock(?)", row -> true, LOCK);
      locked = true;
    } catch (SQLException e) {
      if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        throw new StoreException(
            "%s is open in another Vedette; stop that one or give another store".formatted(name));
      }
      throw e;
    } finally {
      if (!locked) {
        connection.close();
      }
    }
    return connection;
  }

  @Override
  public <T extends @Nullable Object> T read(Work<T> work) {
    try (Connection connection = pool.getConnection()) {
      return work.on(Sql.passing(connection));
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  @Override
  public <T extends @Nullable Object> T write(Work<T> work) {
    lookAfterTheLock();
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      boolean kept = false;
      try {
        T result = work.on(Sql.passing(connection));
        connection.commit();
        kept = true;
        return result;
      } finally {
        if (!kept) {
          rollBack(connection);
        }
      }
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private static void rollBack(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException ignored) {
      // The failure that led here is told; without a connection the server rolls back by itself.
    }
  }

  /**
   * Where the server went away the lock went with it: it is taken again, or lost to another
   * process. Should that one have written since, the numbers of events tell as well.
   */
  private synchronized void lookAfterTheLock() {
    if (System.nanoTime() - guarded < GUARD_NANOS) {
      return;
    }
    try {
      if (!guard.isValid(5)) {
        guard.close();
        guard = guard(url, name);
      }
      guarded = System.nanoTime();
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  @Override
  public void expect(Collection<Long> times) {
    List<Long> missing = partitions.missing(times);
    if (!missing.isEmpty()) {
      partitions.made(missing, write(sql -> Partitions.makeAll(missing, sql)));
    }
  }

  @Override
  public void drop(Sql sql, long pipeline, long before, long upTo) throws SQLException {
    partitions.drop(sql, pipeline, before, upTo);
  }

  @Override
  public StoreException failure(Exception cause) {
    return failure(name, cause);
  }

  private static StoreException failure(String name, Exception cause) {
    SQLException sql = null;
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof SQLException found && found.getSQLState() != null) {
        sql = found;
      }
    }
    String state = sql == null ? "" : String.valueOf(sql.getSQLState());
    String what =
        switch (state) {
          case "28P01", "28000" -> "refuses the user or password; check both in the URL";
          case "3D000" -> "does not exist; create the database";
          case "42501" -> "refuses the user; grant it the right to create tables";
          case "53100" -> "has a full disk; free some space";
          case "53300" -> "has no connection left; raise max_connections";
          case "08001", "08006", "08000", "08003", "08004", "57P01", "57P02", "57P03" ->
              "cannot be reached; check host, port and whether the server runs";
          case "25006" -> "is read-only; give the primary server";
          default ->
              cause instanceof FlywayException
                  ? "cannot be brought to the schema of this version"
                  : "refused";
        };
    Throwable told = sql == null ? cause : sql;
    String message = String.valueOf(told.getMessage()).lines().findFirst().orElse("");
    return new StoreException("%s %s (%s)".formatted(name, what, message), cause);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public synchronized void close() {
    pool.close();
    try (Connection held = guard) {
      // Ended by itself the connection frees the lock too, but only after this method.
      if (held.isValid(5)) {
        Sql.passing(held).first("SELECT pg_advisory_unlock(?)", row -> true, LOCK);
      }
    } catch (SQLException e) {
      throw failure(e);
    }
  }
}
