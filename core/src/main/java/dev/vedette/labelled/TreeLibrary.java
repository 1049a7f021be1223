package dev.vedette.labelled;

import dev.vedette.Require;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * A library that grows boosted trees. Vedette grows none itself: the module {@code vedette-boost}
 * has one, and is found when it is on the class path ({@link ServiceLoader}). What was grown is
 * kept, scored and explained without it.
 */
public interface TreeLibrary {
  /**
   * Rows to grow trees on, or to judge them by.
   *
   * @param values rows × columns, row by row; NaN is a missing value
   * @param offsets the log-odds of each row before the first tree
   */
  record Examples(double[] values, int columns, boolean[] anomalies, double[] offsets) {
    public Examples {
      Require.that(
          values.length == anomalies.length * columns && offsets.length == anomalies.length,
          "the parts of the examples differ in length");
    }
  }

  /**
   * Grows trees that, added to the offsets, make the log loss small. The same input gives the same
   * trees.
   *
   * @param options how many and how large
   * @param judged rows that tell when more trees no longer help: it may then stop; with none it
   *     grows as many as the options say
   */
  Trees grow(BoostedTrees options, Examples training, @Nullable Examples judged);

  /** The one on the class path. */
  static TreeLibrary found() {
    return ServiceLoader.load(TreeLibrary.class, TreeLibrary.class.getClassLoader())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "boosted-trees are grown by the module vedette-boost, which is not on the class"
                        + " path; add it, or use stacking"));
  }
}
