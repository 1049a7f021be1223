package dev.vedette.bench;

import dev.vedette.Detectors;
import dev.vedette.RowModel;
import dev.vedette.data.Matrix;
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

/**
 * The score of one row, of a model fitted on TAB1. The rows change from call to call, so that
 * neither the branch predictor nor the cache knows them by heart.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class RowBenchmark {
  private static final int ASKED = 4096;

  /** A detector and its options, as text. */
  @Param("iforest")
  String detector = "iforest";

  /** Training rows. */
  @Param("100000")
  int rows;

  @Param("32")
  int columns;

  private double[][] asked = {};
  private int next;
  private RowModel model = new dev.vedette.row.ZScore().fit(Matrix.of(new double[][] {{0}, {1}}));

  @Setup
  public void fit() {
    Matrix training = Tab1.of(rows, columns).matrix();
    model = Detectors.standard().parse(detector).fit(training);
    asked = new double[ASKED][];
    for (int i = 0; i < ASKED; i++) {
      asked[i] = training.row((int) ((long) i * rows / ASKED));
    }
  }

  @Benchmark
  public double score() {
    next = (next + 1) % ASKED;
    return model.score(asked[next]);
  }
}
