package dev.vedette;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vedette.data.Matrix;
import dev.vedette.row.BaggedNeighbor;
import dev.vedette.row.Combine;
import dev.vedette.row.Ecod;
import dev.vedette.row.IsolationForest;
import dev.vedette.row.Knn;
import dev.vedette.row.Mahalanobis;
import dev.vedette.row.ZScore;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DetectorsTest {
  /** How far the first column is from a fixed value. */
  record Distance(double from) implements RowDetector {
    @Override
    public Fitted fit(Matrix rows) {
      return new Fitted(this, rows.columns());
    }

    record Fitted(Distance detector, int columns) implements RowModel {
      @Override
      public double score(double[] row) {
        return Math.abs(row[0] - detector.from);
      }

      @Override
      public Attribution attribute(double[] row) {
        double[] weights = new double[columns];
        weights[0] = 1;
        return Attribution.proportional(score(row), 0, weights, row.clone());
      }
    }
  }

  @Test
  void readsDetectors() {
    Detectors detectors = Detectors.standard();
    assertThat(detectors.parse("iforest trees=200 seed=7"))
        .isEqualTo(new IsolationForest().trees(200).seed(7));
    assertThat(detectors.parse("knn k=3 distance=mean")).isEqualTo(new Knn(3, Knn.Distance.MEAN));
    assertThat(detectors.parse("zscore combine=max")).isEqualTo(new ZScore().combine(Combine.MAX));
    assertThat(detectors.parse("mahalanobis=0.5")).isEqualTo(new Mahalanobis(0.5));
    assertThat(detectors.parse("ecod")).isEqualTo(new Ecod());
    assertThat(detectors.first()).isEqualTo(new BaggedNeighbor());
  }

  @Test
  void saysWhatIsWrong() {
    assertRefused(
        "forest",
        "no detector [forest]; there are "
            + Stream.concat(
                    Detectors.standard().entries().stream(),
                    Detectors.standard().labelledEntries().stream())
                .map(Detectors.Entry::name)
                .toList());
    assertRefused("iforest depth=3", "iforest has no option [depth]; it has [trees, sample, seed]");
    assertRefused("iforest trees=0", "iforest: trees must be from 1 to 10000, is 0");
    assertRefused("mahalanobis=0.4", "mahalanobis: keep must be from 0.5 to 1, is 0.4");
    assertRefused("mahalanobis=NaN", "mahalanobis: keep must be from 0.5 to 1, is NaN");
    assertRefused(
        "pca components=1.5", "pca: components must be a share below 1 or a whole number, is 1.5");
    assertRefused(
        "knn distance=median", "knn: distance must be one of [largest, mean], is 'median'");
    assertRefused("ecod=1", "ecod has no options; write just ecod");
  }

  private static void assertRefused(String text, String message) {
    assertThatThrownBy(() -> Detectors.standard().parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void writesDetectorsWithAllOptions() {
    Detectors detectors = Detectors.standard();
    assertThat(detectors.text(new Knn())).isEqualTo("knn k=5 distance=largest");
    assertThat(detectors.text(new IsolationForest()))
        .isEqualTo("iforest trees=100 sample=256 seed=42");
    for (Detectors.Entry entry : detectors.entries()) {
      assertThat(detectors.parse(detectors.text(entry.defaults()))).isEqualTo(entry.defaults());
      assertThat(entry.summary()).isNotBlank();
      assertThat(entry.cost()).startsWith("row O(");
      assertThat(entry.model()).isNotInterface();
    }
  }

  @Test
  void anOwnDetectorJoins() {
    Detectors standard = Detectors.standard();
    Detectors mine = standard.and("distance", new Distance(3), "how far from a value", "row O(1)");
    assertThat(mine.parse("distance=5")).isEqualTo(new Distance(5));
    assertThat(mine.text(new Distance(5))).isEqualTo("distance from=5");
    assertThat(mine.entries()).hasSize(standard.entries().size() + 1);
    assertThat(mine.entries().getLast().model()).isEqualTo(Distance.Fitted.class);
    assertThat(mine.first()).isEqualTo(standard.first());
    assertThatThrownBy(() -> standard.text(new Distance(5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Distance is not in the catalogue; add it with Detectors.standard().and(...)");
    assertThatThrownBy(() -> mine.and("knn", new Distance(1), "", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is already a detector [knn]");
  }
}
