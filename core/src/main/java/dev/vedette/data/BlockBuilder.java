package dev.vedette.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Rows being read into a {@link Block}. A row is added whole or not at all. */
final class BlockBuilder {
  /** A column of the table and the field of the record it is read from. */
  private record Target(int field, ColumnBuilder column) {}

  private static final String LABEL_REMEDY =
      "a label is one of " + FlagText.LABELS_ACCEPTED + "; correct it, choose another label column";

  private final List<Target> targets = new ArrayList<>();
  private final List<Target> categoriesLast;
  private final MissingTokens missing;
  private final int labelField;
  private final String labelName;
  private final boolean keepRecords;
  private final List<String[]> records = new ArrayList<>();
  private boolean[] labels = new boolean[64];
  private long[] lines = new long[64];
  private int rows;

  /**
   * @param fields for each column of {@code schema} its field in the records
   * @param labelField the field of the label, or −1
   * @param keepRecords whether the block gets the records and line numbers
   */
  BlockBuilder(
      Schema schema, int[] fields, ReadOptions options, int labelField, boolean keepRecords) {
    for (int i = 0; i < fields.length; i++) {
      Schema.Field field = schema.fields().get(i);
      boolean declared = options.kinds().containsKey(field.name());
      var column = ColumnBuilder.of(field.name(), field.kind(), declared, options.zone());
      targets.add(new Target(fields[i], column));
    }
    // A category accepts every text, so a row that turns out bad leaves no level behind.
    categoriesLast =
        targets.stream()
            .sorted(Comparator.comparing(t -> t.column instanceof ColumnBuilder.Categories))
            .toList();
    this.missing = new MissingTokens(options.missing());
    this.labelField = labelField;
    this.labelName = options.label() == null ? "" : options.label();
    this.keepRecords = keepRecords;
  }

  int rows() {
    return rows;
  }

  void add(Cells cells) throws BadRow {
    if (labelField >= 0) {
      if (rows == labels.length) {
        labels = Arrays.copyOf(labels, 2 * rows);
      }
      labels[rows] = label(cells, labelField, labelName);
    }
    for (Target target : categoriesLast) {
      int field = target.field;
      if (missing.matches(cells.text, cells.from[field], cells.to[field])) {
        target.column.setMissing(rows);
      } else {
        target.column.set(rows, cells, field);
      }
    }
    if (keepRecords) {
      if (rows == lines.length) {
        lines = Arrays.copyOf(lines, 2 * rows);
      }
      lines[rows] = cells.line();
      records.add(cells.strings());
    }
    rows++;
  }

  static boolean label(Cells cells, int field, String name) throws BadRow {
    int label = FlagText.label(cells.text, cells.from[field], cells.to[field]);
    if (label < 0) {
      throw new BadRow(cells.line(), name, cells.quoted(field) + " is not a label", LABEL_REMEDY);
    }
    return label == 1;
  }

  Block build() {
    Table table = Table.of(targets.stream().map(target -> target.column.build(rows)).toList());
    if (labelField >= 0) {
      table = table.withLabels(Arrays.copyOf(labels, rows));
    }
    int kept = keepRecords ? rows : 0;
    return new Block(table, List.copyOf(records), Arrays.copyOf(lines, kept));
  }
}
