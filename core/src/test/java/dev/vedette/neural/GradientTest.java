package dev.vedette.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
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
      Arrays.fill(row, 1);
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

  @Test
  void memoryOverSteps() {
    var layer = new LstmLayer(2, 3, new SplittableRandom(9));
    var random = new SplittableRandom(10);
    float[][][] in = new float[4][][];
    float[][][] factors = new float[4][][];
    for (int t = 0; t < 4; t++) {
      in[t] = random(2, COUNT, random);
      factors[t] = random(3, COUNT, random);
    }
    layer.forward(in, COUNT);
    float[][][] back = layer.backward(factors, COUNT);
    for (int t = 0; t < 4; t++) {
      back[t] = copy(back[t]);
    }
    for (Weights weights : layer.weights()) {
      for (int i = 0; i < weights.values().length; i++) {
        for (int j = 0; j < weights.values()[i].length; j++) {
          isSlope(
              weights.gradients()[i][j], () -> memory(layer, in, factors), weights.values()[i], j);
        }
      }
    }
    for (int t = 0; t < 4; t++) {
      for (int i = 0; i < 2; i++) {
        isSlope(back[t][i][5], () -> memory(layer, in, factors), in[t][i], 5);
      }
    }
  }

  private static double memory(LstmLayer layer, float[][][] in, float[][][] factors) {
    float[][][] out = layer.forward(in, COUNT);
    double sum = 0;
    for (int t = 0; t < in.length; t++) {
      sum += sum(out[t], factors[t]);
    }
    return sum;
  }

  /** Checks the gradient of Σ cₒₖ·outₒₖ with fixed random c by every weight and every input. */
  private static void check(Layer layer, int inputs) {
    var random = new SplittableRandom(1);
    float[][] in = random(inputs, COUNT, random);
    float[][] factors = random(layer.outputs(), COUNT, random);
    layer.forward(in, COUNT, true);
    float[][] back = copy(layer.backward(copy(factors), COUNT));
    DoubleSupplier loss = () -> sum(layer.forward(in, COUNT, true), factors);
    for (Weights weights : layer.weights()) {
      float[][] values = weights.values();
      for (int i = 0; i < values.length; i++) {
        for (int j = 0; j < values[i].length; j += 1 + values[i].length / 8) {
          isSlope(weights.gradients()[i][j], loss, values[i], j);
        }
      }
    }
    for (int i = 0; i < inputs; i++) {
      for (int k = 0; k < COUNT; k++) {
        isSlope(back[i][k], loss, in[i], k);
      }
    }
  }

  private static void isSlope(float gradient, DoubleSupplier loss, float[] values, int at) {
    float value = values[at];
    values[at] = value + STEP;
    double above = loss.getAsDouble();
    values[at] = value - STEP;
    double below = loss.getAsDouble();
    values[at] = value;
    double slope = (above - below) / (2 * STEP);
    assertThat((double) gradient).isCloseTo(slope, within(0.02 * Math.max(1, Math.abs(slope))));
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
