package dev.vedette.auto;

import dev.vedette.Require;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How well candidates ranked the known anomalies of public sets: what {@link Auto} chooses by. The
 * bench measures it.
 *
 * @param sets the names of the sets
 * @param lines one for each candidate and regime
 */
public record Evidence(List<String> sets, List<Line> lines) {
  private static final String RESOURCE = "evidence.csv";
  private static final String HEAD = "regime,detector,";

  /**
   * One candidate in one regime.
   *
   * @param regime either {@link Auto.Regime#CLEAN} or {@link Auto.Regime#CONTAMINATED}
   * @param detector as text, with all options but the seed
   * @param areas under the ROC curve, in percent, one for each set
   */
  public record Line(Auto.Regime regime, String detector, List<Double> areas) {
    public Line {
      areas = List.copyOf(areas);
    }

    /** The mean area over the sets. */
    public double mean() {
      return areas.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /** The candidate as a member of an {@link dev.vedette.ensemble.Ensemble}. */
    String member() {
      return detector.replace(' ', ':');
    }
  }

  public Evidence {
    sets = List.copyOf(sets);
    lines = List.copyOf(lines);
    Require.that(!sets.isEmpty(), "evidence needs at least one set");
    for (Line line : lines) {
      Require.that(
          line.areas.size() == sets.size(), line.detector + " has not one area for each set");
    }
  }

  /** What the library is shipped with. */
  public static Evidence shipped() {
    try (InputStream in = Evidence.class.getResourceAsStream(RESOURCE)) {
      byte[] bytes = Objects.requireNonNull(in, RESOURCE).readAllBytes();
      return read(new String(bytes, StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** This as the lines of a CSV file, with two decimals of the areas. */
  public List<String> write() {
    Stream<String> body =
        lines.stream()
            .map(
                line ->
                    line.areas.stream()
                        .map(area -> String.format(Locale.ROOT, "%.2f", area))
                        .collect(
                            Collectors.joining(
                                ",",
                                line.regime.name().toLowerCase(Locale.ROOT)
                                    + ","
                                    + line.detector
                                    + ",",
                                "")));
    return Stream.concat(Stream.of(HEAD + String.join(",", sets)), body).toList();
  }

  /** Reads what {@link #write} wrote. */
  static Evidence read(List<String> text) {
    String head = text.getFirst();
    Require.that(head.startsWith(HEAD), "evidence starts with '" + HEAD + "'");
    List<String> sets = List.of(head.substring(HEAD.length()).split(",", -1));
    List<Line> lines = text.subList(1, text.size()).stream().map(Evidence::line).toList();
    return new Evidence(sets, lines);
  }

  private static Line line(String text) {
    List<String> cells = List.of(text.split(",", -1));
    List<Double> areas = cells.subList(2, cells.size()).stream().map(Double::valueOf).toList();
    Auto.Regime regime = Auto.Regime.valueOf(cells.get(0).toUpperCase(Locale.ROOT));
    return new Line(regime, cells.get(1), areas);
  }

  /** This evidence without what was seen on {@code set}. */
  public Evidence without(String set) {
    int left = sets.indexOf(set);
    Require.that(left >= 0, "there is no set [" + set + "]; there are " + sets);
    return new Evidence(
        but(left, sets),
        lines.stream()
            .map(line -> new Line(line.regime, line.detector, but(left, line.areas)))
            .toList());
  }

  private static <T> List<T> but(int left, List<T> list) {
    return IntStream.range(0, list.size()).filter(i -> i != left).mapToObj(list::get).toList();
  }

  /** The candidates of {@code regime}, the one with the highest mean first. */
  public List<Line> ranking(Auto.Regime regime) {
    return lines.stream()
        .filter(line -> line.regime == regime)
        .sorted(
            Comparator.comparingDouble((Line line) -> -line.mean()).thenComparing(Line::detector))
        .toList();
  }
}
