package dev.vedette.bench;

import dev.vedette.Detectors;
import dev.vedette.RowDetector;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A detector whose accuracy is measured, once per seed where it has one. */
record Contender(String name, List<RowDetector> seeded) {
  /** The detector in {@code text}, with seeds 1, 2, ... unless the text names one. */
  static Contender parse(String text, int seeds) {
    var detectors = Detectors.standard();
    RowDetector detector = detectors.parse(text);
    boolean drawsLots = detectors.text(detector).contains(" seed=");
    if (!drawsLots || text.contains(" seed=")) {
      return new Contender(text, List.of(detector));
    }
    return new Contender(
        text,
        IntStream.rangeClosed(1, seeds)
            .mapToObj(seed -> detectors.parse(text + " seed=" + seed))
            .toList());
  }

  /** Those in {@code text}, separated by semicolons; the whole catalogue where it is empty. */
  static List<Contender> parseAll(String text, int seeds) {
    List<String> names =
        text.isEmpty()
            ? Detectors.standard().entries().stream().map(Detectors.Entry::name).toList()
            : Arrays.stream(text.split(";", -1)).map(String::strip).toList();
    return names.stream().map(name -> parse(name, seeds)).toList();
  }
}
