package dev.vedette.bench.load;

import java.io.IOException;
import java.util.List;

/** What {@code /metrics} of a server says at one moment. */
record Metrics(List<String> lines) {
  static Metrics of(int port) throws IOException {
    try (var link = new HttpLink(port)) {
      return new Metrics(link.get("/metrics").text().lines().toList());
    }
  }

  /** The sum of all series of {@code name}. */
  double sum(String name) {
    return sum(name, "");
  }

  /** The sum of the series of {@code name} with {@code label} in their labels. */
  double sum(String name, String label) {
    return lines.stream()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .filter(line -> line.contains(label))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
