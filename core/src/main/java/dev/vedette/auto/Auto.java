package dev.vedette.auto;

import dev.vedette.DataException;
import dev.vedette.RowDetector;
import dev.vedette.data.Matrix;
import dev.vedette.ensemble.Ensemble;

/**
 * Chooses the detector for the rows it is given: the candidate that ranked the known anomalies of
 * public sets best on average, in the same regime, among those that can rank these rows and will
 * not take too long. The model is an {@link Ensemble.Fitted}, also of one member, whose {@link
 * Ensemble} fits the same again and whose note tells the choice in one sentence.
 *
 * <p>Passed over are candidates with a member that
 *
 * <ul>
 *   <li>compares a row to all others, where there are more than 20,000 rows;
 *   <li>gives more than a tenth of the rows, beyond those that equal each other, one and the same
 *       lowest score, as the nearest neighbour does where many rows repeat: it could not rank them.
 * </ul>
 *
 * <p>Score, fit and row as the ensemble's; what had to be passed over was fitted too.
 *
 * @param regime what the training rows are known to be
 * @param seed of what is chosen, where it draws lots
 */
public record Auto(Regime regime, long seed) implements RowDetector {
  /** What the training rows are known to be. */
  public enum Regime {
    /** There may be anomalies among them. To take clean rows for such costs less than the other. */
    CONTAMINATED,
    /** They are normal, all or nearly. */
    CLEAN
  }

  /** Where nothing is known of the training rows. */
  public Auto() {
    this(Regime.CONTAMINATED, 42);
  }

  public Auto regime(Regime regime) {
    return new Auto(regime, seed);
  }

  public Auto seed(long seed) {
    return new Auto(regime, seed);
  }

  @Override
  public Ensemble.Fitted fit(Matrix rows) {
    return fit(rows, Evidence.shipped());
  }

  /**
   * Chooses by {@code evidence}, and fits what is chosen.
   *
   * @throws DataException when there are too few rows
   */
  public Ensemble.Fitted fit(Matrix rows, Evidence evidence) {
    rows.requireRows(2);
    rows.requireComplete();
    return new Choice(this, rows, evidence).fit();
  }
}
