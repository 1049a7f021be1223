package dev.vedette.bench;

import dev.vedette.math.Kernels;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One query against a block of points: plain Java and its twin on the Vector API. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class KernelBenchmark {
  /** {@code scalar} or {@code vector}. */
  @Param({"scalar", "vector"})
  String kernels = "scalar";

  @Param({"8", "32", "128"})
  int columns;

  @Param({"1024", "1600"})
  int points;

  private Kernels chosen = Kernels.scalar();
  private float[] query = {};
  private float[][] values = {};
  private float[] distances = {};

  @Setup
  public void fill() {
    chosen = kernels.equals("vector") ? Kernels.best() : Kernels.scalar();
    if (kernels.equals("vector") && chosen.getClass() == Kernels.scalar().getClass()) {
      throw new IllegalStateException("this JVM has no module jdk.incubator.vector");
    }
    var random = new SplittableRandom(1);
    query = new float[columns];
    values = new float[columns][points];
    distances = new float[points];
    for (int j = 0; j < columns; j++) {
      query[j] = (float) random.nextDouble(-1, 1);
      for (int i = 0; i < points; i++) {
        values[j][i] = (float) random.nextDouble(-1, 1);
      }
    }
  }

  @Benchmark
  public float[] squaredDistances() {
    chosen.squaredDistances(query, values, 0, distances);
    return distances;
  }

  @Benchmark
  public float[] manhattanDistances() {
    chosen.manhattanDistances(query, values, 0, distances);
    return distances;
  }
}
