package dev.vedette.neural;

import dev.vedette.Attribution;
import dev.vedette.Progress;
import dev.vedette.Require;
import dev.vedette.RowDetector;
import dev.vedette.RowModel;
import dev.vedette.data.Matrix;
import dev.vedette.math.Seeds;
import java.util.Arrays;

/**
 * Sequence autoencoder: a memory reads the row as a sequence, step by step, and a second one writes
 * it again from what the first has kept; what it cannot write again is unusual. For rows that are
 * windows of a series, or whose columns have an order.
 *
 * <p>Score ≥ 0: the mean squared error of the rebuilt row, in standard deviations of the columns. 0
 * is rebuilt exactly; about 1 is rebuilt no better than by the mean of every column.
 *
 * <p>Fit O(epochs · n · steps · units²) on one thread, row O(steps · units²), memory O(n·d). Long
 * sequences of single values are slow and hard to learn: take several values a step.
 *
 * <p>Malhotra et al., "LSTM-based Encoder-Decoder for Multi-sensor Anomaly Detection", 2016,
 * arXiv:1607.00148; the decoder is given the code at every step, as in Cho et al. 2014,
 * doi:10.3115/v1/D14-1179.
 *
 * @param step columns a step, 1 to 10,000; the last step is filled up with zeros. 0: so many that
 *     there are at most 8 steps
 * @param units of each memory, 1 to 512
 * @param training how it is trained
 * @param regularization what keeps it from copying; without dropout
 * @param seed of all randomness
 */
public record SequenceAutoencoder(
    int step, int units, Training training, Regularization regularization, long seed)
    implements RowDetector {
  private static final int MOST_STEPS = 8;

  public SequenceAutoencoder {
    Require.range("step", step, 0, 10_000);
    Require.range("units", units, 1, 512);
    Require.that(
        regularization.dropout() == 0, "a sequence autoencoder has no dropout; use noise or l2");
  }

  /** 16 units. */
  public SequenceAutoencoder() {
    this(0, 16, new Training().batch(128).rate(0.01), new Regularization(), 42);
  }

  public SequenceAutoencoder step(int step) {
    return new SequenceAutoencoder(step, units, training, regularization, seed);
  }

  public SequenceAutoencoder units(int units) {
    return new SequenceAutoencoder(step, units, training, regularization, seed);
  }

  public SequenceAutoencoder training(Training training) {
    return new SequenceAutoencoder(step, units, training, regularization, seed);
  }

  public SequenceAutoencoder regularization(Regularization regularization) {
    return new SequenceAutoencoder(step, units, training, regularization, seed);
  }

  public SequenceAutoencoder seed(long seed) {
    return new SequenceAutoencoder(step, units, training, regularization, seed);
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
    int width = Math.min(columns, step == 0 ? Math.ceilDiv(columns, MOST_STEPS) : step);
    var random = Seeds.stream(seed, -1);
    var encoder = new LstmLayer(width, units, random);
    var decoder = new LstmLayer(units, units, random);
    var last = new DenseLayer(units, width, Activation.IDENTITY, random);
    Standardizer standardizer = Standardizer.of(rows);
    var objective =
        new SequenceReconstruction(width, encoder, decoder, last, regularization, training.rate());
    new Trainer(objective, Trainer.rows(standardizer, rows), training, seed, progress).run();
    var fitted =
        new Fitted(this, standardizer, encoder.learned(), decoder.learned(), last.learned());
    return Trainer.requireSpread(fitted, rows);
  }

  /**
   * A fitted {@link SequenceAutoencoder}.
   *
   * @param standardizer of the columns
   * @param encoder reads a row
   * @param decoder writes it
   * @param last from what the decoder shows to the values of a step
   */
  public record Fitted(
      SequenceAutoencoder detector,
      Standardizer standardizer,
      Lstm encoder,
      Lstm decoder,
      Net.Dense last)
      implements RowModel {
    public Fitted {
      Require.that(
          decoder.inputs() == encoder.units()
              && last.inputs() == decoder.units()
              && last.outputs() == encoder.inputs()
              && encoder.inputs() <= standardizer.columns(),
          "the memories of a sequence autoencoder do not fit each other");
    }

    @Override
    public int columns() {
      return standardizer.columns();
    }

    private float[] rebuilt(double[] row) {
      Require.row(row, columns(), false);
      int step = encoder.inputs();
      float[] values = standardizer.bounded(row);
      var read = new Lstm.State(encoder.units());
      float[] in = new float[step];
      for (int from = 0; from < values.length; from += step) {
        int count = Math.min(step, values.length - from);
        System.arraycopy(values, from, in, 0, count);
        Arrays.fill(in, count, step, 0);
        encoder.step(in, read);
      }
      var written = new Lstm.State(decoder.units());
      float[] rebuilt = new float[values.length];
      for (int from = 0; from < values.length; from += step) {
        decoder.step(read.out, written);
        float[] out = last.apply(written.out);
        System.arraycopy(out, 0, rebuilt, from, Math.min(step, values.length - from));
      }
      return rebuilt;
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
