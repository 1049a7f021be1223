package dev.vedette.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.DataException;
import dev.vedette.Progress;
import dev.vedette.data.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TrainingTest {
  /** Rows on a curved line through four columns, and a little noise. */
  private static Matrix line(int rows, long seed) {
    var random = new SplittableRandom(seed);
    double[][] values = new double[rows][];
    for (int i = 0; i < rows; i++) {
      double t = 2 * random.nextDouble() - 1;
      values[i] =
          new double[] {
            t, t * t, Math.sin(3 * t), 5 + 100 * t + 0.1 * random.nextGaussian(),
          };
    }
    return Matrix.of(values);
  }

  @Test
  void theLossFallsAndIsTold() {
    var losses = new ArrayList<Double>();
    var detector =
        new Autoencoder()
            .hidden(12, 2, 12)
            .activation(Activation.TANH)
            .training(new Training().epochs(100).batch(16).rate(0.01));
    var model =
        detector.fit(
            line(800, 1),
            (epoch, epochs, loss) -> {
              assertThat(epoch).isEqualTo(losses.size() + 1);
              assertThat(epochs).isEqualTo(100);
              losses.add(loss);
            });
    assertThat(losses.getLast()).isLessThan(losses.getFirst() / 8);
    double[] off = {0.5, 0.25, -Math.sin(1.5), 55};
    double[] on = {0.5, 0.25, Math.sin(1.5), 55};
    assertThat(model.score(off)).isGreaterThan(10 * model.score(on));
    double[] parts = model.attribute(off).contributions();
    assertThat(parts[2]).isGreaterThan(1.3 * Math.max(parts[0], Math.max(parts[1], parts[3])));
  }

  @Test
  void trainingEndsWhenWhatIsHeldBackGetsNoBetter() {
    var epochs = new ArrayList<Integer>();
    var training = new Training().epochs(10_000).rate(0.02).patience(3);
    new Autoencoder()
        .training(training.schedule(Training.Schedule.CONSTANT))
        .fit(line(200, 2), (epoch, most, loss) -> epochs.add(epoch));
    assertThat(epochs).hasSizeBetween(4, 2_000);
  }

  @Test
  void trainingThatDivergesIsRefused() {
    var stack = Stack.dense(List.of(2, 3, 2), Activation.RELU, 0, new SplittableRandom(1));
    var diverging =
        new Objective() {
          @Override
          public double learn(float[][] batch, int count, SplittableRandom random) {
            weights().getFirst().values()[1][2] = Float.POSITIVE_INFINITY;
            return 0.5;
          }

          @Override
          public double loss(float[][] batch, int count) {
            return 0.5;
          }

          @Override
          public void rate(double rate) {}

          @Override
          public List<Weights> weights() {
            return stack.weights();
          }
        };
    float[][] rows = new float[40][2];
    var trainer = new Trainer(diverging, rows, new Training().rate(0.125), 1, Progress.NONE);
    assertThatThrownBy(trainer::run)
        .isInstanceOf(DataException.class)
        .hasMessage("training diverged in epoch 1: the loss is 0.5; lower the rate (it is 0.125)");
  }

  @Test
  void aModelThatScoresAllRowsAlikeIsRefused() {
    Matrix rows = line(50, 4);
    var flat = new Net(List.of(new Net.Dense(new float[4][1], new float[1], Activation.IDENTITY)));
    var model =
        new DeepSvdd.Fitted(new DeepSvdd(), Standardizer.of(rows), flat, new float[] {1}, 1);
    assertThatThrownBy(() -> Trainer.requireSpread(model, rows))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("training collapsed: all of 50 different rows score 1.0");
    Matrix same = rows.select(new int[] {7, 7, 7});
    assertThat(Trainer.requireSpread(model, same)).isSameAs(model);
  }

  @Test
  void noiseAndMixtureStayNearTheRows() {
    var augmentation = new Augmentation(new Regularization().noise(0.5).mixing(1));
    float[][] batch = {{0, 10, 20, 30}};
    float[][] noisy = augmentation.noisy(batch, 4, new SplittableRandom(1));
    assertThat(noisy[0]).isNotEqualTo(batch[0]);
    for (int k = 0; k < 4; k++) {
      assertThat((double) noisy[0][k]).isCloseTo(batch[0][k], within(3.0));
    }
    augmentation.mix(batch, 4, new SplittableRandom(2));
    for (int k = 0; k < 3; k++) {
      assertThat((double) batch[0][k]).isBetween(10.0 * k, 10.0 * (k + 1));
    }
    assertThat(batch[0][3]).isEqualTo(30);
  }

  @Test
  void ownExponentialIsThatOfTheLibrary() {
    for (float z = -87; z <= 87; z += 0.0137f) {
      assertThat(Activation.exp(z) / Math.exp(z)).isCloseTo(1, within(5e-7));
      assertThat((double) Activation.sigmoid(z)).isCloseTo(1 / (1 + Math.exp(-z)), within(2e-7));
    }
    assertThat(Activation.exp(1000)).isFinite();
    assertThat(Activation.sigmoid(-1000)).isBetween(0f, 1e-30f);
  }
}
