package dev.vedette.neural;

import java.util.Arrays;

/** Small matrices with one array a row: transposed, and multiplied by their rows. */
final class Tiles {
  private Tiles() {}

  /** {@code to[j][i] = from[i][j]} for the first {@code columns} columns. */
  static void transpose(float[][] from, float[][] to, int columns) {
    for (int i = 0; i < from.length; i++) {
      float[] row = from[i];
      for (int j = 0; j < columns; j++) {
        to[j][i] = row[j];
      }
    }
  }

  /**
   * The first {@code columns} columns of {@code from} as rows, in {@code room} where it is enough.
   */
  static float[][] transposed(float[][] from, float[][] room, int columns) {
    float[][] to = room.length >= columns ? room : new float[columns][from.length];
    transpose(from, to, columns);
    return to;
  }

  static float[][] first(float[][] rows, int count) {
    return rows.length == count ? rows : Arrays.copyOf(rows, count);
  }

  /**
   * {@code sums[i][j] += Σₖ left[i][k]·right[j][k]}: sixteen sums at a time, which the registers
   * hold.
   */
  static void addDots(float[][] left, float[][] right, float[][] sums, int count) {
    int rows = left.length - left.length % 4;
    int columns = right.length - right.length % 4;
    for (int i = 0; i < rows; i += 4) {
      for (int j = 0; j < columns; j += 4) {
        sixteen(left, i, right, j, sums, count);
      }
      for (int j = columns; j < right.length; j++) {
        for (int l = i; l < i + 4; l++) {
          sums[l][j] += dot(left[l], right[j], count);
        }
      }
    }
    for (int i = rows; i < left.length; i++) {
      for (int j = 0; j < right.length; j++) {
        sums[i][j] += dot(left[i], right[j], count);
      }
    }
  }

  /** In eight sums side by side, as one would wait for itself. */
  private static float dot(float[] a, float[] b, int count) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int k = 0;
    for (; k + 8 <= count; k += 8) {
      s0 = Math.fma(a[k], b[k], s0);
      s1 = Math.fma(a[k + 1], b[k + 1], s1);
      s2 = Math.fma(a[k + 2], b[k + 2], s2);
      s3 = Math.fma(a[k + 3], b[k + 3], s3);
      s4 = Math.fma(a[k + 4], b[k + 4], s4);
      s5 = Math.fma(a[k + 5], b[k + 5], s5);
      s6 = Math.fma(a[k + 6], b[k + 6], s6);
      s7 = Math.fma(a[k + 7], b[k + 7], s7);
    }
    for (; k < count; k++) {
      s0 = Math.fma(a[k], b[k], s0);
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }

  /** The sum of the first {@code count} values, in eight sums side by side. */
  static float sum(float[] a, int count) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int k = 0;
    for (; k + 8 <= count; k += 8) {
      s0 += a[k];
      s1 += a[k + 1];
      s2 += a[k + 2];
      s3 += a[k + 3];
      s4 += a[k + 4];
      s5 += a[k + 5];
      s6 += a[k + 6];
      s7 += a[k + 7];
    }
    for (; k < count; k++) {
      s0 += a[k];
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }

  private static void sixteen(
      float[][] left, int i, float[][] right, int j, float[][] sums, int count) {
    float[] a0 = left[i];
    float[] a1 = left[i + 1];
    float[] a2 = left[i + 2];
    float[] a3 = left[i + 3];
    float[] b0 = right[j];
    float[] b1 = right[j + 1];
    float[] b2 = right[j + 2];
    float[] b3 = right[j + 3];
    float s00 = 0;
    float s01 = 0;
    float s02 = 0;
    float s03 = 0;
    float s10 = 0;
    float s11 = 0;
    float s12 = 0;
    float s13 = 0;
    float s20 = 0;
    float s21 = 0;
    float s22 = 0;
    float s23 = 0;
    float s30 = 0;
    float s31 = 0;
    float s32 = 0;
    float s33 = 0;
    for (int k = 0; k < count; k++) {
      float x0 = a0[k];
      float x1 = a1[k];
      float x2 = a2[k];
      float x3 = a3[k];
      float y0 = b0[k];
      float y1 = b1[k];
      float y2 = b2[k];
      float y3 = b3[k];
      s00 = Math.fma(x0, y0, s00);
      s01 = Math.fma(x0, y1, s01);
      s02 = Math.fma(x0, y2, s02);
      s03 = Math.fma(x0, y3, s03);
      s10 = Math.fma(x1, y0, s10);
      s11 = Math.fma(x1, y1, s11);
      s12 = Math.fma(x1, y2, s12);
      s13 = Math.fma(x1, y3, s13);
      s20 = Math.fma(x2, y0, s20);
      s21 = Math.fma(x2, y1, s21);
      s22 = Math.fma(x2, y2, s22);
      s23 = Math.fma(x2, y3, s23);
      s30 = Math.fma(x3, y0, s30);
      s31 = Math.fma(x3, y1, s31);
      s32 = Math.fma(x3, y2, s32);
      s33 = Math.fma(x3, y3, s33);
    }
    add(sums[i], j, s00, s01, s02, s03);
    add(sums[i + 1], j, s10, s11, s12, s13);
    add(sums[i + 2], j, s20, s21, s22, s23);
    add(sums[i + 3], j, s30, s31, s32, s33);
  }

  private static void add(float[] sums, int j, float s0, float s1, float s2, float s3) {
    sums[j] += s0;
    sums[j + 1] += s1;
    sums[j + 2] += s2;
    sums[j + 3] += s3;
  }
}
