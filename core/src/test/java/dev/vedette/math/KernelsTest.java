package dev.vedette.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KernelsTest {
  /**
   * Values of every magnitude, so that the order of additions and each rounding shows in the
   * result.
   */
  private static float value(SplittableRandom random) {
    return switch (random.nextInt(8)) {
      case 0 -> 0;
      case 1 -> (float) (random.nextGaussian() * 1e18);
      case 2 -> (float) (random.nextGaussian() * 1e-20); // its square is subnormal
      case 3 -> random.nextInt(5);
      case 4 -> (float) (random.nextGaussian() * 1e30); // its square is infinite
      default -> (float) random.nextGaussian();
    };
  }

  private record Case(float[] query, float[][] columns, int first, int points) {
    static Case of(int width, int points, SplittableRandom random) {
      int first = random.nextInt(3);
      float[] query = new float[width];
      float[][] columns = new float[first + width][points];
      for (int j = 0; j < width; j++) {
        query[j] = value(random);
      }
      for (float[] column : columns) {
        for (int i = 0; i < points; i++) {
          column[i] = value(random);
        }
      }
      return new Case(query, columns, first, points);
    }

    float[] squared(Kernels kernels) {
      float[] distances = dirty();
      kernels.squaredDistances(query, columns, first, distances);
      return distances;
    }

    float[] manhattan(Kernels kernels) {
      float[] distances = dirty();
      kernels.manhattanDistances(query, columns, first, distances);
      return distances;
    }

    /** What is left from the last search must not matter. */
    private float[] dirty() {
      float[] distances = new float[points];
      java.util.Arrays.fill(distances, Float.NaN);
      return distances;
    }
  }

  @Test
  void theTwinWasLoaded() {
    assertThat(Kernels.best()).isInstanceOf(VectorKernels.class);
    assertThat(Kernels.scalar()).isInstanceOf(ScalarKernels.class);
  }

  @Test
  void scalarAndTwinGiveTheSameBits() {
    var random = new SplittableRandom(5);
    for (int points = 0; points <= 70; points++) {
      for (int width = 1; width <= 40; width++) {
        Case given = Case.of(width, points, random);
        assertThat(given.squared(Kernels.best()))
            .as("squared distances of %s points × %s columns", points, width)
            .containsExactly(given.squared(Kernels.scalar()));
        assertThat(given.manhattan(Kernels.best()))
            .as("Manhattan distances of %s points × %s columns", points, width)
            .containsExactly(given.manhattan(Kernels.scalar()));
      }
    }
  }

  @Test
  void bothAddUpColumnByColumn() {
    var random = new SplittableRandom(6);
    for (int width = 1; width <= 40; width++) {
      Case given = Case.of(width, 33, random);
      float[] squared = new float[33];
      float[] manhattan = new float[33];
      for (int i = 0; i < 33; i++) {
        for (int j = 0; j < width; j++) {
          float d = given.query[j] - given.columns[given.first + j][i];
          squared[i] = Math.fma(d, d, squared[i]);
          manhattan[i] += Math.abs(d);
        }
      }
      assertThat(given.squared(Kernels.scalar())).containsExactly(squared);
      assertThat(given.manhattan(Kernels.scalar())).containsExactly(manhattan);
    }
  }

  @Test
  void byHand() {
    float[][] columns = {{9, 9}, {0, 4}, {0, -3}};
    float[] distances = new float[2];
    Kernels.best().squaredDistances(new float[] {1, 1}, columns, 1, distances);
    assertThat(distances).containsExactly(2, 25);
    Kernels.best().manhattanDistances(new float[] {1, 1}, columns, 1, distances);
    assertThat(distances).containsExactly(2, 7);
  }
}
