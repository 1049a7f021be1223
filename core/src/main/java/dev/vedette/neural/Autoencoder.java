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
 * Autoencoder: a network squeezes a row through few units and rebuilds it; what it has not learned
 * to rebuild is unusual.
 *
 * <p>Score ≥ 0: the mean squared error of the rebuilt row, in standard deviations of the columns. 0
 * is rebuilt exactly; about 1 is rebuilt no better than by the mean of every column.
 *
 * <p>Fit O(epochs · n · weights) on one thread, row O(weights), memory O(n·d). Where anomalies are
 * common among the training rows it learns to rebuild them too: fit it on normal rows. A network
 * that is nowhere narrower than the row only copies it.
 *
 * <p>Hinton and Salakhutdinov, "Reducing the Dimensionality of Data with Neural Networks", 2006,
 * doi:10.1126/science.1127647; for anomalies Hawkins et al. 2002, doi:10.1007/3-540-46145-0_17.
 *
 * @param hidden units of the hidden layers, 1 to 16 layers of 1 to 4,096; none: three layers of
 *     about 1½, ⅓ and 1½ times the columns: what is curved needs room on both sides of the few
 * @param activation of the hidden layers; the last layer is linear
 * @param training how it is trained
 * @param regularization what keeps it from copying
 * @param seed of all randomness
 */
public record Autoencoder(
    List<Integer> hidden,
    Activation activation,
    Training training,
    Regularization regularization,
    long seed)
    implements RowDetector {
  public Autoencoder {
    hidden = Widths.require(hidden);
  }

  /** Three hidden layers that fit the columns. */
  public Autoencoder() {
    this(List.of(), Activation.RELU, new Training(), new Regularization(), 42);
  }

  public Autoencoder hidden(Integer... units) {
    return new Autoencoder(List.of(units), activation, training, regularization, seed);
  }

  public Autoencoder activation(Activation activation) {
    return new Autoencoder(hidden, activation, training, regularization, seed);
  }

  public Autoencoder training(Training training) {
    return new Autoencoder(hidden, activation, training, regularization, seed);
  }

  public Autoencoder regularization(Regularization regularization) {
    return new Autoencoder(hidden, activation, training, regularization, seed);
  }

  public Autoencoder seed(long seed) {
    return new Autoencoder(hidden, activation, training, regularization, seed);
  }

  @Override
  public Fitted fit(Matrix rows) {
    return fit(rows, Progress.NONE);
  }

  @Override
  public Fitted fit(Matrix rows, Progress progress) {
    rows.requireRows(2);
    rows.requireComplete();
    Standardizer standardizer = Standardizer.of(rows);
    var random = Seeds.stream(seed, -1);
    int columns = rows.columns();
    List<Integer> inner =
        hidden.isEmpty()
            ? List.of(Widths.wide(columns), Widths.inner(columns), Widths.wide(columns))
            : hidden;
    Stack stack =
        Stack.dense(
            Widths.path(columns, inner, columns), activation, regularization.dropout(), random);
    var objective = new Reconstruction(stack, regularization, training.rate());
    new Trainer(objective, Trainer.rows(standardizer, rows), training, seed, progress).run();
    return Trainer.requireSpread(new Fitted(this, standardizer, stack.learned()), rows);
  }

  /**
   * A fitted {@link Autoencoder}.
   *
   * @param standardizer of the columns
   * @param net from a standardised row to the rebuilt one
   */
  public record Fitted(Autoencoder detector, Standardizer standardizer, Net net)
      implements RowModel {
    public Fitted {
      Require.that(
          net.inputs() == standardizer.columns() && net.outputs() == standardizer.columns(),
          "the network and the columns differ in width");
    }

    @Override
    public int columns() {
      return standardizer.columns();
    }

    private float[] rebuilt(double[] row) {
      Require.row(row, columns(), false);
      return net.apply(standardizer.bounded(row));
    }

    @Override
    public double score(double[] row) {
      return standardizer.error(row, rebuilt(row));
    }

    /**
     * A column's part is how much the score falls when the column alone is set to its mean or to
     * its rebuilt value, scaled so that the parts sum to the score: the squared error of a column
     * is not that, as what goes in spoils how all columns are rebuilt. Normal is the rebuilt value.
     */
    @Override
    public Attribution attribute(double[] row) {
      return Occlusion.attribute(this, row, standardizer.mean(), standardizer.values(rebuilt(row)));
    }
  }
}
