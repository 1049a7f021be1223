package dev.vedette.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.Attribution;
import dev.vedette.DataException;
import dev.vedette.Detectors;
import dev.vedette.Models;
import dev.vedette.RowModel;
import dev.vedette.data.Matrix;
import dev.vedette.row.BaggedNeighbor;
import dev.vedette.row.Knn;
import dev.vedette.row.ZScore;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnsembleTest {
  private static Matrix rows(int count, long seed) {
    var random = new SplittableRandom(seed);
    double[][] rows = new double[count][];
    for (int i = 0; i < count; i++) {
      double x = random.nextGaussian();
      rows[i] = new double[] {x, x + 0.1 * random.nextGaussian(), random.nextGaussian()};
    }
    return Matrix.of(rows);
  }

  @Test
  void strengthIsMinusLogOfTheShareAtLeastAsHigh() {
    double[] scores = IntStream.rangeClosed(1, 9).mapToDouble(i -> i).toArray();
    Strength strength = Strength.of(scores);
    assertThat(strength.at(1)).isZero();
    assertThat(strength.at(-5)).isZero();
    // of ten with the row itself, the five highest and the row are at least as high as 5
    assertThat(strength.at(5)).isCloseTo(-Math.log10(0.6), within(1e-12));
    assertThat(strength.at(9)).isCloseTo(-Math.log10(0.2), within(1e-12));
    // half way between two points, half way between their strengths
    assertThat(strength.at(5.5)).isCloseTo(-Math.log10(0.6 * 0.5) / 2, within(1e-12));
    // all eight excesses over the lowest score have the mean 4.5: the tail falls by e over 4.5
    assertThat(strength.at(18)).isCloseTo(-Math.log10(0.2) + 2 / Math.log(10), within(1e-12));
  }

  @Test
  void strengthIsFiniteAndNeverFalls() {
    for (double[] scores :
        new double[][] {
          {0},
          {3, 3, 3},
          {-1e300, 0, 1e300},
          {0, 0, 0, 1e-310},
          {-Double.MAX_VALUE, Double.MAX_VALUE}
        }) {
      Strength strength = Strength.of(scores);
      double last = 0;
      for (double score :
          new double[] {-Double.MAX_VALUE, -1e300, -1, 0, 1e-310, 1, 3, 1e300, Double.MAX_VALUE}) {
        assertThat(strength.at(score)).isFinite().isGreaterThanOrEqualTo(last);
        last = strength.at(score);
      }
    }
  }

  @Test
  void aFewPointsDescribeManyScores() {
    double[] scores = new SplittableRandom(1).doubles(50_000).toArray();
    Strength strength = Strength.of(scores);
    assertThat(strength.scores()).hasSizeLessThan(800);
    for (double score : new double[] {0.1, 0.5, 0.9, 0.99, 0.999}) {
      double share = Arrays.stream(scores).filter(s -> s >= score).count() / 50_000.0;
      assertThat(strength.at(score)).isCloseTo(-Math.log10(share), within(0.02));
    }
  }

  @Test
  void theScoreIsTheMeanOfTheStrengths() {
    Matrix training = rows(300, 1);
    RowModel knn = new Knn().k(1).fit(training);
    RowModel zScore = new ZScore().fit(training);
    Strength first = Strength.of(knn.scoreTraining(training));
    Strength second = Strength.of(zScore.scoreTraining(training));
    RowModel both = new Ensemble().members("knn:k=1+zscore").fit(training);
    double[] row = {0.3, -0.4, 2};
    assertThat(both.score(row))
        .isCloseTo((first.at(knn.score(row)) + second.at(zScore.score(row))) / 2, within(1e-12));
    double[] scores = both.scoreTraining(training);
    assertThat(scores[7])
        .isCloseTo(
            (first.at(knn.scoreTraining(training)[7])
                    + second.at(zScore.scoreTraining(training)[7]))
                / 2,
            within(1e-12));
  }

  @Test
  void theDefaultAndItsMembersAreInTheCatalogue() {
    assertThat(new Ensemble().detectors()).hasSize(4);
    assertThat(new Ensemble().seed(7).detectors().getFirst())
        .isEqualTo(new BaggedNeighbor().seed(7));
    assertThat(new Ensemble("bagged-neighbor:seed=3+knn", 7).detectors())
        .containsExactly(new BaggedNeighbor().seed(3), new Knn());
    assertThat(Detectors.standard().parse("ensemble members=knn:k=1+lof:k=8 seed=3"))
        .isEqualTo(new Ensemble("knn:k=1+lof:k=8", 3));
  }

  @Test
  void rowsAreLeftOutWhereAllMembersDoSo() {
    assertThat(new Ensemble().members("knn+lof").leavesOut()).isTrue();
    assertThat(new Ensemble().members("knn+pca").leavesOut()).isFalse();
    assertThat(new Ensemble().members("iforest+loda").acceptsMissing()).isTrue();
    assertThat(new Ensemble().members("iforest+knn").acceptsMissing()).isFalse();
  }

  @Test
  void whatCannotBeAMemberIsRefusedAtOnce() {
    assertThatThrownBy(() -> Detectors.standard().parse("ensemble members=knn+nonsense"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("ensemble: no detector [nonsense]; there are [");
    assertThatThrownBy(() -> new Ensemble().members("knn:k=x"))
        .hasMessageContaining("k must be a whole number");
    assertThatThrownBy(() -> new Ensemble().members("knn+ensemble"))
        .hasMessageContaining("ensemble is no member of an ensemble");
    assertThatThrownBy(() -> new Ensemble().members("auto+knn"))
        .hasMessageContaining("auto is no member of an ensemble");
    assertThatThrownBy(() -> new Ensemble().members("knn+")).hasMessageContaining("no detector []");
    assertThatThrownBy(() -> new Ensemble().members("knn+".repeat(16) + "knn"))
        .hasMessageContaining("the number of members must be from 1 to 16, is 17");
    assertThatThrownBy(() -> new Ensemble().members("knn:k=5").fit(rows(5, 1)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("5 rows given");
  }

  @Test
  void theColumnsThatAreWrongContributeMost() {
    Matrix training = rows(400, 1);
    RowModel model = new Ensemble().members("knn:k=5+mahalanobis+zscore").fit(training);
    double[] row = {0, 0, 6};
    Attribution attribution = model.attribute(row);
    assertThat(attribution.contributions()[2])
        .isGreaterThan(attribution.contributions()[0] + attribution.contributions()[1]);
    double[] broken = {1.5, -1.5, 0};
    double[] contributions = model.attribute(broken).contributions();
    assertThat(contributions[0]).isGreaterThan(contributions[2]);
    assertThat(contributions[1]).isGreaterThan(contributions[2]);
  }

  @Test
  void aModelOfAnEnsembleHasNoEnsemblesWithin(@TempDir Path folder) {
    var inner = new Ensemble().members("knn").fit(rows(50, 1));
    assertThatThrownBy(
            () -> new Ensemble.Fitted(inner.detector(), new RowModel[] {inner}, inner.scales(), ""))
        .hasMessageContaining("no member of an ensemble");
    Path file = folder.resolve("one.vedette");
    Models.save(inner, file);
    assertThat(Models.load(file).score(rows(9, 2))).containsExactly(inner.score(rows(9, 2)));
  }
}
