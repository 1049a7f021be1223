package dev.vedette.neural;

import dev.vedette.DataException;
import dev.vedette.Progress;
import dev.vedette.RowModel;
import dev.vedette.data.Matrix;
import dev.vedette.math.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Trains an {@link Objective} in epochs of shuffled mini-batches on one thread, and goes back to
 * the weights that did best on the rows held back.
 */
final class Trainer {
  private final Objective objective;
  private final float[][] rows;
  private final Training training;
  private final long seed;
  private final Progress progress;
  private final float[][] batch;

  /**
   * @param rows samples × features
   */
  Trainer(Objective objective, float[][] rows, Training training, long seed, Progress progress) {
    this.objective = objective;
    this.rows = rows;
    this.training = training;
    this.seed = seed;
    this.progress = progress;
    this.batch = new float[rows[0].length][training.batchOf(rows.length)];
  }

  /**
   * Trains to the end.
   *
   * @throws DataException when training diverged
   */
  void run() {
    int[] order = IntStream.range(0, rows.length).toArray();
    shuffle(order, Seeds.stream(seed, 0));
    int held = (int) (training.validation() * rows.length);
    int[] validation = Arrays.copyOf(order, held);
    int[] learned = Arrays.copyOfRange(order, held, rows.length);
    double best = Double.POSITIVE_INFINITY;
    int bestEpoch = 0;
    List<float[][]> kept = List.of();
    for (int epoch = 0; epoch < training.epochs(); epoch++) {
      objective.rate(training.schedule().rate(training.rate(), epoch, training.epochs()));
      double loss = learn(learned, epoch);
      if (held > 0) {
        loss = validate(validation);
      }
      requireFinite(loss, epoch);
      progress.epoch(epoch + 1, training.epochs(), loss);
      if (held > 0 && loss < best) {
        best = loss;
        bestEpoch = epoch;
        kept = copy();
      } else if (held > 0 && epoch - bestEpoch >= training.patience()) {
        break;
      }
    }
    if (held > 0) {
      restore(kept);
    }
  }

  private double learn(int[] learned, int epoch) {
    var random = Seeds.stream(seed, 1L + epoch);
    int[] order = learned.clone();
    shuffle(order, random);
    double total = 0;
    int size = batch[0].length;
    for (int from = 0; from < order.length; from += size) {
      int count = Math.min(size, order.length - from);
      for (int k = 0; k < count; k++) {
        put(rows[order[from + k]], k);
      }
      total += count * objective.learn(batch, count, random);
    }
    return total / order.length;
  }

  /** Fisher and Yates. */
  private static void shuffle(int[] order, SplittableRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }

  private double validate(int[] validation) {
    double total = 0;
    int size = batch[0].length;
    for (int from = 0; from < validation.length; from += size) {
      int count = Math.min(size, validation.length - from);
      for (int k = 0; k < count; k++) {
        put(rows[validation[from + k]], k);
      }
      total += count * objective.loss(batch, count);
    }
    return total / validation.length;
  }

  private void put(float[] row, int k) {
    for (int j = 0; j < row.length; j++) {
      batch[j][k] = row[j];
    }
  }

  private void requireFinite(double loss, int epoch) {
    boolean finite = Double.isFinite(loss);
    for (Weights weights : objective.weights()) {
      finite = finite && weights.areFinite();
    }
    if (!finite) {
      throw new DataException(
          "training diverged in epoch %s: the loss is %s; lower the rate (it is %s)"
              .formatted(epoch + 1, loss, training.rate()));
    }
  }

  private List<float[][]> copy() {
    var copies = new ArrayList<float[][]>();
    for (Weights weights : objective.weights()) {
      copies.add(weights.copy());
    }
    return copies;
  }

  private void restore(List<float[][]> copies) {
    List<Weights> weights = objective.weights();
    for (int i = 0; i < copies.size(); i++) {
      weights.get(i).restore(copies.get(i));
    }
  }

  /**
   * {@code model}, unless it scores rows alike that are not: what was trained collapsed.
   *
   * @throws DataException when it did
   */
  static <M extends RowModel> M requireSpread(M model, Matrix rows) {
    int least = Math.min(rows.rows(), 1000);
    double[] first = rows.row(0);
    double score = model.score(first);
    boolean same = true;
    for (int i = 1; i < least; i++) {
      double[] row = rows.row(i);
      same &= Arrays.equals(row, first);
      if (model.score(row) != score) {
        return model;
      }
    }
    if (!same) {
      throw new DataException(
          "training collapsed: all of %s different rows score %s; take another seed, a lower rate or more hidden units"
              .formatted(least, score));
    }
    return model;
  }

  /** The rows of a matrix, standardised and bounded. */
  static float[][] rows(Standardizer standardizer, Matrix matrix) {
    float[][] rows = new float[matrix.rows()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = standardizer.bounded(matrix.row(i));
    }
    return rows;
  }
}
