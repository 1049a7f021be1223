package dev.vedette.bench;

import dev.vedette.Detectors;
import dev.vedette.Online;
import dev.vedette.online.StreamingZScore;
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

/**
 * One row of a stream: scored, and scored and learned, by an online detector that has learned
 * 20,000 rows. Every other column is normal, the rest log-normal.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class OnlineSpeed {
  private static final int ROWS = 1 << 14;

  @Param({"streaming-zscore", "streaming-tails", "half-space-trees", "random-cut-forest"})
  String detector = "streaming-zscore";

  @Param({"8", "20"})
  int columns;

  private double[][] rows = {};
  private int next;
  private Online online = new StreamingZScore().start(1);

  @Setup
  public void start() {
    var random = new SplittableRandom(1);
    rows = new double[ROWS][columns];
    for (double[] row : rows) {
      for (int j = 0; j < columns; j++) {
        double normal = random.nextGaussian();
        row[j] = j % 2 == 0 ? normal : Math.exp(normal);
      }
    }
    online = Detectors.standard().parseOnline(detector).start(columns);
    for (int i = 0; i < 20_000; i++) {
      online.learn(rows[i % ROWS]);
    }
  }

  @Benchmark
  public double score() {
    next = (next + 1) % ROWS;
    return online.score(rows[next]);
  }

  @Benchmark
  public double scoreAndLearn() {
    next = (next + 1) % ROWS;
    double score = online.score(rows[next]);
    online.learn(rows[next]);
    return score;
  }
}
