package dev.vedette.connect.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * The partitions of the decisions of a PostgreSQL database: one for each week of event time, and
 * one for all other times. Thread-safe.
 */
final class Partitions {
  private static final long WEEK = 7 * 86_400_000L;

  /** Weeks of the years 1970 to 2199; decisions on events of other times are in the default one. */
  private static final long MOST_WEEK = 12_000;

  /**
   * At most so many weeks have a partition: a query that is not about a time has to lock them all,
   * each with its indexes.
   */
  private static final int MOST = 150;

  private static final String PREFIX = "decisions_w";

  private final Set<Long> weeks = new ConcurrentSkipListSet<>();

  /** Weeks without one, as decisions of theirs are among those of all other times. */
  private final Set<Long> others = new ConcurrentSkipListSet<>();

  private final boolean partitioned;

  /** Reads which partitions there are. */
  Partitions(Sql sql) throws SQLException {
    partitioned =
        sql.first(
                "SELECT relkind = 'p' AS partitioned FROM pg_class"
                    + " WHERE oid = 'decisions'::regclass",
                row -> row.getBoolean("partitioned"))
            .orElse(false);
    for (String name :
        sql.rows(
            "SELECT relname FROM pg_class JOIN pg_inherits ON pg_class.oid = inhrelid"
                + " WHERE inhparent = 'decisions'::regclass",
            row -> row.getString("relname"))) {
      if (name.startsWith(PREFIX)) {
        weeks.add(Long.parseLong(name, PREFIX.length(), name.length(), 10));
      }
    }
  }

  /** The weeks of {@code times}, and the one after each, that are to get a partition. */
  List<Long> missing(Collection<Long> times) {
    if (!partitioned) {
      return List.of();
    }
    var missing = new TreeSet<Long>();
    for (long time : times) {
      long week = Math.floorDiv(time, WEEK);
      if (week >= 0 && week < MOST_WEEK && !weeks.contains(week)) {
        missing.add(week);
        missing.add(week + 1);
      }
    }
    missing.removeAll(weeks);
    missing.removeAll(others);
    return missing.stream().limit(Math.max(0, MOST - weeks.size())).toList();
  }

  /** Makes the partition of {@code week}; false where decisions of it are in the default one. */
  private static boolean make(long week, Sql sql) throws SQLException {
    lock(sql);
    boolean taken =
        sql.first(
                "SELECT 1 FROM decisions_other WHERE at >= ? AND at < ? LIMIT 1",
                row -> true,
                week * WEEK,
                (week + 1) * WEEK)
            .orElse(false);
    if (!taken) {
      sql.execute(
          "CREATE TABLE IF NOT EXISTS %s%d PARTITION OF decisions FOR VALUES FROM (%d) TO (%d)"
              .formatted(PREFIX, week, week * WEEK, (week + 1) * WEEK));
    }
    return !taken;
  }

  /** After the transaction: of the weeks {@code wanted}, those in {@code made} have a partition. */
  void made(List<Long> wanted, List<Long> made) {
    weeks.addAll(made);
    for (long week : wanted) {
      if (!made.contains(week)) {
        others.add(week);
      }
    }
  }

  /**
   * Drops the partitions that end before {@code before} and hold nothing but decisions of {@code
   * pipeline} up to {@code upTo}.
   */
  void drop(Sql sql, long pipeline, long before, long upTo) throws SQLException {
    List<Long> old = weeks.stream().filter(week -> (week + 1) * WEEK <= before).toList();
    if (!partitioned || old.isEmpty()) {
      return;
    }
    lock(sql);
    for (long week : old) {
      String name = PREFIX + week;
      boolean needed =
          sql.first(
                  ("SELECT EXISTS (SELECT 1 FROM %s WHERE pipeline < ?)"
                          + " OR EXISTS (SELECT 1 FROM %s WHERE pipeline > ?)"
                          + " OR EXISTS (SELECT 1 FROM %s WHERE pipeline = ? AND number > ?)"
                          + " AS needed")
                      .formatted(name, name, name),
                  row -> row.getBoolean("needed"),
                  pipeline,
                  pipeline,
                  pipeline,
                  upTo)
              .orElse(true);
      if (!needed) {
        sql.execute("DROP TABLE " + name);
        // Should the transaction fail, the week is made once more, which changes nothing.
        weeks.remove(week);
      }
    }
  }

  /** Keeps readers and writers out; first of all, so that nobody waits for one who waits. */
  private static void lock(Sql sql) throws SQLException {
    sql.execute("SET LOCAL lock_timeout = '30s'");
    sql.execute("LOCK TABLE ONLY decisions IN ACCESS EXCLUSIVE MODE");
  }

  /** Makes the partitions of the weeks {@code wanted}; returns those that have one now. */
  static List<Long> makeAll(List<Long> wanted, Sql sql) throws SQLException {
    List<Long> made = new ArrayList<>();
    for (long week : wanted) {
      if (make(week, sql)) {
        made.add(week);
      }
    }
    return made;
  }
}
