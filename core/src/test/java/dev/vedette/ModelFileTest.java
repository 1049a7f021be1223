package dev.vedette;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vedette.data.Column;
import dev.vedette.data.Matrix;
import dev.vedette.data.Table;
import dev.vedette.row.IsolationForest;
import dev.vedette.row.Knn;
import dev.vedette.row.ZScore;
import dev.vedette.threshold.Rule;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFileTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir Path folder;

  static Table table(int rows) {
    var random = new SplittableRandom(5);
    double[] amount = new double[rows];
    int[] shop = new int[rows];
    long[] at = new long[rows];
    for (int i = 0; i < rows; i++) {
      amount[i] = i % 13 == 5 ? Double.NaN : 20 + 5 * random.nextGaussian();
      shop[i] = random.nextInt(4) - 1;
      at[i] = i * 7_777_777L;
    }
    return Table.of(
        List.of(
            Column.Numeric.numbers("amount", amount),
            new Column.Categorical("shop", List.of("bakery", "bank", "bar"), shop),
            new Column.Time("at", at)));
  }

  static Matrix matrix() {
    var random = new SplittableRandom(3);
    double[][] rows = new double[300][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new double[] {random.nextGaussian(), 5 + random.nextGaussian()};
    }
    return Matrix.of(rows);
  }

  private Path saved(RowDetector detector) {
    Path file = folder.resolve("model.vedette");
    Models.save(detector.fit(matrix()), matrix(), InstantSource.fixed(NOON), file);
    return file;
  }

  @Test
  void aFileSaysWhereItsModelComesFrom() {
    Provenance provenance = Models.provenance(saved(new ZScore()));
    assertThat(provenance.rows()).isEqualTo(300);
    assertThat(provenance.fitted()).isEqualTo(NOON);
    assertThat(provenance.fingerprint()).matches("[0-9a-f]{16}");
    assertThat(provenance.library()).matches("\\d+\\.\\d+\\.\\d+.*");
  }

  @Test
  void sameModelSameBytes() throws IOException {
    byte[] first = Files.readAllBytes(saved(new IsolationForest()));
    assertThat(Files.readAllBytes(saved(new IsolationForest()))).isEqualTo(first);
  }

  static Stream<String> detectors() {
    return Detectors.standard().entries().stream().map(Detectors.Entry::name);
  }

  @ParameterizedTest
  @MethodSource("detectors")
  void aDeciderComesBackWithSchemaScaleAndThreshold(String detector) {
    Table training = table(400);
    var fitted = new TableDetector(Detectors.standard().parse(detector));
    Decider decider = Decider.fit(fitted, training, new Rule.FalseAlarms(0.05));
    Path file = folder.resolve("decider.vedette");
    Models.save(decider, training, InstantSource.fixed(NOON), file);
    Decider loaded = Models.loadDecider(file);
    assertThat(loaded.threshold()).isEqualTo(decider.threshold());
    assertThat(loaded.calibration()).isEqualTo(decider.calibration());
    assertThat(loaded.model().encoding().schema()).isEqualTo(training.schema());
    assertThat(loaded.model().detector()).isEqualTo(decider.model().detector());
    assertThat(loaded.decide(table(500))).isEqualTo(decider.decide(table(500)));
    assertThat(loaded.model().explain(training, 3)).isEqualTo(decider.model().explain(training, 3));
  }

  @Test
  void aBareModelIsNoDecider() {
    Path file = saved(new ZScore());
    assertThatThrownBy(() -> Models.loadDecider(file))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("bare matrix rows");
  }

  @Test
  void everyCutIsNoticed() throws IOException {
    byte[] whole = Files.readAllBytes(saved(new ZScore()));
    for (int length = 0; length < whole.length; length += length < 64 ? 1 : 17) {
      Path cut = Files.write(folder.resolve("cut"), java.util.Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Models.load(cut)).isInstanceOf(ModelFileException.class);
    }
  }

  @Test
  void everyFlippedBitIsNoticed() throws IOException {
    byte[] whole = Files.readAllBytes(saved(new ZScore()));
    for (int bit = 0; bit < 8 * whole.length; bit += 61) {
      byte[] damaged = whole.clone();
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      Path file = Files.write(folder.resolve("damaged"), damaged);
      assertThatThrownBy(() -> Models.load(file)).isInstanceOf(ModelFileException.class);
    }
  }

  /** A forger gets the checksum right, so what is behind it must stand on its own. */
  @ParameterizedTest
  @MethodSource("detectors")
  void forgedPayloadsLoadOrAreRefused(String detector) throws Exception {
    Path original = saved(Detectors.standard().parse(detector));
    byte[] whole = Files.readAllBytes(original);
    var random = new SplittableRandom(11);
    int refused = 0;
    for (int attempt = 0; attempt < 100; attempt++) {
      byte[] forged = whole.clone();
      for (int hits = random.nextInt(1, 4); hits > 0; hits--) {
        int at = ModelFile.HEADER + random.nextInt(Math.min(2000, whole.length - ModelFile.HEADER));
        forged[at] = (byte) random.nextInt(256);
      }
      sign(forged);
      Path file = Files.write(folder.resolve("forged"), forged);
      try {
        RowModel model = Models.load(file);
        model.score(new double[model.columns()]);
      } catch (ModelFileException e) {
        refused++;
        assertThat(e.getMessage()).contains("forged");
      }
    }
    assertThat(refused).isPositive();
  }

  static void sign(byte[] file) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(file, ModelFile.HEADER, file.length - ModelFile.HEADER);
    System.arraycopy(digest.digest(), 0, file, 20, 32);
  }

  @Test
  void announcedArraysLargerThanTheFileAreNotAllocated() throws Exception {
    byte[] whole = Files.readAllBytes(saved(new Knn()));
    for (int at = ModelFile.HEADER; at + 4 < Math.min(whole.length, 1000); at += 3) {
      byte[] forged = whole.clone();
      ByteBuffer.wrap(forged).putInt(at, Integer.MAX_VALUE);
      sign(forged);
      Path file = Files.write(folder.resolve("forged"), forged);
      try {
        Models.load(file);
      } catch (ModelFileException e) {
        assertThat(e.getMessage()).doesNotContain("OutOfMemory").doesNotContain("heap");
      }
    }
  }

  @Test
  void foreignFilesAreRefusedByName() throws IOException {
    Path text =
        Files.writeString(folder.resolve("notes.txt"), "not a model at all, but long enough");
    assertThatThrownBy(() -> Models.load(text))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("notes.txt")
        .hasMessageContaining("not a Vedette model");
    assertThatThrownBy(() -> Models.load(folder.resolve("absent")))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("there is no file");
    assertThatThrownBy(() -> Models.load(folder))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("folder");
    Path empty = Files.write(folder.resolve("empty"), new byte[0]);
    assertThatThrownBy(() -> Models.load(empty)).isInstanceOf(ModelFileException.class);
  }

  @Test
  void aGiganticFileIsRefusedUnread() throws IOException {
    Path file = folder.resolve("huge");
    try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(ModelFile.MOST_BYTES + 1);
    }
    assertThatThrownBy(() -> Models.load(file))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("more than the");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 99, -1})
  void otherFormatVersionsAreRefused(int version) throws IOException {
    byte[] bytes = Files.readAllBytes(saved(new ZScore()));
    ByteBuffer.wrap(bytes).putInt(8, version);
    Path file = Files.write(folder.resolve("other"), bytes);
    assertThatThrownBy(() -> Models.load(file))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("format version " + version);
  }

  @Test
  void aModelThatScoresOtherwiseThanWhenSavedIsRefused() {
    RowModel model = new ZScore().fit(matrix());
    Golden golden = Golden.of(model, matrix());
    golden.verify(model);
    double[] off = golden.scores().clone();
    off[0] += 1e-6;
    assertThatThrownBy(() -> new Golden(golden.rows(), off).verify(model))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("golden row 0");
  }

  @Test
  void aFailedSaveLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = saved(new ZScore());
    byte[] before = Files.readAllBytes(file);
    RowModel foreign =
        new RowModel() {
          @Override
          public RowDetector detector() {
            return rows -> this;
          }

          @Override
          public int columns() {
            return 1;
          }

          @Override
          public double score(double[] row) {
            return 0;
          }

          @Override
          public Attribution attribute(double[] row) {
            return new Attribution(0, 0, new double[1], new double[1]);
          }
        };
    assertThatThrownBy(() -> Models.save(foreign, file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not in the catalogue");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void theTableMustHaveTheColumnsOfTheModel() {
    Table training = table(100);
    Decider decider =
        Decider.fit(new TableDetector(new ZScore()), training, new Rule.FalseAlarms(0.05));
    Table other =
        Table.of(
            IntStream.range(0, 2)
                .mapToObj(i -> Column.Numeric.numbers("x" + i, new double[] {1, 2}))
                .toList());
    assertThatThrownBy(() -> decider.decide(other))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("column 'amount' is missing");
  }
}
