package dev.vedette.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process has used, as Linux counts it.
 *
 * @param cpuSeconds user and system time since its start
 * @param rss resident bytes now
 * @param peak the most there were
 */
record Usage(double cpuSeconds, long rss, long peak) {
  private static final double TICKS = 100;

  static Usage of(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      double ticks = Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
      List<String> status = Files.readAllLines(Path.of("/proc/" + pid + "/status"));
      return new Usage(ticks / TICKS, bytes(status, "VmRSS:"), bytes(status, "VmHWM:"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Usage own() {
    return of(ProcessHandle.current().pid());
  }

  /** The load averages of the machine over 1, 5 and 15 minutes. */
  static String loadAverage() {
    try {
      String text = Files.readString(Path.of("/proc/loadavg"));
      return String.join(" ", List.of(text.split(" ", -1)).subList(0, 3));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long bytes(List<String> status, String name) {
    return status.stream()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }
}
