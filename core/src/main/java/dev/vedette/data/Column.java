package dev.vedette.data;

import dev.vedette.Require;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * One named column of a {@link Table}; each value is present or missing. Immutable: the arrays
 * given are copied.
 */
public sealed interface Column {
  String name();

  Kind kind();

  int rows();

  boolean isMissing(int row);

  /** The value as a person would write it; empty where it is missing. */
  String text(int row);

  /** The given rows, in the given order. */
  Column select(int[] rows);

  /** Finite numbers, NaN where missing; flags are the numbers 0 and 1. */
  final class Numeric implements Column {
    private final String name;
    private final Kind kind;
    private final double[] values;

    private Numeric(String name, Kind kind, double[] values) {
      this.name = name;
      this.kind = kind;
      this.values = values;
    }

    /** A column of kind {@link Kind#NUMBER}. */
    public static Numeric numbers(String name, double[] values) {
      return new Numeric(name, Kind.NUMBER, values.clone());
    }

    /** A column of kind {@link Kind#FLAG}; the values are 0, 1 or NaN. */
    public static Numeric flags(String name, double[] values) {
      for (double value : values) {
        Require.that(
            value == 0 || value == 1 || Double.isNaN(value), "a flag is 0, 1 or NaN, not " + value);
      }
      return new Numeric(name, Kind.FLAG, values.clone());
    }

    /** The value at {@code row}; NaN where it is missing. */
    public double value(int row) {
      return values[row];
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Kind kind() {
      return kind;
    }

    @Override
    public int rows() {
      return values.length;
    }

    @Override
    public boolean isMissing(int row) {
      return Double.isNaN(values[row]);
    }

    @Override
    public String text(int row) {
      return isMissing(row) ? "" : Numbers.text(values[row]);
    }

    @Override
    public Column select(int[] rows) {
      return new Numeric(name, kind, Arrays.stream(rows).mapToDouble(i -> values[i]).toArray());
    }
  }

  /** Names out of a dictionary. */
  final class Categorical implements Column {
    private final String name;
    private final List<String> levels;
    private final int[] codes;

    /**
     * @param levels the different names, in any order
     * @param codes for each row an index into {@code levels}, or −1 where the value is missing
     */
    public Categorical(String name, List<String> levels, int[] codes) {
      for (int code : codes) {
        Require.that(code >= -1 && code < levels.size(), "no level has the code " + code);
      }
      this.name = name;
      this.levels = List.copyOf(levels);
      this.codes = codes.clone();
    }

    public List<String> levels() {
      return levels;
    }

    /** The index of the level at {@code row}; −1 where the value is missing. */
    public int code(int row) {
      return codes[row];
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Kind kind() {
      return Kind.CATEGORY;
    }

    @Override
    public int rows() {
      return codes.length;
    }

    @Override
    public boolean isMissing(int row) {
      return codes[row] < 0;
    }

    @Override
    public String text(int row) {
      return isMissing(row) ? "" : levels.get(codes[row]);
    }

    @Override
    public Column select(int[] rows) {
      return new Categorical(name, levels, Arrays.stream(rows).map(i -> codes[i]).toArray());
    }
  }

  /** Moments. */
  final class Time implements Column {
    /** Stands for a missing moment. */
    public static final long MISSING = Long.MIN_VALUE;

    private final String name;
    private final long[] millis;

    /**
     * @param millis milliseconds since 1970-01-01T00:00Z, or {@link #MISSING}
     */
    public Time(String name, long[] millis) {
      this.name = name;
      this.millis = millis.clone();
    }

    /** Milliseconds since 1970-01-01T00:00Z, or {@link #MISSING}. */
    public long millis(int row) {
      return millis[row];
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Kind kind() {
      return Kind.TIME;
    }

    @Override
    public int rows() {
      return millis.length;
    }

    @Override
    public boolean isMissing(int row) {
      return millis[row] == MISSING;
    }

    @Override
    public String text(int row) {
      return isMissing(row) ? "" : Instant.ofEpochMilli(millis[row]).toString();
    }

    @Override
    public Column select(int[] rows) {
      return new Time(name, Arrays.stream(rows).mapToLong(i -> millis[i]).toArray());
    }
  }
}
