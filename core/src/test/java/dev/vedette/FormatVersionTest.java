package dev.vedette;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.vedette.data.Column;
import dev.vedette.data.Table;
import dev.vedette.threshold.Rule;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files of format version 1, one per detector, written once and never again: every later version of
 * the library must load them and decide as they did. When a detector is added, {@link #main} writes
 * its file; the others stay as they are.
 */
class FormatVersionTest {
  private static final List<String> DETECTORS =
      List.of(
          "bagged-neighbor bags=5 sample=8",
          "iforest trees=5 sample=16",
          "knn",
          "lof",
          "mahalanobis",
          "pca measure=residual",
          "zscore robust=true",
          "iqr",
          "ecod",
          "hbos",
          "one-class-svm",
          "gmm",
          "kmeans",
          "kde",
          "copod",
          "extended-iforest trees=5 sample=16",
          "inne bags=5 sample=8",
          "loda projections=5",
          "autoencoder epochs=3",
          "vae epochs=3",
          "bigan members=1 epochs=2",
          "deep-svdd epochs=3",
          "sequence-autoencoder units=4 epochs=2",
          "ensemble members=bagged-neighbor:bags=5:sample=8+zscore",
          "stacking members=bagged-neighbor:bags=5:sample=8+zscore",
          "boosted-trees members=zscore trees=5 leaves=4 learning-rate=0.3");

  private static String name(String detector) {
    return Detectors.standard().entry(Detectors.standard().parse(detector)).name();
  }

  /** Enough rows for a search tree where the detector has one. */
  private static Table table(String detector) {
    Table table = ModelFileTest.table(detector.equals("knn") ? 600 : 120);
    boolean learns = Detectors.standard().parse(detector) instanceof LabelledDetector;
    return learns ? table.withLabels(large(table)) : table;
  }

  /** The labels to learn from: large amounts, and some others. */
  private static boolean[] large(Table table) {
    var amounts = (Column.Numeric) table.column("amount").orElseThrow();
    boolean[] large = new boolean[table.rows()];
    for (int i = 0; i < large.length; i++) {
      large[i] = amounts.value(i) > 24 || i % 29 == 0;
    }
    return large;
  }

  static Stream<String> detectors() {
    return DETECTORS.stream();
  }

  private static Path file(String detector, String ending) throws URISyntaxException {
    String name = "format-1/" + name(detector) + ending;
    URL found = Objects.requireNonNull(FormatVersionTest.class.getResource(name), name);
    return Path.of(found.toURI());
  }

  @ParameterizedTest
  @MethodSource("detectors")
  void aFileOfVersion1LoadsAndDecidesAsItDid(String detector) throws Exception {
    Path file = file(detector, ".vedette");
    Decider decider = Models.loadDecider(file);
    assertThat(decider.model().rows().detector()).isEqualTo(Detectors.standard().parse(detector));
    assertThat(Models.provenance(file).rows()).isEqualTo(table(detector).rows());
    List<String> expected = Files.readAllLines(file(detector, ".txt"));
    List<Decision> decisions = decider.decide(table(detector));
    assertThat(decisions).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      String[] fields = expected.get(i).split(" ", 2);
      assertThat(decisions.get(i).score()).isCloseTo(Double.parseDouble(fields[0]), offset(1e-9));
      assertThat(decisions.get(i).flagged()).isEqualTo(Boolean.parseBoolean(fields[1]));
    }
  }

  @Test
  void everyDetectorOfTheCatalogueHasAFile() {
    assertThat(DETECTORS.stream().map(FormatVersionTest::name))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    Detectors.standard().entries().stream(),
                    Detectors.standard().labelledEntries().stream())
                .map(Detectors.Entry::name)
                .filter(name -> !name.equals("auto")) // its models are those of an ensemble
                .toList());
  }

  /**
   * Writes the files that are not there yet into the folder given; that of boosted trees needs the
   * module vedette-boost on the class path.
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    for (String detector : DETECTORS) {
      String name = name(detector);
      Path file = folder.resolve(name + ".vedette");
      if (!Files.exists(file)) {
        var fitted = new TableDetector(Detectors.standard().parse(detector));
        Decider decider = Decider.fit(fitted, table(detector), new Rule.FalseAlarms(0.05));
        Models.save(decider, table(detector), InstantSource.fixed(Instant.EPOCH), file);
        Files.write(
            folder.resolve(name + ".txt"),
            decider.decide(table(detector)).stream()
                .map(d -> d.score() + " " + d.flagged())
                .toList());
      }
    }
  }
}
