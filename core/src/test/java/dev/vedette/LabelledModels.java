package dev.vedette;

import dev.vedette.data.Matrix;
import dev.vedette.labelled.BoostedTrees;
import dev.vedette.labelled.Stacking;
import dev.vedette.labelled.Trees;

/** Models that learned from labels, of the rows of {@link ModelFileTest}. */
final class LabelledModels {
  private LabelledModels() {}

  static RowModel stacked() {
    return new Stacking().members("zscore+hbos").fit(ModelFileTest.matrix(), labels());
  }

  /** Two trees: a split on the second column whose right side splits on the first, and a leaf. */
  static Trees trees() {
    return new Trees(
        new int[] {0, -4},
        new int[] {1, 0},
        new double[] {5.5, -0.25},
        new int[] {-1, -2},
        new int[] {1, -3},
        new int[] {1, 0},
        new double[] {-0.5, 0.25, 1, 0.125},
        new int[] {60, 25, 15, 100});
  }

  static RowModel boosted() {
    return new BoostedTrees()
        .stacking(new Stacking().members("zscore"))
        .fit(ModelFileTest.matrix(), labels(), (options, training, judged) -> trees());
  }

  /** What lies high in the first column. */
  static boolean[] labels() {
    Matrix rows = ModelFileTest.matrix();
    boolean[] labels = new boolean[rows.rows()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = rows.get(i, 0) > 1.5;
    }
    return labels;
  }
}
