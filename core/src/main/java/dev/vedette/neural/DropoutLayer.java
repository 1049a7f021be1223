package dev.vedette.neural;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Leaves out units at random while training, and makes up for it in those that stay (Srivastava et
 * al. 2014, JMLR 15:1929; inverted).
 */
final class DropoutLayer implements Layer {
  private final int width;
  private final double share;
  private final float kept;
  private final SplittableRandom random;
  private float[][] mask = {};
  private float[][] out = {};
  private boolean dropped;

  DropoutLayer(int width, double share, SplittableRandom random) {
    this.width = width;
    this.share = share;
    this.kept = (float) (1 / (1 - share));
    this.random = random;
  }

  @Override
  public float[][] forward(float[][] in, int count, boolean training) {
    dropped = training;
    if (!training) {
      return in;
    }
    if (out.length == 0 || out[0].length < count) {
      mask = new float[width][count];
      out = new float[width][count];
    }
    for (int i = 0; i < width; i++) {
      for (int k = 0; k < count; k++) {
        mask[i][k] = random.nextDouble() < share ? 0 : kept;
        out[i][k] = in[i][k] * mask[i][k];
      }
    }
    return out;
  }

  @Override
  public float[][] backward(float[][] gradient, int count) {
    if (dropped) {
      for (int i = 0; i < width; i++) {
        for (int k = 0; k < count; k++) {
          gradient[i][k] *= mask[i][k];
        }
      }
    }
    return gradient;
  }

  @Override
  public int outputs() {
    return width;
  }

  @Override
  public List<Weights> weights() {
    return List.of();
  }
}
