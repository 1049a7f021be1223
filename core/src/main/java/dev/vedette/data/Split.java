package dev.vedette.data;

import dev.vedette.Require;
import dev.vedette.math.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A table cut in two: rows to learn from and rows to judge by. No row is in both. */
public record Split(Table train, Table test) {
  /**
   * Puts a random {@code trainShare} of the rows into the training part. Where the table has labels
   * each class is cut in that proportion. Rows keep their order.
   *
   * @param trainShare more than 0 and less than 1
   */
  public static Split random(Table table, double trainShare, long seed) {
    Require.that(
        trainShare > 0 && trainShare < 1,
        "the training share must be between 0 and 1, is " + trainShare);
    boolean[] train = new boolean[table.rows()];
    for (int[] group : shuffledByLabel(table, seed)) {
      int size = (int) Math.round(group.length * trainShare);
      for (int i = 0; i < size; i++) {
        train[group[i]] = true;
      }
    }
    return by(table, train);
  }

  /**
   * Cross-validation: {@code folds} splits such that each row is in exactly one test part. Where
   * the table has labels each fold has its share of each class.
   *
   * @param folds from 2 to the number of rows
   */
  public static List<Split> folds(Table table, int folds, long seed) {
    Require.range("folds", folds, 2, table.rows());
    int[] fold = new int[table.rows()];
    int next = 0;
    for (int[] group : shuffledByLabel(table, seed)) {
      for (int row : group) {
        fold[row] = next++ % folds;
      }
    }
    var splits = new ArrayList<Split>();
    for (int f = 0; f < folds; f++) {
      boolean[] train = new boolean[table.rows()];
      for (int i = 0; i < train.length; i++) {
        train[i] = fold[i] != f;
      }
      splits.add(by(table, train));
    }
    return splits;
  }

  private static Split by(Table table, boolean[] train) {
    int[] in = IntStream.range(0, train.length).filter(i -> train[i]).toArray();
    int[] out = IntStream.range(0, train.length).filter(i -> !train[i]).toArray();
    return new Split(table.select(in), table.select(out));
  }

  private static List<int[]> shuffledByLabel(Table table, long seed) {
    var random = Seeds.stream(seed, 0);
    var groups = new ArrayList<int[]>();
    boolean[] labels = table.labels().orElseGet(() -> new boolean[table.rows()]);
    for (boolean label : new boolean[] {false, true}) {
      int[] group = IntStream.range(0, labels.length).filter(i -> labels[i] == label).toArray();
      for (int i = group.length - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int swap = group[i];
        group[i] = group[j];
        group[j] = swap;
      }
      groups.add(group);
    }
    return groups;
  }
}
