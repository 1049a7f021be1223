package dev.vedette.math;

import dev.vedette.Require;
import java.util.Arrays;

/**
 * The discrete Fourier transform of any length n, in O(n log n): iterative radix 2 where n is a
 * power of two, else as a convolution of such a length (Bluestein 1970,
 * doi:10.1109/TAU.1970.1162132). X<sub>k</sub> = Σ x<sub>t</sub> e<sup>−2πikt/n</sup>; the inverse
 * divides by n.
 */
public final class Fourier {
  private final int length;
  private final double[] cosine;
  private final double[] sine;

  private Fourier(int length) {
    this.length = length;
    cosine = new double[length / 2];
    sine = new double[length / 2];
    for (int i = 0; i < length / 2; i++) {
      double angle = 2 * Math.PI * i / length;
      cosine[i] = Math.cos(angle);
      sine[i] = -Math.sin(angle);
    }
  }

  /** Transforms the complex numbers {@code re + i·im} in place. */
  public static void forward(double[] re, double[] im) {
    Require.that(re.length == im.length, "real and imaginary parts differ in length");
    int n = re.length;
    if (n <= 1) {
      return;
    }
    if (Integer.bitCount(n) == 1) {
      new Fourier(n).transform(re, im);
    } else {
      bluestein(re, im);
    }
  }

  /** Transforms back in place: {@code inverse(forward(x)) = x}. */
  public static void inverse(double[] re, double[] im) {
    forward(im, re); // swapping the parts conjugates before and after
    int n = re.length;
    for (int i = 0; i < n; i++) {
      re[i] /= n;
      im[i] /= n;
    }
  }

  /**
   * The sums Σ x<sub>t</sub> x<sub>t+lag</sub> for the lags 0 to {@code lags}, nothing taken as
   * periodic. Subtract the mean first for autocovariances; write 0 for a missing value.
   */
  public static double[] lagProducts(double[] values, int lags) {
    int size = powerOfTwo(values.length + lags + 1);
    double[] re = Arrays.copyOf(values, size);
    double[] im = new double[size];
    var transform = new Fourier(size);
    transform.transform(re, im);
    for (int i = 0; i < size; i++) {
      re[i] = re[i] * re[i] + im[i] * im[i];
      im[i] = 0;
    }
    transform.transform(re, im); // of an even sequence: forward and inverse differ by 1/n alone
    double[] sums = new double[lags + 1];
    for (int lag = 0; lag <= lags; lag++) {
      sums[lag] = re[lag] / size;
    }
    return sums;
  }

  /** |X<sub>k</sub>|² of real {@code values}, for k from 0 to n/2. */
  public static double[] power(double[] values) {
    double[] re = values.clone();
    double[] im = new double[re.length];
    forward(re, im);
    double[] power = new double[re.length / 2 + 1];
    for (int k = 0; k < power.length; k++) {
      power[k] = re[k] * re[k] + im[k] * im[k];
    }
    return power;
  }

  private static int powerOfTwo(int least) {
    Require.that(least > 0 && least <= 1 << 29, "a transform has at most 2^29 values");
    return least <= 1 ? 1 : Integer.highestOneBit(least - 1) << 1;
  }

  private static void bluestein(double[] re, double[] im) {
    int n = re.length;
    double[] cosine = new double[n];
    double[] sine = new double[n];
    for (int i = 0; i < n; i++) {
      // i² modulo 2n keeps the angle small and exact.
      double angle = Math.PI * ((long) i * i % (2L * n)) / n;
      cosine[i] = Math.cos(angle);
      sine[i] = Math.sin(angle);
    }
    int size = powerOfTwo(2 * n - 1);
    double[] are = new double[size];
    double[] aim = new double[size];
    double[] bre = new double[size];
    double[] bim = new double[size];
    for (int i = 0; i < n; i++) {
      are[i] = re[i] * cosine[i] + im[i] * sine[i];
      aim[i] = im[i] * cosine[i] - re[i] * sine[i];
      int mirror = i == 0 ? 0 : size - i;
      bre[i] = bre[mirror] = cosine[i];
      bim[i] = bim[mirror] = sine[i];
    }
    convolve(are, aim, bre, bim);
    for (int i = 0; i < n; i++) {
      re[i] = are[i] * cosine[i] + aim[i] * sine[i];
      im[i] = aim[i] * cosine[i] - are[i] * sine[i];
    }
  }

  /** {@code a} becomes the circular convolution of {@code a} and {@code b}, a power of two long. */
  private static void convolve(double[] are, double[] aim, double[] bre, double[] bim) {
    int size = are.length;
    var transform = new Fourier(size);
    transform.transform(are, aim);
    transform.transform(bre, bim);
    for (int i = 0; i < size; i++) {
      double re = are[i] * bre[i] - aim[i] * bim[i];
      aim[i] = (are[i] * bim[i] + aim[i] * bre[i]) / size;
      are[i] = re / size;
    }
    transform.transform(aim, are);
  }

  private void transform(double[] re, double[] im) {
    reorder(re, im);
    for (int half = 1; half < length; half *= 2) {
      int step = length / (2 * half);
      for (int from = 0; from < length; from += 2 * half) {
        for (int i = from, root = 0; i < from + half; i++, root += step) {
          double tre = re[i + half] * cosine[root] - im[i + half] * sine[root];
          double tim = re[i + half] * sine[root] + im[i + half] * cosine[root];
          re[i + half] = re[i] - tre;
          im[i + half] = im[i] - tim;
          re[i] += tre;
          im[i] += tim;
        }
      }
    }
  }

  /** Each value goes where the bits of its index, read backwards, say. */
  private void reorder(double[] re, double[] im) {
    int bits = 32 - Integer.numberOfTrailingZeros(length);
    for (int i = 0; i < length; i++) {
      int j = length == 1 ? 0 : Integer.reverse(i) >>> bits;
      if (j > i) {
        double swap = re[i];
        re[i] = re[j];
        re[j] = swap;
        swap = im[i];
        im[i] = im[j];
        im[j] = swap;
      }
    }
  }
}
