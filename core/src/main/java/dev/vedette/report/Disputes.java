package dev.vedette.report;

import dev.vedette.report.Agreement.Alike;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * For every two models and either label, the rows that the one places far above the other. Rows
 * that no model tells apart count as one.
 *
 * @param most how many of each label are found for each ordered pair at most
 * @param groups of rows, in the order of their first rows
 */
record Disputes(int most, List<Alike> groups) {
  /** About how many rows are kept for all pairs together. */
  private static final int ALL = 6000;

  private static final int FEWEST = 3;
  private static final int MANY = 8;

  /** O(models² · rows). */
  static Disputes of(Agreement agreement) {
    int models = agreement.models();
    int most = Math.clamp(ALL / (2L * Math.max(1, models * (models - 1))), FEWEST, MANY);
    List<Alike> all = agreement.groups();
    var kept = new TreeMap<Integer, Alike>();
    for (int a = 0; a < models; a++) {
      for (int b = 0; b < models; b++) {
        for (boolean label : new boolean[] {false, true}) {
          top(agreement, all, new Pair(a, b, label), most)
              .forEach(group -> kept.put(group.first(), group));
        }
      }
    }
    return new Disputes(most, List.copyOf(kept.values()));
  }

  /** Rows with {@code label} that {@code above} places above {@code below}. */
  private record Pair(int above, int below, boolean label) {}

  private static List<Alike> top(Agreement agreement, List<Alike> groups, Pair pair, int most) {
    record Gap(Alike group, double places) {}
    double[] above = agreement.places()[pair.above];
    double[] below = agreement.places()[pair.below];
    // The smallest gap first, and of equal ones the later row, to be thrown out.
    var top =
        new PriorityQueue<Gap>(
            Comparator.comparingDouble(Gap::places).thenComparingInt(gap -> -gap.group.first()));
    for (Alike group : groups) {
      double gap = below[group.first()] - above[group.first()];
      if (gap > 0 && agreement.labels()[group.first()] == pair.label) {
        if (top.size() < most) {
          top.add(new Gap(group, gap));
        } else if (gap > top.element().places) {
          top.remove();
          top.add(new Gap(group, gap));
        }
      }
    }
    var found = new ArrayList<Alike>();
    top.forEach(gap -> found.add(gap.group));
    return found;
  }
}
