package dev.vedette.connect.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * A SQLite file with a write-ahead log: one connection writes, others read beside it. What is
 * committed survives the end of the process; with {@code synchronous=FULL} also a loss of power. A
 * lock on a file beside it keeps other processes out.
 */
final class Sqlite implements Database {
  private static final int READERS = 4;
  private static final String PREFIX = "jdbc:sqlite:";
  private static final String LOG_BYTES = "67108864";

  private final Path file;
  private final FileChannel lock;
  private final HikariDataSource readers;
  private final Connection connection;
  private final Sql writer;
  private final ReentrantLock turn = new ReentrantLock();

  private Sqlite(Path file, FileChannel lock, String synchronous) throws SQLException {
    this.file = file;
    this.lock = lock;
    String url = PREFIX + file;
    connection = DriverManager.getConnection(url, pragmas(synchronous));
    HikariDataSource pool = null;
    try {
      Schema.migrate(
          Schema.configure().dataSource(url, null, null),
          file.toString(),
          "",
          Map.of(
              "identity", "INTEGER PRIMARY KEY AUTOINCREMENT",
              "blob", "BLOB",
              "decisions_key", "pipeline, number",
              "partitioned", ""));
      connection.setAutoCommit(false);
      writer = Sql.keeping(connection);
      pool = new HikariDataSource(readers(url, synchronous));
      readers = pool;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static Properties pragmas(String synchronous) {
    var properties = new Properties();
    properties.setProperty("journal_mode", "WAL");
    properties.setProperty("synchronous", synchronous);
    properties.setProperty("busy_timeout", "10000");
    properties.setProperty("journal_size_limit", LOG_BYTES);
    return properties;
  }

  private static HikariConfig readers(String url, String synchronous) {
    var config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setPoolName("vedette-sqlite");
    config.setMaximumPoolSize(READERS);
    config.setMinimumIdle(1);
    config.setDataSourceProperties(pragmas(synchronous));
    config.addDataSourceProperty("query_only", "true");
    return config;
  }

  /** Opens the file of {@code url}, a path or a JDBC URL; creates it where there is none. */
  static Sqlite open(String url) {
    String rest = url.startsWith(PREFIX) ? url.substring(PREFIX.length()) : url;
    String synchronous = "NORMAL";
    int question = url.startsWith(PREFIX) ? rest.indexOf('?') : -1;
    if (question >= 0) {
      synchronous = synchronous(rest.substring(question + 1));
      rest = rest.substring(0, question);
    }
    if (rest.isBlank() || rest.contains(":memory:")) {
      throw new StoreException("the store '%s' names no file; give a path".formatted(url));
    }
    Path file = path(rest);
    FileChannel lock = lock(file);
    try {
      return new Sqlite(file, lock, synchronous);
    } catch (SQLException | RuntimeException e) {
      release(lock);
      throw e instanceof StoreException known ? known : failure(file, e);
    }
  }

  private static Path path(String text) {
    try {
      return Path.of(text).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new StoreException("the store is no path: " + e.getMessage(), e);
    }
  }

  private static String synchronous(String options) {
    String upper = options.toUpperCase(Locale.ROOT);
    return switch (upper) {
      case "SYNCHRONOUS=NORMAL", "SYNCHRONOUS=FULL" -> upper.substring("SYNCHRONOUS=".length());
      default ->
          throw new StoreException(
              "a SQLite store has no option [%s]; it has [synchronous=NORMAL, synchronous=FULL]"
                  .formatted(options));
    };
  }

  private static FileChannel lock(Path file) {
    Path beside = file.resolveSibling(file.getFileName() + ".lock");
    FileChannel channel = null;
    try {
      Path folder = file.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      channel = FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException inThisProcess) {
      // Refused below, as for another process.
    } catch (IOException e) {
      release(channel);
      throw new StoreException(
          "%s cannot be created (%s); check the folder and who may write there"
              .formatted(beside, e.getMessage()),
          e);
    }
    release(channel);
    throw new StoreException(
        "%s is open in another Vedette; stop that one or give another store".formatted(file));
  }

  private static void release(@Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw new StoreException("the lock cannot be released: " + e.getMessage(), e);
    }
  }

  @Override
  public <T extends @Nullable Object> T read(Work<T> work) {
    try (Connection reader = readers.getConnection()) {
      return work.on(Sql.passing(reader));
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  @Override
  public <T extends @Nullable Object> T write(Work<T> work) {
    turn.lock();
    boolean kept = false;
    try {
      T result = work.on(writer);
      connection.commit();
      kept = true;
      return result;
    } catch (SQLException e) {
      throw failure(e);
    } finally {
      if (!kept) {
        rollBack();
      }
      turn.unlock();
    }
  }

  private void rollBack() {
    try {
      connection.rollback();
    } catch (SQLException ignored) {
      // The failure that led here is told; SQLite has then rolled back by itself.
    }
  }

  @Override
  public void expect(Collection<Long> times) {}

  @Override
  public void drop(Sql sql, long pipeline, long before, long upTo) {}

  @Override
  public StoreException failure(Exception cause) {
    return failure(file, cause);
  }

  private static StoreException failure(Path file, Exception cause) {
    Throwable root = cause;
    while (root.getCause() != null && !(root instanceof SQLException)) {
      root = root.getCause();
    }
    int code = root instanceof SQLException sql ? sql.getErrorCode() & 0xFF : 0;
    String what =
        switch (code) {
          case 5, 6 -> "is locked by another program; close that program";
          case 8 -> "may not be written; check who owns it";
          case 10 -> "cannot be read or written; check the disk";
          case 11 -> "is damaged; restore it from a backup or give another store";
          case 13 -> "cannot grow, the disk is full; free some space";
          case 14 -> "cannot be opened; check the folder and who may write there";
          case 26 -> "is not a SQLite file; give another path";
          default ->
              cause instanceof FlywayException
                  ? "cannot be brought to the schema of this version"
                  : "refused";
        };
    String message = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    return new StoreException("%s %s (%s)".formatted(file, what, message), cause);
  }

  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public void close() {
    turn.lock();
    try {
      readers.close();
      connection.close();
    } catch (SQLException e) {
      throw failure(e);
    } finally {
      turn.unlock();
      release(lock);
    }
  }
}
