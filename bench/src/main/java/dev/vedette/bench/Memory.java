package dev.vedette.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What this process holds in memory, in kilobytes, as Linux counts it; 0 elsewhere. */
final class Memory {
  private static final Path STATUS = Path.of("/proc/self/status");

  private Memory() {}

  /** Makes the peak start anew from here; returns what is in use. */
  static long forgetPeak() throws IOException {
    if (!Files.isReadable(STATUS)) {
      return 0;
    }
    System.gc();
    Files.writeString(Path.of("/proc/self/clear_refs"), "5");
    return kilobytes("VmRSS:");
  }

  static long peak() throws IOException {
    return kilobytes("VmHWM:");
  }

  private static long kilobytes(String name) throws IOException {
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(0);
    }
  }
}
