package dev.vedette.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How models place the same rows, from 1 for the most anomalous; rows of equal score share the mean
 * of their places. O(models · rows) memory.
 *
 * @param places models × rows
 * @param flagged models × rows
 * @param labels true for an anomaly
 */
record Agreement(double[][] places, boolean[][] flagged, boolean[] labels) {
  static Agreement of(CompareReport report) {
    int models = report.models().size();
    double[][] places = new double[models][];
    boolean[][] flagged = new boolean[models][];
    for (int m = 0; m < models; m++) {
      Report.Detection detection = report.models().get(m).detection();
      double[] scores = detection.scores().values();
      places[m] = places(scores);
      flagged[m] = new boolean[scores.length];
      for (int i = 0; i < scores.length; i++) {
        flagged[m][i] = scores[i] > detection.threshold().value();
      }
    }
    boolean[] labels = report.judged().table().labels().orElseThrow();
    return new Agreement(places, flagged, labels);
  }

  int models() {
    return places.length;
  }

  int rows() {
    return labels.length;
  }

  /** The place of each row, O(n log n). */
  static double[] places(double[] scores) {
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    var places = new HashMap<Double, Double>();
    for (int from = 0; from < sorted.length; ) {
      int to = from;
      while (to < sorted.length && sorted[to] == sorted[from]) {
        to++;
      }
      places.put(sorted[from] + 0.0, sorted.length - (from + to - 1) / 2.0);
      from = to;
    }
    return Arrays.stream(scores).map(score -> places.getOrDefault(score + 0.0, 0.0)).toArray();
  }

  /**
   * Spearman's rank correlation of two models: 1 when they place all rows alike, 0 when they have
   * nothing in common or one of them places all rows alike.
   */
  double alike(int a, int b) {
    double middle = (rows() + 1) / 2.0;
    double products = 0;
    double squaresA = 0;
    double squaresB = 0;
    for (int i = 0; i < rows(); i++) {
      double x = places[a][i] - middle;
      double y = places[b][i] - middle;
      products += x * y;
      squaresA += x * x;
      squaresB += y * y;
    }
    double size = Math.sqrt(squaresA) * Math.sqrt(squaresB);
    return size == 0 ? 0 : Math.clamp(products / size, -1, 1);
  }

  /** How many rows of one kind both flag. */
  int both(int a, int b, boolean label) {
    int count = 0;
    for (int i = 0; i < rows(); i++) {
      count += labels[i] == label && flagged[a][i] && flagged[b][i] ? 1 : 0;
    }
    return count;
  }

  /** How many rows of one kind are flagged by so many models: index 0 is by none. */
  int[] byModels(boolean label) {
    int[] counts = new int[models() + 1];
    for (int i = 0; i < rows(); i++) {
      if (labels[i] == label) {
        int by = 0;
        for (boolean[] flags : flagged) {
          by += flags[i] ? 1 : 0;
        }
        counts[by]++;
      }
    }
    return counts;
  }

  /**
   * Rows that no model and no label tells apart.
   *
   * @param first one of them
   * @param rows how many there are
   */
  record Alike(int first, int rows) {}

  /** All rows in groups that cannot be told apart, in the order of their first rows. */
  List<Alike> groups() {
    record Key(int group, double place) {}
    int[] group = new int[rows()];
    for (int i = 0; i < group.length; i++) {
      group[i] = labels[i] ? 1 : 0;
    }
    for (double[] own : places) {
      var finer = new HashMap<Key, Integer>();
      for (int i = 0; i < group.length; i++) {
        Integer next = finer.size();
        Integer known = finer.putIfAbsent(new Key(group[i], own[i]), next);
        group[i] = known == null ? next : known;
      }
    }
    int[] sizes = new int[rows() + 2];
    int[] firsts = new int[rows() + 2];
    for (int i = group.length - 1; i >= 0; i--) {
      sizes[group[i]]++;
      firsts[group[i]] = i;
    }
    var groups = new ArrayList<Alike>();
    IntStream.range(0, sizes.length)
        .filter(g -> sizes[g] > 0)
        .forEach(g -> groups.add(new Alike(firsts[g], sizes[g])));
    return groups;
  }
}
