package dev.vedette.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.vedette.Detectors;
import dev.vedette.RowDetector;
import dev.vedette.RowModel;
import dev.vedette.data.Matrix;
import dev.vedette.evaluate.Evaluate;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One piece of work on TAB1 in this process, for {@code peers/compare.py}: makes the rows, then
 * fits a detector on them and scores them as training rows. Prints {@code name value} lines:
 *
 * <ul>
 *   <li>{@code generate_cpu}: CPU seconds for making the rows
 *   <li>{@code first_cpu, first_wall}: of the first fit and scoring
 *   <li>{@code extra_mb}: peak of the process during the first, above what it held before (Linux)
 *   <li>{@code warm_cpu, warm_wall}: medians of {@code repeat} more
 *   <li>{@code p50_us, p99_us, bytes}: time and allocation of one row scored alone
 *   <li>{@code differ}: rows whose score alone is not the one in the batch, of those tried
 * </ul>
 *
 * CPU time is that of the whole process: compiler and collector threads count.
 */
public final class Timed {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final int ASKED = 4096;

  /** What a stretch of work took, in seconds. */
  private record Taken(double cpu, double wall) {
    static Taken by(Runnable work) {
      long cpu = SYSTEM.getProcessCpuTime();
      long wall = System.nanoTime();
      work.run();
      return new Taken((SYSTEM.getProcessCpuTime() - cpu) / 1e9, (System.nanoTime() - wall) / 1e9);
    }
  }

  private final RowDetector detector;
  private final Tab1 data;
  private RowModel model;
  private double[] scores;

  private Timed(RowDetector detector, Tab1 data) {
    this.detector = detector;
    this.data = data;
    this.model = detector.fit(data.matrix().select(new int[] {0, 1, 2, 3, 4, 5, 6, 7}));
    this.scores = new double[0];
  }

  /** {@code detector=TEXT [rows=100000] [columns=32] [repeat=0] [alone=0] [scores=FILE]}. */
  public static void main(String[] args) throws IOException {
    var options =
        Arguments.of(args, List.of("detector", "rows", "columns", "repeat", "alone", "scores"));
    RowDetector detector = Detectors.standard().parse(options.required("detector"));
    long start = SYSTEM.getProcessCpuTime();
    Tab1 data = Tab1.of(options.number("rows", 100_000), options.number("columns", 32));
    print("generate_cpu", (SYSTEM.getProcessCpuTime() - start) / 1e9);
    var timed = new Timed(detector, data);
    long used = Memory.forgetPeak();
    Taken first = Taken.by(timed::work);
    print("first_cpu", first.cpu);
    print("first_wall", first.wall);
    if (used > 0) {
      print("extra_mb", (Memory.peak() - used) / 1024.0);
    }
    timed.repeat(options.number("repeat", 0));
    timed.alone(options.number("alone", 0));
    print("auc", Evaluate.rocAuc(timed.scores, data.labels()));
    String file = options.text("scores", "");
    if (!file.isEmpty()) {
      timed.save(Path.of(file));
    }
  }

  private static void print(String name, double value) {
    System.out.printf(Locale.ROOT, "%s %.6f%n", name, value);
  }

  private void work() {
    model = detector.fit(data.matrix());
    scores = model.scoreTraining(data.matrix());
  }

  private void repeat(int times) {
    if (times == 0) {
      return;
    }
    double[] cpu = new double[times];
    double[] wall = new double[times];
    for (int i = 0; i < times; i++) {
      Taken taken = Taken.by(this::work);
      cpu[i] = taken.cpu;
      wall[i] = taken.wall;
    }
    print("warm_cpu", quantile(cpu, 0.5));
    print("warm_wall", quantile(wall, 0.5));
  }

  /** Scores {@code calls} rows one at a time, after as many for warming up. */
  private void alone(int calls) {
    if (calls == 0) {
      return;
    }
    Matrix matrix = data.matrix();
    double[][] asked = new double[ASKED][];
    for (int i = 0; i < ASKED; i++) {
      asked[i] = matrix.row(place(i));
    }
    double sum = 0;
    for (int i = 0; i < calls; i++) {
      sum += model.score(asked[i % ASKED]);
    }
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    double[] micros = new double[calls];
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < calls; i++) {
      long start = System.nanoTime();
      sum += model.score(asked[i % ASKED]);
      micros[i] = (System.nanoTime() - start) / 1e3;
    }
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    print("p50_us", quantile(micros, 0.5));
    print("p99_us", quantile(micros, 0.99));
    print("bytes", Math.rint((double) bytes / calls));
    double[] batch = model.score(matrix);
    int differ = 0;
    for (int i = 0; i < ASKED; i++) {
      differ += model.score(asked[i]) == batch[place(i)] ? 0 : 1;
    }
    print("differ", differ);
    print("checksum", sum);
  }

  private int place(int i) {
    return (int) ((long) i * data.matrix().rows() / ASKED);
  }

  private static double quantile(double[] values, double level) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.min(sorted.length - 1, Math.round(level * (sorted.length - 1)))];
  }

  /** As little-endian doubles, for comparison with another implementation. */
  private void save(Path file) throws IOException {
    var buffer = ByteBuffer.allocate(8 * scores.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asDoubleBuffer().put(scores);
    Files.write(file, buffer.array());
  }
}
