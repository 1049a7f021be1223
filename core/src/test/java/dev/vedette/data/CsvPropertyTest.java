package dev.vedette.data;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.vedette.DataException;
import dev.vedette.math.Seeds;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CsvPropertyTest {
  private static final String ALPHABET = "ab1 ,;|\t\"\n\r.-'é€\ud83d\ude00{}[]#\\";

  @Test
  void anyTextSurvivesARoundTrip() throws IOException {
    SplittableRandom random = Seeds.stream(21, 0);
    for (int run = 0; run < 300; run++) {
      int columns = random.nextInt(2, 6);
      List<List<String>> written = new ArrayList<>();
      var out = new StringWriter();
      CsvWriter csv = CsvWriter.builder().build(out);
      csv.writeRecord(header(columns));
      for (int i = 0; i < random.nextInt(1, 30); i++) {
        String[] record = new String[columns];
        Arrays.setAll(record, j -> text(random));
        record[0] = "x" + record[0];
        written.add(List.of(record));
        csv.writeRecord(record);
      }
      csv.flush();
      assertThat(records(out.toString())).as(out.toString()).isEqualTo(written);
    }
  }

  private static String[] header(int columns) {
    String[] names = new String[columns];
    Arrays.setAll(names, j -> "c" + j);
    return names;
  }

  private static String text(SplittableRandom random) {
    var text = new StringBuilder();
    int length = random.nextInt(8);
    while (text.length() < length) {
      int at = random.nextInt(ALPHABET.length());
      at -= Character.isLowSurrogate(ALPHABET.charAt(at)) ? 1 : 0;
      text.appendCodePoint(ALPHABET.codePointAt(at));
    }
    return text.toString();
  }

  private static List<List<String>> records(String text) {
    List<List<String>> records = new ArrayList<>();
    try (TableFile file = Texts.open(text, new ReadOptions().delimiter(','))) {
      Schema schema = new Schema(List.of(new Schema.Field("c0", Kind.CATEGORY)));
      file.blocks(
          schema, 7, block -> block.records().forEach(record -> records.add(List.of(record))));
    }
    return records;
  }

  @Test
  void blocksSayTheSameAsTheWholeTable() {
    Table whole;
    var parts = new ArrayList<String>();
    String text = Texts.numbered("a", 1_000, "").toString();
    try (TableFile file = Texts.open(text)) {
      whole = file.read();
      file.blocks(
          file.infer(),
          37,
          block -> {
            Column column = block.table().columns().getFirst();
            for (int i = 0; i < column.rows(); i++) {
              parts.add(column.text(i));
            }
          });
    }
    assertThat(parts).hasSize(1_000);
    for (int i = 0; i < 1_000; i++) {
      assertThat(parts.get(i)).isEqualTo(whole.columns().getFirst().text(i));
    }
  }

  @Test
  void garbageEndsInATableOrADataException() {
    SplittableRandom random = Seeds.stream(22, 0);
    int tables = 0;
    for (int run = 0; run < 5_000; run++) {
      byte[] bytes = run % 4 == 0 ? bytes(random) : lines(random).getBytes(StandardCharsets.UTF_8);
      tables += reads(run % 8 == 1 ? Texts.gzip(bytes) : bytes, new ReadOptions()) ? 1 : 0;
      tables += reads(bytes, new ReadOptions().skipBadRows()) ? 1 : 0;
    }
    assertThat(tables).isGreaterThan(100);
  }

  private static byte[] bytes(SplittableRandom random) {
    byte[] bytes = new byte[random.nextInt(200)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String lines(SplittableRandom random) {
    var text = new StringBuilder(random.nextInt(9) == 0 ? "{\"a\":" : "h,k\n");
    for (int i = 0; i < random.nextInt(40); i++) {
      text.append(text(random)).append(random.nextBoolean() ? ",3\n" : "1,");
    }
    return text.toString();
  }

  /** Whether it could be read; any other exception than a DataException fails the test. */
  static boolean reads(byte[] bytes, ReadOptions options) {
    try (TableFile file = Texts.open(bytes, options)) {
      Table table = file.read();
      assertThat(table.rows()).isPositive();
      assertThat(Profile.of(table).columns()).hasSameSizeAs(table.columns());
      return true;
    } catch (DataException e) {
      assertThat(e.getMessage()).isNotBlank();
      return false;
    }
  }
}
