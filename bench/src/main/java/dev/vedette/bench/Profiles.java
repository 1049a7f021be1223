package dev.vedette.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.vedette.math.NearestSubsequences;
import dev.vedette.math.SubsequenceJoin;
import dev.vedette.math.Subsequences;
import dev.vedette.series.LeftProfile;
import dev.vedette.series.LeftProfileStream;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The matrix profile of a random walk, for {@code peers/matrix_profile.py}, and the speed of the
 * left profile of a stream. Prints {@code name value} lines; CPU time is that of the whole process.
 */
public final class Profiles {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final int WARM_UP = 16_384;

  private Profiles() {}

  /** {@code [points=131072] [window=100] [repeat=2] [stream=0] [memory=4096]}. */
  public static void main(String[] args) {
    var options =
        Arguments.of(args, java.util.List.of("points", "window", "repeat", "stream", "memory"));
    int window = options.number("window", 100);
    int repeat = options.number("repeat", 2);
    if (repeat > 0) {
      profile(walk(WARM_UP), window);
    }
    double[] walk = walk(options.number("points", 131_072));
    for (int i = 0; i < repeat; i++) {
      long cpu = SYSTEM.getProcessCpuTime();
      long wall = System.nanoTime();
      NearestSubsequences nearest = profile(walk, window);
      print("cpu", (SYSTEM.getProcessCpuTime() - cpu) / 1e9);
      print("wall", (System.nanoTime() - wall) / 1e9);
      print("checksum", checksum(nearest, window));
    }
    stream(options.number("stream", 0), window, options.number("memory", 4096));
  }

  private static NearestSubsequences profile(double[] walk, int window) {
    return SubsequenceJoin.self(Subsequences.of(walk, window), Math.ceilDiv(window, 4));
  }

  /** The mean z-normalised distance to the nearest. */
  private static double checksum(NearestSubsequences nearest, int window) {
    double sum = 0;
    for (double correlation : nearest.correlation()) {
      sum += Math.sqrt(2 * window * (1 - correlation));
    }
    return sum / nearest.correlation().length;
  }

  /** Steps of −1 to 1 from SplitMix64, so that another language can make the same. */
  private static double[] walk(int points) {
    var random = new SplittableRandom(1);
    double[] walk = new double[points];
    for (int i = 1; i < points; i++) {
      walk[i] = walk[i - 1] + 2 * ((random.nextLong() >>> 11) * 0x1p-53) - 1;
    }
    return walk;
  }

  /** Scores and learns {@code points} points twice, and prints the second rate. */
  private static void stream(int points, int window, int memory) {
    double[] walk = walk(Math.max(2, points));
    LeftProfileStream stream = new LeftProfile(window, memory).start(1);
    double sum = 0;
    for (int round = 0; round < 2 && points > 0; round++) {
      long cpu = SYSTEM.getProcessCpuTime();
      for (int i = 0; i < points; i++) {
        double[] value = {walk[i]};
        long time = (long) round * points + i;
        sum += stream.score(time, value);
        stream.learn(time, value);
      }
      double seconds = (SYSTEM.getProcessCpuTime() - cpu) / 1e9;
      if (round == 1) {
        print("points_per_cpu_second", points / seconds);
        print("bytes", (double) stream.bytes());
        print("checksum", sum);
      }
    }
  }

  private static void print(String name, double value) {
    System.out.printf(Locale.ROOT, "%s %.6f%n", name, value);
  }
}
