package dev.vedette.bench;

import dev.vedette.data.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * One experiment of the Skoltech Anomaly Benchmark: eight sensors, once a second.
 *
 * @param anomaly which points belong to an anomaly
 * @param changePoint which points are change points
 */
record SkabFile(String name, Series series, boolean[] anomaly, boolean[] changePoint) {
  /** Points at the beginning that are free of anomalies, to learn from. */
  static final int TRAINING = 400;

  private static final int SENSORS = 8;

  /** The 34 experiments with an anomaly, of the folder {@code data} of the benchmark. */
  static List<SkabFile> all(Path data) throws IOException {
    var files = new ArrayList<SkabFile>();
    for (String group : List.of("other", "valve1", "valve2")) {
      List<Path> paths;
      try (Stream<Path> list = Files.list(data.resolve(group))) {
        paths =
            list.filter(path -> path.toString().endsWith(".csv"))
                .sorted(Comparator.comparingInt(SkabFile::number))
                .toList();
      }
      for (Path path : paths) {
        files.add(read(group + "/" + number(path), Files.readAllLines(path)));
      }
    }
    return files;
  }

  private static int number(Path path) {
    return Integer.parseInt(path.getFileName().toString().replace(".csv", ""));
  }

  private static SkabFile read(String name, List<String> lines) {
    List<String> header = List.of(lines.getFirst().split(";", -1));
    int points = lines.size() - 1;
    long[] times = new long[points];
    double[][] values = new double[SENSORS][points];
    boolean[] anomaly = new boolean[points];
    boolean[] changePoint = new boolean[points];
    for (int i = 0; i < points; i++) {
      String[] cells = lines.get(i + 1).split(";", -1);
      times[i] =
          LocalDateTime.parse(cells[0].replace(' ', 'T')).toInstant(ZoneOffset.UTC).toEpochMilli();
      for (int v = 0; v < SENSORS; v++) {
        values[v][i] = Double.parseDouble(cells[v + 1]);
      }
      anomaly[i] = Double.parseDouble(cells[SENSORS + 1]) == 1;
      changePoint[i] = Double.parseDouble(cells[SENSORS + 2]) == 1;
    }
    Series series = Series.of(header.subList(1, SENSORS + 1), times, values);
    return new SkabFile(name, series, anomaly, changePoint);
  }

  Series training() {
    return series.slice(0, TRAINING);
  }
}
