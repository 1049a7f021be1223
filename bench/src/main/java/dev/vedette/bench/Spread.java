package dev.vedette.bench;

import java.util.Collection;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What several runs gave: the middle, the least and the most of a figure. */
record Spread(double median, double least, double most) {
  static <T> Spread of(Collection<T> runs, ToDoubleFunction<T> figure) {
    double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("no runs given");
    }
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }

  /** The median, and the least and the most where they differ. */
  String text(int decimals) {
    String format = "%." + decimals + "f";
    String middle = String.format(Locale.ROOT, format, median);
    return least == most
        ? middle
        : middle + String.format(Locale.ROOT, " (" + format + " to " + format + ")", least, most);
  }
}
