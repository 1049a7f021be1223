package dev.vedette.bench;

import dev.vedette.evaluate.Nab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One series of the Numenta Anomaly Benchmark with its labelled windows. */
record NabFile(String name, long[] times, double[] values, List<Nab.Window> windows) {
  /** All series under {@code folder}, which holds {@code data} and {@code labels}, by name. */
  static List<NabFile> readAll(Path folder) throws IOException {
    JsonNode labels =
        JsonMapper.shared()
            .readTree(Files.readString(folder.resolve("labels/combined_windows.json")));
    var files = new ArrayList<NabFile>();
    for (String name : labels.propertyNames().stream().sorted().toList()) {
      files.add(read(folder.resolve("data"), name, labels.get(name)));
    }
    return files;
  }

  private static NabFile read(Path data, String name, JsonNode labels) throws IOException {
    List<String> lines = Files.readAllLines(data.resolve(name));
    var times = new ArrayList<Long>();
    var values = new ArrayList<Double>();
    for (String line : lines.subList(1, lines.size())) {
      int comma = line.indexOf(',');
      if (comma > 0) {
        times.add(time(line.substring(0, comma)));
        values.add(Double.valueOf(line.substring(comma + 1)));
      }
    }
    var windows = new ArrayList<Nab.Window>();
    for (JsonNode window : labels) {
      int from = times.indexOf(time(window.get(0).asString()));
      int to = times.indexOf(time(window.get(1).asString()));
      windows.add(new Nab.Window(from, to));
    }
    return new NabFile(
        name,
        times.stream().mapToLong(Long::longValue).toArray(),
        values.stream().mapToDouble(Double::doubleValue).toArray(),
        windows);
  }

  private static long time(String text) {
    return LocalDateTime.parse(text.substring(0, 19).replace(' ', 'T'))
        .toInstant(ZoneOffset.UTC)
        .toEpochMilli();
  }
}
