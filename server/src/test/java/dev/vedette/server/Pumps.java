package dev.vedette.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Three made-up variables that go together minute by minute, but for the last one at the end. */
final class Pumps {
  static final List<String> NAMES = List.of("pressure", "flow", "heat");
  static final Instant START = Instant.parse("2021-01-01T00:00:00Z");
  static final int POINTS = 1_200;

  /** From here on the heat does not follow the flow any more. */
  static final int STRANGE = 1_190;

  private static final double[][] VALUES = values();

  private Pumps() {}

  private static double[][] values() {
    var random = new Random(5);
    double[][] values = new double[NAMES.size()][POINTS];
    for (int i = 0; i < POINTS; i++) {
      double load = 10 + 3 * Math.sin(i / 15.0) + random.nextGaussian() / 2;
      values[0][i] = load + random.nextGaussian() / 20;
      values[1][i] = 2 * load + random.nextGaussian() / 20;
      values[2][i] = (i < STRANGE ? 40 + load : 80 - load) + random.nextGaussian() / 20;
    }
    return values;
  }

  static Instant at(int i) {
    return START.plus(i, ChronoUnit.MINUTES);
  }

  static double value(int variable, int point) {
    return VALUES[variable][point];
  }

  /** As one table. */
  static String table() {
    return "timestamp," + String.join(",", NAMES) + "\n" + rows(0, 1, 2);
  }

  private static String rows(int... variables) {
    return IntStream.range(0, POINTS)
        .mapToObj(
            i ->
                at(i)
                    + IntStream.of(variables)
                        .mapToObj(v -> String.format(Locale.ROOT, ",%.6f", value(v, i)))
                        .collect(Collectors.joining()))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** One of them as a file of its own. */
  static String file(int variable) {
    return "timestamp,value\n" + rows(variable);
  }

  /** Each as a file in a zip. */
  static byte[] zip() {
    return zip(
        List.of("data/pressure.csv", "data/flow.csv", "data/heat.csv"),
        List.of(file(0), file(1), file(2)));
  }

  static byte[] zip(List<String> names, List<String> contents) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < names.size(); i++) {
        zip.putNextEntry(new ZipEntry(names.get(i)));
        zip.write(contents.get(i).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The points from {@code from} to before {@code to} as the variables of a request. */
  static String variables(int from, int to) {
    return IntStream.range(0, NAMES.size())
        .mapToObj(
            v ->
                "{\"variable\":\"%s\",\"timestamps\":[%s],\"values\":[%s]}"
                    .formatted(
                        NAMES.get(v),
                        IntStream.range(from, to)
                            .mapToObj(i -> "\"" + at(i) + "\"")
                            .collect(Collectors.joining(",")),
                        IntStream.range(from, to)
                            .mapToObj(i -> Double.toString(value(v, i)))
                            .collect(Collectors.joining(","))))
        .collect(Collectors.joining(",", "[", "]"));
  }
}
