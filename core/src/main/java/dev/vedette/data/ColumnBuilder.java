package dev.vedette.data;

import java.time.ZoneId;
import java.util.Arrays;

/** A column being read, row by row, into a growing array. A row may be set again. */
sealed interface ColumnBuilder {
  String ONLY = "correct it, add it to the missing tokens,";

  /** Sets the value of {@code row}, at most one past the rows set so far. */
  void set(int row, Cells cells, int field) throws BadRow;

  /** Sets the value of {@code row}, at most one past the rows set so far, to a number. */
  void set(int row, double value) throws BadRow;

  void setMissing(int row);

  /** The column of the first {@code rows} values; gives up the array, so only once. */
  Column build(int rows);

  /**
   * A builder for a column of this kind.
   *
   * @param declared whether the user said so, so that a flag must be a flag
   * @param zone whose clock times without an offset are of
   */
  static ColumnBuilder of(String name, Kind kind, boolean declared, ZoneId zone) {
    return switch (kind) {
      case NUMBER -> new Numbers(name, Kind.NUMBER, declared);
      case FLAG -> new Numbers(name, Kind.FLAG, declared);
      case TIME -> new Times(name, zone);
      case CATEGORY -> new Categories(name);
    };
  }

  private static int grown(int length) {
    return (int) Math.min(Integer.MAX_VALUE - 8, length + (length >> 1) + 64L);
  }

  private static BadRow bad(Cells cells, int field, String name, String what) {
    return new BadRow(cells.line(), name, cells.quoted(field) + " is not " + what, ONLY);
  }

  private static BadRow bad(String name, double value, String what) {
    return new BadRow(0, name, value + " is not " + what, ONLY);
  }

  /** Numbers and flags. */
  final class Numbers implements ColumnBuilder {
    private final String name;
    private final Kind kind;
    private final boolean declared;
    private double[] values = new double[64];

    private Numbers(String name, Kind kind, boolean declared) {
      this.name = name;
      this.kind = kind;
      this.declared = declared;
    }

    @Override
    public void set(int row, Cells cells, int field) throws BadRow {
      int from = cells.from[field];
      int to = cells.to[field];
      double value = NumberText.parse(cells.text, from, to);
      if (kind == Kind.FLAG && (declared || Double.isNaN(value))) {
        value = FlagText.parse(cells.text, from, to);
      }
      if (Double.isNaN(value)) {
        String what = kind == Kind.FLAG ? "a flag such as 0/1 or yes/no" : "a number";
        throw bad(cells, field, name, what);
      }
      if (Double.isInfinite(value)) {
        throw bad(cells, field, name, "a finite number");
      }
      put(row, value + 0.0); // makes −0 a plain 0
    }

    @Override
    public void set(int row, double value) throws BadRow {
      if (!Double.isFinite(value)) {
        throw bad(name, value, "a finite number");
      }
      put(row, value + 0.0);
    }

    private void put(int row, double value) {
      if (row == values.length) {
        values = Arrays.copyOf(values, grown(row));
      }
      values[row] = value;
    }

    @Override
    public void setMissing(int row) {
      put(row, Double.NaN);
    }

    @Override
    public Column build(int rows) {
      double[] column = Arrays.copyOf(values, rows);
      values = new double[0];
      boolean flags = kind == Kind.FLAG;
      for (int i = 0; i < rows && flags; i++) {
        flags = column[i] == 0 || column[i] == 1 || Double.isNaN(column[i]);
      }
      return flags ? Column.Numeric.flags(name, column) : Column.Numeric.numbers(name, column);
    }
  }

  /** Moments. */
  final class Times implements ColumnBuilder {
    private final String name;
    private final ZoneId zone;
    private long[] values = new long[64];

    private Times(String name, ZoneId zone) {
      this.name = name;
      this.zone = zone;
    }

    @Override
    public void set(int row, Cells cells, int field) throws BadRow {
      int from = cells.from[field];
      int to = cells.to[field];
      long value = TimeText.parse(cells.text, from, to, zone);
      if (value == Column.Time.MISSING) {
        value = TimeText.epoch(NumberText.parse(cells.text, from, to));
      }
      if (value == Column.Time.MISSING) {
        throw bad(cells, field, name, "a date or time such as 2026-01-31T23:59:00Z");
      }
      put(row, value);
    }

    @Override
    public void set(int row, double value) throws BadRow {
      long moment = TimeText.epoch(value);
      if (moment == Column.Time.MISSING) {
        throw bad(name, value, "a count of seconds or finer since 1970");
      }
      put(row, moment);
    }

    private void put(int row, long value) {
      if (row == values.length) {
        values = Arrays.copyOf(values, grown(row));
      }
      values[row] = value;
    }

    @Override
    public void setMissing(int row) {
      put(row, Column.Time.MISSING);
    }

    @Override
    public Column build(int rows) {
      long[] column = Arrays.copyOf(values, rows);
      values = new long[0];
      return new Column.Time(name, column);
    }
  }

  /** Names, of which any is good. */
  final class Categories implements ColumnBuilder {
    private final String name;
    private final Dictionary dictionary = new Dictionary();
    private int[] codes = new int[64];

    private Categories(String name) {
      this.name = name;
    }

    @Override
    public void set(int row, Cells cells, int field) {
      put(row, dictionary.code(cells.text, cells.from[field], cells.to[field]));
    }

    @Override
    public void set(int row, double value) {
      char[] text = dev.vedette.data.Numbers.text(value).toCharArray();
      put(row, dictionary.code(text, 0, text.length));
    }

    private void put(int row, int code) {
      if (row == codes.length) {
        codes = Arrays.copyOf(codes, grown(row));
      }
      codes[row] = code;
    }

    @Override
    public void setMissing(int row) {
      put(row, -1);
    }

    @Override
    public Column build(int rows) {
      int[] column = Arrays.copyOf(codes, rows);
      codes = new int[0];
      return new Column.Categorical(name, dictionary.words(), column);
    }
  }
}
