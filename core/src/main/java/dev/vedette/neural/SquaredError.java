package dev.vedette.neural;

/** The mean squared error over features and samples, and its gradient. */
final class SquaredError {
  private float[][] gradient = {};
  private float[] squares = {};

  double of(float[][] out, float[][] wanted, int count) {
    if (squares.length < count) {
      squares = new float[count];
    }
    double total = 0;
    for (int j = 0; j < out.length; j++) {
      float[] a = out[j];
      float[] b = wanted[j];
      for (int k = 0; k < count; k++) {
        float difference = a[k] - b[k];
        squares[k] = difference * difference;
      }
      total += Tiles.sum(squares, count);
    }
    return total / ((double) count * out.length);
  }

  /** By {@code out}; the array is written over by the next call. */
  float[][] gradient(float[][] out, float[][] wanted, int count) {
    if (gradient.length == 0 || gradient[0].length < count) {
      gradient = new float[out.length][count];
    }
    float scale = 2f / (count * out.length);
    for (int j = 0; j < out.length; j++) {
      float[] a = out[j];
      float[] b = wanted[j];
      float[] g = gradient[j];
      for (int k = 0; k < count; k++) {
        g[k] = scale * (a[k] - b[k]);
      }
    }
    return gradient;
  }
}
