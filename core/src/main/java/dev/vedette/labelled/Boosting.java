package dev.vedette.labelled;

import dev.vedette.data.Matrix;
import dev.vedette.labelled.TreeLibrary.Examples;

/** The work of one fit of {@link BoostedTrees}. */
final class Boosting {
  private final BoostedTrees options;
  private final Matrix rows;
  private final CrossFit cross;
  private final TreeLibrary library;

  Boosting(BoostedTrees options, Matrix rows, CrossFit cross, TreeLibrary library) {
    this.options = options;
    this.rows = rows;
    this.cross = cross;
    this.library = library;
  }

  /**
   * What was learned without one fold.
   *
   * @param judged the rows of the fold
   */
  private record Part(int[] judged, Logistic stack, Trees trees) {}

  BoostedTrees.Fitted fit() {
    Stacking stacking = options.stacking();
    Part[] parts = new Part[stacking.folds()];
    for (int f = 0; f < parts.length; f++) {
      Logistic stack = cross.stackWithout(f, stacking.l2());
      int[] judged = cross.rows(f, true);
      Examples training = examples(cross.rows(f, false), stack);
      parts[f] = new Part(judged, stack, library.grow(options, training, examples(judged, stack)));
    }
    int trees = best(parts);
    Logistic stack = cross.stack(stacking.l2());
    int[] all = CrossFit.where(rows.rows(), i -> true);
    Trees grown =
        trees == 0 ? Trees.none() : library.grow(options.trees(trees), examples(all, stack), null);
    Matrix normal = CrossFit.normal(rows, cross.anomalies());
    return new BoostedTrees.Fitted(
        options,
        Members.fit(stacking.detectors(), normal),
        stack,
        grown,
        BoostedTrees.middles(normal),
        held(parts, stack, trees));
  }

  private double[] inputs(int row) {
    return BoostedTrees.Fitted.inputs(rows.row(row), cross.strengths()[row]);
  }

  private Examples examples(int[] chosen, Logistic stack) {
    int columns = rows.columns() + stack.weights().length;
    double[] values = new double[Math.multiplyExact(chosen.length, columns)];
    double[] offsets = new double[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      System.arraycopy(inputs(chosen[i]), 0, values, i * columns, columns);
      offsets[i] = stack.logOdds(cross.strengths()[chosen[i]]);
    }
    return new Examples(values, columns, cross.known(chosen), offsets);
  }

  /** The number of trees with the lowest log loss over all folds, each row judged without it. */
  private int best(Part[] parts) {
    double[] losses = new double[options.trees() + 1];
    for (Part part : parts) {
      for (int row : part.judged) {
        double[] inputs = inputs(row);
        double sign = cross.anomalies()[row] ? -1 : 1;
        double logOdds = part.stack.logOdds(cross.strengths()[row]);
        losses[0] += loss(sign * logOdds);
        for (int t = 0; t < options.trees(); t++) {
          logOdds += t < part.trees.count() ? part.trees.value(t, inputs) : 0;
          losses[t + 1] += loss(sign * logOdds);
        }
      }
    }
    int best = 0;
    for (int t = 1; t < losses.length; t++) {
      best = losses[t] < losses[best] ? t : best;
    }
    return best;
  }

  private static double loss(double wrong) {
    return Math.max(wrong, 0) + Math.log1p(Math.exp(-Math.abs(wrong)));
  }

  private float[] held(Part[] parts, Logistic whole, int trees) {
    float[] held = new float[rows.rows()];
    for (Part part : parts) {
      Logistic stack = cross.aligned(part.stack, whole);
      for (int row : part.judged) {
        double[] inputs = inputs(row);
        double logOdds = stack.logOdds(cross.strengths()[row]);
        for (int t = 0; t < Math.min(trees, part.trees.count()); t++) {
          logOdds += part.trees.value(t, inputs);
        }
        held[row] = (float) logOdds;
      }
    }
    return held;
  }
}
