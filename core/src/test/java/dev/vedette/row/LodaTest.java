package dev.vedette.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.Attribution;
import dev.vedette.data.Matrix;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Derived by hand from Eq. 4 and 6 of Pevný 2016. */
class LodaTest {
  private static final double NONE = Double.NaN;
  private static final double EXACT = 1e-12;

  /** In one column each projection is the column, stretched or mirrored. */
  private static Loda.Fitted line(int bins) {
    return new Loda().bins(bins).fit(Matrix.of(new double[][] {{0}, {1}, {2.5}, {9}, {10}}));
  }

  private static double score(Loda.Fitted model, double... row) {
    return model.score(row);
  }

  @Test
  void theScoreIsTheMeanSurprise() {
    Loda.Fitted two = line(2); // 3 rows, 2 rows
    assertThat(score(two, 1)).isZero();
    assertThat(score(two, 9)).isCloseTo(Math.log(1.5), within(EXACT));
    assertThat(score(two, 11)).isCloseTo(Math.log(6), within(EXACT)); // outside: half a row
    Loda.Fitted five = line(5); // 2 1 0 0 2
    assertThat(score(five, 2.5)).isCloseTo(Math.log(2), within(EXACT));
    assertThat(score(five, 5)).isCloseTo(Math.log(4), within(EXACT));
  }

  @Test
  void projectionsOfMissingColumnsAreLeftOut() {
    // Each projection uses one of the two columns: √2, rounded.
    double[][] rows = {{0, 0}, {1, 0}, {2.5, 0}, {9, 0}, {10, 0}};
    Loda.Fitted model = new Loda().bins(2).fit(Matrix.of(rows));
    assertThat(score(model, 9, NONE)).isCloseTo(Math.log(1.5), within(EXACT));
    assertThat(score(model, NONE, 0)).isZero();
    assertThat(score(model, NONE, 1)).isCloseTo(Math.log(10), within(EXACT));
    Attribution attribution = model.attribute(new double[] {9, NONE});
    assertThat(attribution.base()).isCloseTo(0.4 * Math.log(1.5), within(EXACT));
    assertThat(attribution.contributions()[0]).isCloseTo(0.6 * Math.log(1.5), within(EXACT));
    assertThat(attribution.contributions()[1]).isZero();
    // Nothing is known: the mean of the training rows.
    double mean = DoubleStream.of(model.score(Matrix.of(rows))).average().orElseThrow();
    assertThat(score(model, NONE, NONE)).isCloseTo(mean, within(EXACT));
  }

  @Test
  void aColumnThatWasNeverThereIsNoTrouble() {
    double[][] rows = {{0, NONE}, {1, NONE}, {2.5, NONE}, {9, NONE}, {10, NONE}};
    Loda.Fitted model = new Loda().bins(2).fit(Matrix.of(rows));
    assertThat(score(model, 9, NONE)).isCloseTo(Math.log(1.5), within(EXACT));
    assertThat(score(model, 1, 7)).isBetween(0.0, 1.0);
  }

  @Test
  void binsMaximiseThePenalisedLikelihood() {
    // Ten rows at either end. With b > 2 bins the likelihood is 20 ln(b / 2), the penalty
    // b − 1 + ln(b)^2.5: 4.8, 8.6, 11.0, 12.7 for b = 3 to 6, and 20 / ln 20 allows no more.
    double[] ends = new double[20];
    for (int i = 10; i < 20; i++) {
      ends[i] = 1;
    }
    assertThat(Loda.automaticBins(ends)).isEqualTo(6);
    // Eight rows allow three: 8 ln(3 / 2) is less than 2 + ln(3)^2.5.
    assertThat(Loda.automaticBins(new double[] {0, 0, 0, 0, 1, 1, 1, 1})).isEqualTo(1);
    // An even spread needs no bins.
    double[] even = new double[10_000];
    for (int i = 0; i < even.length; i++) {
      even[i] = i;
    }
    assertThat(Loda.automaticBins(even)).isEqualTo(1);
  }

  @Test
  void binsAreThoseOfAnExactCount() {
    double[] values = new double[500];
    var random = new SplittableRandom(3);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian() + (i % 3 == 0 ? 8 : 0);
    }
    int best = 0;
    double highest = Double.NEGATIVE_INFINITY;
    for (int bins = 1; bins <= 500 / Math.log(500); bins += Math.max(1, bins / 16)) {
      double likelihood = likelihood(values, bins);
      if (likelihood > highest) {
        highest = likelihood;
        best = bins;
      }
    }
    assertThat(best).isGreaterThan(3);
    assertThat(Loda.automaticBins(values)).isEqualTo(best);
  }

  private static double likelihood(double[] values, int bins) {
    double min = DoubleStream.of(values).min().orElseThrow();
    double max = DoubleStream.of(values).max().orElseThrow();
    int[] counts = new int[bins];
    for (double value : values) {
      counts[(int) Math.min(bins - 1, (value - min) / (max - min) * bins)]++;
    }
    double likelihood = 1 - bins - Math.pow(Math.log(bins), 2.5);
    for (int count : counts) {
      likelihood += count == 0 ? 0 : count * Math.log((double) bins * count / values.length);
    }
    return likelihood;
  }
}
