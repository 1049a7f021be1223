package dev.vedette.neural;

import dev.vedette.Require;
import java.util.ArrayList;
import java.util.List;

/** How many units layers have. */
final class Widths {
  private static final int MOST_LAYERS = 16;
  private static final int MOST_UNITS = 4096;

  private Widths() {}

  static List<Integer> require(List<Integer> hidden) {
    Require.that(
        hidden.size() <= MOST_LAYERS,
        "hidden has " + hidden.size() + " layers, at most " + MOST_LAYERS + " are taken");
    for (int units : hidden) {
      Require.range("units of a hidden layer", units, 1, MOST_UNITS);
    }
    return List.copyOf(hidden);
  }

  /** About ¾ of the columns. */
  static int outer(int columns) {
    return Math.clamp(Math.round(columns * 0.75), 2, 256);
  }

  /** About 1½ times the columns. */
  static int wide(int columns) {
    return Math.clamp(Math.round(columns * 1.5), 3, 256);
  }

  /** Two layers: as wide as the columns, and half of it. */
  static List<Integer> halving(int columns) {
    int first = Math.clamp(columns, 4, 256);
    return List.of(first, first / 2);
  }

  /** About a third of the columns. */
  static int inner(int columns) {
    return Math.clamp(Math.round(columns / 3.0), 1, 64);
  }

  /** The widths from what goes in to what comes out. */
  static List<Integer> path(int in, List<Integer> hidden, int out) {
    var path = new ArrayList<Integer>();
    path.add(in);
    path.addAll(hidden);
    path.add(out);
    return path;
  }
}
