package dev.vedette.boost;

import dev.vedette.labelled.Trees;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Reads the trees of a model in LightGBM's text format: per tree a block that begins with {@code
 * Tree=}, of lines {@code key=values}. Only what numbers need is understood.
 */
final class LightGbmText {
  /** Bits of {@code decision_type}: of names, missing goes left, what is missing (8: NaN). */
  private static final int OF_NAMES = 1;

  private static final int DEFAULT_LEFT = 2;
  private static final int MISSING_KIND = 12;
  private static final int MISSING_IS_NAN = 8;

  private final List<Integer> roots = new ArrayList<>();
  private final IntStream.Builder columns = IntStream.builder();
  private final DoubleStream.Builder thresholds = DoubleStream.builder();
  private final IntStream.Builder left = IntStream.builder();
  private final IntStream.Builder right = IntStream.builder();
  private final IntStream.Builder missingLeft = IntStream.builder();
  private final DoubleStream.Builder values = DoubleStream.builder();
  private final IntStream.Builder rows = IntStream.builder();
  private int nodes;
  private int leaves;

  private LightGbmText() {}

  static Trees read(String text) {
    var reader = new LightGbmText();
    Map<String, String> tree = null;
    for (String line : text.lines().toList()) {
      String[] pair = line.split("=", 2);
      if (pair[0].equals("Tree")) {
        tree = new HashMap<>();
      } else if (pair[0].equals("end of trees")) {
        break;
      } else if (tree != null && pair.length == 2) {
        tree.put(pair[0], pair[1]);
      } else if (tree != null && !tree.isEmpty()) { // a blank line ends a tree
        reader.add(tree);
        tree = null;
      }
    }
    return reader.trees();
  }

  private void add(Map<String, String> tree) {
    double[] leafValues = numbers(tree, "leaf_value");
    int splits = leafValues.length - 1;
    if (splits == 0) {
      roots.add(-1 - leaves);
      values.add(leafValues[0]);
      rows.add(1);
      leaves++;
      return;
    }
    roots.add(nodes);
    double[] splitThresholds = numbers(tree, "threshold");
    int[] decisions = whole(tree, "decision_type");
    for (int i = 0; i < splits; i++) {
      if ((decisions[i] & OF_NAMES) != 0) {
        throw new IllegalStateException("LightGBM made a split on names, which was not asked for");
      }
      thresholds.add(splitThresholds[i]);
      boolean nan = (decisions[i] & MISSING_KIND) == MISSING_IS_NAN;
      // Where no value was missing in training, LightGBM takes a missing one for 0.
      boolean toLeft = nan ? (decisions[i] & DEFAULT_LEFT) != 0 : 0 <= splitThresholds[i];
      missingLeft.add(toLeft ? 1 : 0);
    }
    Arrays.stream(whole(tree, "split_feature")).forEach(columns::add);
    Arrays.stream(whole(tree, "left_child")).map(this::reference).forEach(left::add);
    Arrays.stream(whole(tree, "right_child")).map(this::reference).forEach(right::add);
    Arrays.stream(leafValues).forEach(values::add);
    Arrays.stream(whole(tree, "leaf_count")).forEach(rows::add);
    nodes += splits;
    leaves += leafValues.length;
  }

  /** LightGBM writes leaf i as -1 - i, too, but counts from 0 in each tree. */
  private int reference(int child) {
    return child >= 0 ? child + nodes : child - leaves;
  }

  private static double[] numbers(Map<String, String> tree, String key) {
    String text = tree.get(key);
    if (text == null) {
      throw new IllegalStateException("LightGBM wrote a tree without " + key);
    }
    return Arrays.stream(text.strip().split(" ")).mapToDouble(LightGbmText::number).toArray();
  }

  private static double number(String text) {
    return text.equals("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
  }

  private static int[] whole(Map<String, String> tree, String key) {
    return Arrays.stream(numbers(tree, key)).mapToInt(number -> (int) number).toArray();
  }

  private Trees trees() {
    return new Trees(
        roots.stream().mapToInt(Integer::intValue).toArray(),
        columns.build().toArray(),
        thresholds.build().toArray(),
        left.build().toArray(),
        right.build().toArray(),
        missingLeft.build().toArray(),
        values.build().toArray(),
        rows.build().toArray());
  }
}
