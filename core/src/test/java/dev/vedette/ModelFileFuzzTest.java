package dev.vedette;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.vedette.data.Table;
import dev.vedette.row.Knn;
import dev.vedette.threshold.Rule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Bytes behind a correct header must load as a model that scores, or be refused; nothing else may
 * happen.
 */
class ModelFileFuzzTest {
  private static final Path FILE = temporary();
  private static final byte[][] SOUND = soundFiles();

  private static Path temporary() {
    try {
      Path file = Files.createTempFile("vedette-fuzz", ".vedette");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The input replaces bytes of a sound file, from a place on that its first two bytes choose; or
   * is the whole payload.
   */
  @FuzzTest(maxDuration = "10m")
  void anyPayloadLoadsOrIsRefused(byte[] input) throws Exception {
    if (input.length < 3) {
      return;
    }
    byte[] payload = Arrays.copyOfRange(input, 2, input.length);
    int choice = ((input[0] & 0xff) << 8) | (input[1] & 0xff);
    byte[] sound = SOUND[(choice & 15) % SOUND.length];
    byte[] file;
    if ((choice & 16) != 0) {
      file = Arrays.copyOf(sound, ModelFile.HEADER + payload.length);
      System.arraycopy(payload, 0, file, ModelFile.HEADER, payload.length);
    } else {
      file = sound.clone();
      int room = file.length - ModelFile.HEADER;
      int from = ModelFile.HEADER + (choice >> 5) % room;
      System.arraycopy(payload, 0, file, from, Math.min(payload.length, file.length - from));
    }
    ByteBuffer.wrap(file).putLong(12, file.length - ModelFile.HEADER);
    ModelFileTest.sign(file);
    Files.write(FILE, file);
    try {
      RowModel model = Models.load(FILE);
      model.score(new double[model.columns()]);
    } catch (ModelFileException refused) {
      // as it should be
    }
  }

  /**
   * One file of a bare model for each detector, and of deciders over tables with all kinds of
   * columns.
   */
  private static byte[][] soundFiles() {
    Stream<byte[]> bare =
        Detectors.standard().entries().stream()
            .map(entry -> sound(entry.defaults().fit(ModelFileTest.matrix())));
    Stream<byte[]> deciders =
        Stream.of(new Rule.FalseAlarms(0.05), new Rule.Budget(5, 100))
            .map(rule -> sound(new Knn(), rule));
    Stream<byte[]> learned =
        Stream.of(sound(LabelledModels.stacked()), sound(LabelledModels.boosted()));
    return Stream.of(bare, deciders, learned).flatMap(files -> files).toArray(byte[][]::new);
  }

  private static byte[] sound(RowModel model) {
    Models.save(model, ModelFileTest.matrix(), InstantSource.fixed(Instant.EPOCH), FILE);
    return bytes();
  }

  private static byte[] sound(RowDetector detector, Rule rule) {
    Table table = ModelFileTest.table(600); // enough rows for a search tree
    Decider decider = Decider.fit(new TableDetector(detector), table, rule);
    Models.save(decider, table, InstantSource.fixed(Instant.EPOCH), FILE);
    return bytes();
  }

  private static byte[] bytes() {
    try {
      return Files.readAllBytes(FILE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
