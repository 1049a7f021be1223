package dev.vedette.neural;

import dev.vedette.Attribution;
import dev.vedette.Progress;
import dev.vedette.Require;
import dev.vedette.RowDetector;
import dev.vedette.RowModel;
import dev.vedette.data.Matrix;
import dev.vedette.math.Seeds;
import java.util.List;

/**
 * Deep support vector data description: a network maps the training rows close to one point; a row
 * that lands far from it is unusual.
 *
 * <p>Score ≥ 0: the squared distance from that point, divided by its mean over the training rows,
 * so that 1 is usual; where a value is farther than 8 standard deviations out, plus the square of
 * what lies beyond, as the network does not see that.
 *
 * <p>A network can map all rows onto the point and learn nothing (Propositions 1 and 2). Against
 * that it has no biases, the point lies away from zero and the activation is unbounded; if it
 * happens all the same, the fit is refused.
 *
 * <p>Fit O(epochs · n · weights) on one thread, row O(weights), attribution O(d · weights), memory
 * O(n·d).
 *
 * <p>Ruff et al., "Deep One-Class Classification", ICML 2018, Eq. 4.
 *
 * @param hidden units of the hidden layers; none: one layer of about ¾ of the columns
 * @param outputs of the network, 1 to 1,024; 0: about a third of the columns
 * @param training how it is trained
 * @param regularization what keeps it simple
 * @param seed of all randomness
 */
public record DeepSvdd(
    List<Integer> hidden, int outputs, Training training, Regularization regularization, long seed)
    implements RowDetector {
  public DeepSvdd {
    hidden = Widths.require(hidden);
    Require.range("outputs", outputs, 0, 1024);
  }

  /** Widths that fit the columns. */
  public DeepSvdd() {
    this(List.of(), 0, new Training().rate(0.0005), new Regularization(), 42);
  }

  public DeepSvdd hidden(Integer... units) {
    return new DeepSvdd(List.of(units), outputs, training, regularization, seed);
  }

  public DeepSvdd outputs(int outputs) {
    return new DeepSvdd(hidden, outputs, training, regularization, seed);
  }

  public DeepSvdd training(Training training) {
    return new DeepSvdd(hidden, outputs, training, regularization, seed);
  }

  public DeepSvdd regularization(Regularization regularization) {
    return new DeepSvdd(hidden, outputs, training, regularization, seed);
  }

  public DeepSvdd seed(long seed) {
    return new DeepSvdd(hidden, outputs, training, regularization, seed);
  }

  @Override
  public Fitted fit(Matrix rows) {
    return fit(rows, Progress.NONE);
  }

  @Override
  public Fitted fit(Matrix rows, Progress progress) {
    rows.requireRows(2);
    rows.requireComplete();
    int columns = rows.columns();
    Standardizer standardizer = Standardizer.of(rows);
    float[][] samples = Trainer.rows(standardizer, rows);
    List<Integer> inner = hidden.isEmpty() ? List.of(Widths.outer(columns)) : hidden;
    int width = outputs == 0 ? Widths.inner(columns) : outputs;
    Stack stack =
        Stack.unbiased(
            Widths.path(columns, inner, width),
            Activation.LEAKY_RELU,
            regularization.dropout(),
            Seeds.stream(seed, -1));
    float[] center = center(stack.learned(), samples);
    var objective = new Compactness(stack, center, regularization, training.rate());
    new Trainer(objective, samples, training, seed, progress).run();
    Net net = stack.learned();
    double usual = 0;
    for (float[] sample : samples) {
      usual += distance(net.apply(sample), center) / samples.length;
    }
    return Trainer.requireSpread(
        new Fitted(this, standardizer, net, center, usual > 0 ? usual : 1), rows);
  }

  /** The mean of what comes out before training, kept away from zero in every output. */
  private static float[] center(Net net, float[][] samples) {
    double[] sums = new double[net.outputs()];
    for (float[] sample : samples) {
      float[] out = net.apply(sample);
      for (int o = 0; o < sums.length; o++) {
        sums[o] += out[o];
      }
    }
    float[] center = new float[sums.length];
    for (int o = 0; o < sums.length; o++) {
      double mean = sums[o] / samples.length;
      center[o] = (float) (Math.abs(mean) < 0.1 ? Math.copySign(0.1, mean) : mean);
    }
    return center;
  }

  private static double distance(float[] out, float[] center) {
    double sum = 0;
    for (int o = 0; o < out.length; o++) {
      double difference = (double) out[o] - center[o];
      sum += difference * difference;
    }
    return sum;
  }

  /**
   * A fitted {@link DeepSvdd}.
   *
   * @param standardizer of the columns
   * @param net from a standardised row to a point
   * @param center the point the training rows lie close to
   * @param usual the mean squared distance of the training rows from it, more than 0
   */
  public record Fitted(
      DeepSvdd detector, Standardizer standardizer, Net net, float[] center, double usual)
      implements RowModel {
    public Fitted {
      Require.that(
          net.inputs() == standardizer.columns() && net.outputs() == center.length,
          "the network does not fit its columns or its centre");
      for (float value : center) {
        Require.that(Float.isFinite(value), "the centre is damaged");
      }
      Require.that(usual > 0 && Double.isFinite(usual), "the usual distance is not positive");
    }

    @Override
    public int columns() {
      return standardizer.columns();
    }

    @Override
    public double score(double[] row) {
      Require.row(row, columns(), false);
      return distance(net.apply(standardizer.bounded(row)), center) / usual
          + standardizer.beyond(row);
    }

    /**
     * A column's part is how much closer the row comes when the column alone is set to its mean,
     * scaled so that the parts sum to the score. Normal is the mean.
     */
    @Override
    public Attribution attribute(double[] row) {
      return Occlusion.attribute(this, row, standardizer.mean(), standardizer.mean().clone());
    }
  }
}
