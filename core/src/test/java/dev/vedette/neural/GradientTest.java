package dev.vedette.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Gradients of layers and objectives against central differences. */
class GradientTest {
  private static final float STEP = 1e-2f;
  private static final int COUNT = 7;

  @ParameterizedTest
  @EnumSource
  void denseLayer(Activation activation) {
    check(new DenseLayer(5, 6, activation, new SplittableRandom(3)), 5);
  }

  /** Widths on both sides of those from which gradients are added up in another way. */
  @ParameterizedTest
  @CsvSource({"3, 60", "60, 3", "50, 50", "1, 1", "9, 47"})
  void denseLayerOfAnyWidth(int inputs, int outputs) {
    check(new DenseLayer(inputs, outputs, Activation.TANH, new SplittableRandom(4)), inputs);
  }

  @Test
  void stackOfLayers() {
    check(Stack.dense(List.of(4, 6, 3, 5), Activation.TANH, 0, new SplittableRandom(5)), 4);
    check(Stack.unbiased(List.of(4, 6, 3), Activation.TANH, 0, new SplittableRandom(6)), 4);
  }

  @Test
  void dropoutPassesBackWhatItLetThrough() {
    var layer = new DropoutLayer(3, 0.5, new SplittableRandom(7));
    float[][] in = random(3, COUNT, new SplittableRandom(8));
    float[][] out = layer.forward(in, COUNT, true);
    float[][] ones = new float[3][COUNT];
    for (float[] row : ones) {
      java.util.Arrays.fill(row, 1);
    }
    float[][] back = layer.backward(ones, COUNT);
    int dropped = 0;
    for (int i = 0; i < 3; i++) {
      for (int k = 0; k < COUNT; k++) {
        assertThat(back[i][k] * in[i][k]).isEqualTo(out[i][k]);
        dropped += back[i][k] == 0 ? 1 : 0;
      }
    }
    assertThat(dropped).isBetween(4, 17);
    assertThat(layer.forward(in, COUNT, false)).isSameAs(in);
  }

  /** Checks the gradient of Σ cₒₖ·outₒₖ with fixed random c by every weight and every input. */
  private static void check(Layer layer, int inputs) {
    var random = new SplittableRandom(1);
    float[][] in = random(inputs, COUNT, random);
    float[][] factors = random(layer.outputs(), COUNT, random);
    layer.forward(in, COUNT, true);
    float[][] back = copy(layer.backward(copy(factors), COUNT));
    for (Weights weights : layer.weights()) {
      float[][] values = weights.values();
      for (int i = 0; i < values.length; i++) {
        for (int j = 0; j < values[i].length; j += 1 + values[i].length / 8) {
          double expected = slope(layer, in, factors, values[i], j);
          assertThat((double) weights.gradients()[i][j])
              .as("weight %s, %s", i, j)
              .isCloseTo(expected, within(0.02 * Math.max(1, Math.abs(expected))));
        }
      }
    }
    for (int i = 0; i < inputs; i++) {
      for (int k = 0; k < COUNT; k++) {
        double expected = slope(layer, in, factors, in[i], k);
        assertThat((double) back[i][k])
            .as("input %s, sample %s", i, k)
            .isCloseTo(expected, within(0.02 * Math.max(1, Math.abs(expected))));
      }
    }
  }

  private static double slope(
      Layer layer, float[][] in, float[][] factors, float[] values, int at) {
    float value = values[at];
    values[at] = value + STEP;
    double above = sum(layer.forward(in, COUNT, true), factors);
    values[at] = value - STEP;
    double below = sum(layer.forward(in, COUNT, true), factors);
    values[at] = value;
    return (above - below) / (2 * STEP);
  }

  private static double sum(float[][] out, float[][] factors) {
    double sum = 0;
    for (int o = 0; o < out.length; o++) {
      for (int k = 0; k < COUNT; k++) {
        sum += (double) out[o][k] * factors[o][k];
      }
    }
    return sum;
  }

  /** Values away from 0, where rectifiers have no slope. */
  private static float[][] random(int rows, int columns, SplittableRandom random) {
    float[][] values = new float[rows][columns];
    for (float[] row : values) {
      for (int k = 0; k < columns; k++) {
        row[k] = (float) random.nextGaussian();
      }
    }
    return values;
  }

  private static float[][] copy(float[][] values) {
    float[][] copy = new float[values.length][];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = values[i].clone();
    }
    return copy;
  }
}
