package dev.vedette.neural;

import dev.vedette.Attribution;
import dev.vedette.Progress;
import dev.vedette.Require;
import dev.vedette.RowDetector;
import dev.vedette.RowModel;
import dev.vedette.data.Matrix;
import dev.vedette.math.Seeds;
import java.util.Arrays;
import java.util.List;

/**
 * Variational autoencoder: rows are rebuilt from a few hidden numbers that are kept close to a
 * standard normal distribution, so that rare rows find no place of their own among them.
 *
 * <p>Score ≥ 0: the mean squared error of the row rebuilt from the mean of its hidden numbers, in
 * standard deviations of the columns. 0 is rebuilt exactly; about 1 is rebuilt no better than by
 * the mean of every column.
 *
 * <p>Fit O(epochs · n · weights) on one thread, row O(weights), memory O(n·d). With a large {@code
 * beta} the hidden numbers say nothing and every row is rebuilt as the mean.
 *
 * <p>Kingma and Welling, "Auto-Encoding Variational Bayes", 2014, arXiv:1312.6114 (Eq. 10); beta:
 * Higgins et al., ICLR 2017.
 *
 * @param hidden units of the hidden layers of the encoder; the decoder has them in reverse; none:
 *     one layer of about ¾ of the columns
 * @param latent hidden numbers, 1 to 1,024; 0: about a third of the columns
 * @param beta the weight of their distance from the standard normal distribution, 0 to 100
 * @param activation of the hidden layers
 * @param training how it is trained
 * @param regularization what keeps it from copying
 * @param seed of all randomness
 */
public record Vae(
    List<Integer> hidden,
    int latent,
    double beta,
    Activation activation,
    Training training,
    Regularization regularization,
    long seed)
    implements RowDetector {
  public Vae {
    hidden = Widths.require(hidden);
    Require.range("latent", latent, 0, 1024);
    Require.range("beta", beta, 0, 100);
  }

  /** Widths that fit the columns. */
  public Vae() {
    this(List.of(), 0, 0.02, Activation.RELU, new Training(), new Regularization(), 42);
  }

  public Vae hidden(Integer... units) {
    return new Vae(List.of(units), latent, beta, activation, training, regularization, seed);
  }

  public Vae latent(int latent) {
    return new Vae(hidden, latent, beta, activation, training, regularization, seed);
  }

  public Vae beta(double beta) {
    return new Vae(hidden, latent, beta, activation, training, regularization, seed);
  }

  public Vae activation(Activation activation) {
    return new Vae(hidden, latent, beta, activation, training, regularization, seed);
  }

  public Vae training(Training training) {
    return new Vae(hidden, latent, beta, activation, training, regularization, seed);
  }

  public Vae regularization(Regularization regularization) {
    return new Vae(hidden, latent, beta, activation, training, regularization, seed);
  }

  public Vae seed(long seed) {
    return new Vae(hidden, latent, beta, activation, training, regularization, seed);
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
    var random = Seeds.stream(seed, -1);
    List<Integer> outer = hidden.isEmpty() ? List.of(Widths.outer(columns)) : hidden;
    int inner = latent == 0 ? Widths.inner(columns) : latent;
    double dropout = regularization.dropout();
    Stack encoder =
        Stack.dense(Widths.path(columns, outer, 2 * inner), activation, dropout, random);
    Stack decoder =
        Stack.dense(Widths.path(inner, outer.reversed(), columns), activation, dropout, random);
    Standardizer standardizer = Standardizer.of(rows);
    var objective = new Elbo(encoder, decoder, beta, regularization, training.rate());
    new Trainer(objective, Trainer.rows(standardizer, rows), training, seed, progress).run();
    return Trainer.requireSpread(
        new Fitted(this, standardizer, encoder.learned(), decoder.learned()), rows);
  }

  /**
   * A fitted {@link Vae}.
   *
   * @param standardizer of the columns
   * @param encoder from a standardised row to the means and the log variances of its hidden numbers
   * @param decoder from the means to the rebuilt row
   */
  public record Fitted(Vae detector, Standardizer standardizer, Net encoder, Net decoder)
      implements RowModel {
    public Fitted {
      Require.that(
          encoder.inputs() == standardizer.columns() && decoder.outputs() == standardizer.columns(),
          "the networks and the columns differ in width");
      Require.that(
          encoder.outputs() == 2 * decoder.inputs(), "the decoder does not fit the encoder");
    }

    @Override
    public int columns() {
      return standardizer.columns();
    }

    private float[] rebuilt(double[] row) {
      Require.row(row, columns(), false);
      float[] code = encoder.apply(standardizer.bounded(row));
      return decoder.apply(Arrays.copyOf(code, decoder.inputs()));
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
