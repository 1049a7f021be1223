package dev.vedette.neural;

import dev.vedette.Require;

/**
 * How a network is trained.
 *
 * @param epochs passes over the rows at most, 1 to 100,000; training ends earlier when the rows
 *     held back for validation get no better
 * @param batch rows a step, 1 to 65,536; fewer, but at least 8, where that would make less than 20
 *     steps an epoch
 * @param rate the size of the first steps, above 0 to 1
 * @param schedule how the size of the steps changes
 * @param validation the share of the rows held back to see when to end, 0 (none) to 0.5
 * @param patience epochs without a better validation loss before training ends, 1 to 100,000
 */
public record Training(
    int epochs, int batch, double rate, Schedule schedule, double validation, int patience) {
  private static final int LEAST_BATCH = 8;
  private static final int LEAST_STEPS = 20;

  public Training {
    Require.range("epochs", epochs, 1, 100_000);
    Require.range("batch", batch, 1, 65_536);
    Require.range("rate", rate, 1e-9, 1);
    Require.range("validation", validation, 0, 0.5);
    Require.range("patience", patience, 1, 100_000);
  }

  /** How the size of the steps changes from the first epoch to the last. */
  public enum Schedule {
    /** It stays. */
    CONSTANT,
    /** It falls to zero along half a cosine (Loshchilov and Hutter 2017, arXiv:1608.03983). */
    COSINE;

    double rate(double first, int epoch, int epochs) {
      return this == CONSTANT ? first : first * (1 + Math.cos(Math.PI * epoch / epochs)) / 2;
    }
  }

  /** 50 epochs of batches of 64, a tenth held back, ended after ten epochs without gain. */
  public Training() {
    this(50, 64, 0.002, Schedule.COSINE, 0.1, 10);
  }

  /** The rows a step of {@code rows}. */
  int batchOf(int rows) {
    return Math.min(rows, Math.min(batch, Math.max(LEAST_BATCH, rows / LEAST_STEPS)));
  }

  public Training epochs(int epochs) {
    return new Training(epochs, batch, rate, schedule, validation, patience);
  }

  public Training batch(int batch) {
    return new Training(epochs, batch, rate, schedule, validation, patience);
  }

  public Training rate(double rate) {
    return new Training(epochs, batch, rate, schedule, validation, patience);
  }

  public Training schedule(Schedule schedule) {
    return new Training(epochs, batch, rate, schedule, validation, patience);
  }

  public Training validation(double validation) {
    return new Training(epochs, batch, rate, schedule, validation, patience);
  }

  public Training patience(int patience) {
    return new Training(epochs, batch, rate, schedule, validation, patience);
  }
}
