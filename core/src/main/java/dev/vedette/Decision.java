package dev.vedette;

/**
 * What is made of a score, on one scale for every detector.
 *
 * @param score as the model gave it; higher is more anomalous
 * @param pValue the share of calibration rows at least as anomalous, conformal: a normal row has a
 *     p-value of at most p with probability at most p
 * @param severity 0 (nothing special) to 100 (once in 100,000 rows or rarer); 20 for each power of
 *     ten
 * @param flagged whether the threshold calls it an anomaly
 */
public record Decision(double score, double pValue, double severity, boolean flagged) {}
