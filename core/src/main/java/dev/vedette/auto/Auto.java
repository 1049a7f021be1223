package dev.vedette.auto;

import dev.vedette.DataException;
import dev.vedette.RowDetector;
import dev.vedette.data.Matrix;
import dev.vedette.ensemble.Ensemble;

/**
 * Chooses detectors for the rows it is given: of the four kinds that ranked the known anomalies of
 * public sets best in the same regime, from each the one with the options that did best, together
 * as an {@link Ensemble}. The model's detector is that ensemble, which fits the same again without
 * a choice; its note tells the choice in one sentence.
 *
 * <p>Two things about the rows matter. Where more than a tenth of them repeat others, it chooses as
 * if anomalies were among them even when they are said to be clean: distances to near neighbours
 * are mostly zero there, and how often a row occurs says more. Of more than 20,000 rows, detectors
 * that compare a row to all of them are left out.
 *
 * <p>Score, fit and row as the ensemble's. How far below the best detector for each set it stays,
 * when it chooses by the other sets only, is in {@code bench/results/auto.md}.
 *
 * @param regime what the training rows are known to be; this cannot be told from the rows
 * @param seed of what is chosen, where it draws lots
 */
public record Auto(Regime regime, long seed) implements RowDetector {
  /** What the training rows are known to be. */
  public enum Regime {
    /** There may be anomalies among them. The safe answer: wrong, it costs less than the other. */
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
    Choice choice = Choice.of(regime, rows, evidence);
    return Ensemble.Fitted.of(new Ensemble(choice.members(), seed), rows, choice.note());
  }
}
