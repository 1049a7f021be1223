package dev.vedette.connect.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline as the tables know it: its row number and the dictionary of names its bodies repeat.
 * Thread-safe.
 */
final class Pipe {
  /** More names than these are written out in every body: they are not names but data. */
  private static final int MOST_NAMES = 10_000;

  private static final int LONGEST_NAME = 200;

  private static final String ALL = "SELECT name FROM names WHERE pipeline = ? ORDER BY id";
  private static final String ADD = "INSERT INTO names (pipeline, id, name) VALUES (?, ?, ?)";

  private final long id;
  private final String name;
  private final ReentrantLock turn = new ReentrantLock();
  private volatile List<String> names = List.of();

  /** Of {@link #names}; guarded by {@link #turn}. */
  private final Map<String, Integer> numbers = new HashMap<>();

  Pipe(long id, String name) {
    this.id = id;
    this.name = name;
  }

  long id() {
    return id;
  }

  String name() {
    return name;
  }

  /** One commit at a time: held from the first body written until the names are kept. */
  ReentrantLock turn() {
    return turn;
  }

  /** Reads the names kept; once before the first commit. */
  void load(Sql sql) throws SQLException {
    turn.lock();
    try {
      names = sql.rows(ALL, row -> Sql.text(row, "name"), id);
      numbers.clear();
      for (String known : names) {
        numbers.put(known, numbers.size());
      }
    } finally {
      turn.unlock();
    }
  }

  /** The names of numbers, for bodies that {@code sql} has read. */
  String name(int number, Sql sql) {
    List<String> known = names;
    if (number >= known.size()) {
      // Kept by a commit that has not told its names yet.
      try {
        known = sql.rows(ALL, row -> Sql.text(row, "name"), id);
      } catch (SQLException e) {
        throw new IllegalStateException("the names cannot be read: " + e.getMessage(), e);
      }
    }
    return known.get(number);
  }

  /** Names that bodies of one commit are the first to use. Used while {@link #turn} is held. */
  final class Draft {
    private final Map<String, Integer> added = new LinkedHashMap<>();

    /** The number of {@code text}, or −1 where it is to be written out. */
    int number(String text) {
      Integer known = numbers.get(text);
      if (known == null) {
        known = added.get(text);
      }
      if (known != null) {
        return known;
      }
      int next = numbers.size() + added.size();
      if (next >= MOST_NAMES || text.length() > LONGEST_NAME) {
        return -1;
      }
      added.put(text, next);
      return next;
    }

    void keep(Sql sql) throws SQLException {
      sql.batch(
          ADD,
          added.entrySet(),
          name -> new @Nullable Object[] {id, (long) name.getValue(), name.getKey()});
    }

    /** After the transaction: the names are known from now on. */
    void kept() {
      if (!added.isEmpty()) {
        var all = new ArrayList<>(names);
        all.addAll(added.keySet());
        numbers.putAll(added);
        names = List.copyOf(all);
      }
    }
  }
}
