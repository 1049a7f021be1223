package dev.vedette.connect.store;

/** Opens stores. */
public final class Stores {
  private Stores() {}

  /**
   * Opens the store at {@code url} and brings its tables to the schema of this version.
   *
   * <ul>
   *   <li>a path, or {@code jdbc:sqlite:path}: a SQLite file, created where there is none. With
   *       {@code jdbc:sqlite:path?synchronous=FULL} every commit also survives a loss of power, and
   *       costs a write to the disk; otherwise it survives the end of the process, however that
   *       ends.
   *   <li>{@code jdbc:postgresql://host/database?user=...&password=...}: a PostgreSQL database, its
   *       options those of the PostgreSQL JDBC driver.
   * </ul>
   *
   * <p>The store is this process's alone until it is closed.
   *
   * @throws StoreException when it cannot be opened: it is open in another process, not reachable,
   *     not of this schema, ...
   */
  public static Store open(String url) {
    if (url.startsWith("jdbc:postgresql:")) {
      return new SqlStore(Postgres.open(url));
    }
    if (url.startsWith("jdbc:") && !url.startsWith("jdbc:sqlite:")) {
      int end = url.indexOf(':', "jdbc:".length());
      throw new StoreException(
          "there is no store for '%s'; give a path, jdbc:sqlite:... or jdbc:postgresql:..."
              .formatted(end < 0 ? "jdbc:" : url.substring(0, end + 1)));
    }
    return new SqlStore(Sqlite.open(url));
  }
}
