package dev.vedette.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vedette.DataException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableFileTest {
  @TempDir Path folder = Path.of("");

  private static final String MIXED =
      """
      at,amount,shop,online,bad,note
      2026-01-01T10:00:00Z,12.5,bakery,yes,0,x
      2026-01-01T11:00:00Z, +3 ,"books, and more",no,1,y
      2026-01-02,NA,bakery,,0,z
      """;

  @Test
  void infersAndReadsEachKind() {
    Table table = Texts.read(MIXED, new ReadOptions().label("bad").ignored(List.of("note")));
    assertThat(table.schema())
        .isEqualTo(
            new Schema(
                List.of(
                    new Schema.Field("at", Kind.TIME),
                    new Schema.Field("amount", Kind.NUMBER),
                    new Schema.Field("shop", Kind.CATEGORY),
                    new Schema.Field("online", Kind.FLAG))));
    assertThat(texts(table, "at"))
        .containsExactly("2026-01-01T10:00:00Z", "2026-01-01T11:00:00Z", "2026-01-02T00:00:00Z");
    assertThat(texts(table, "amount")).containsExactly("12.5", "3", "");
    assertThat(texts(table, "shop")).containsExactly("bakery", "books, and more", "bakery");
    assertThat(texts(table, "online")).containsExactly("1", "0", "");
    assertThat(table.labels().orElseThrow()).containsExactly(false, true, false);
  }

  private static List<String> texts(Table table, String name) {
    Column column = table.column(name).orElseThrow();
    var texts = new ArrayList<String>();
    for (int i = 0; i < column.rows(); i++) {
      texts.add(column.text(i));
    }
    return texts;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0 1 1;FLAG",
        "0.0 1.0;FLAG",
        "0 1 2;NUMBER",
        "true FALSE;FLAG",
        "yes yes;FLAG",
        "t f;FLAG",
        "f f;CATEGORY",
        "y n Y;FLAG",
        "yes true;CATEGORY",
        "1 yes;CATEGORY",
        "1e5 .5 -3;NUMBER",
        "0x10 1;CATEGORY",
        "1d 2d;CATEGORY",
        "2024 2025;NUMBER",
        "2024-01-01 01.02.2024;TIME",
        "2024-01-01 5;CATEGORY",
        "a b;CATEGORY",
        "inf abc;CATEGORY"
      })
  void infersTheKindOfAColumn(String values, Kind kind) {
    try (TableFile file = Texts.open("x\n" + values.replace(' ', '\n') + "\nnone\n")) {
      assertThat(file.infer().fields()).containsExactly(new Schema.Field("x", kind));
    }
  }

  @Test
  void declaredKindsWin() {
    var options = new ReadOptions().kind("zip", Kind.CATEGORY).kind("at", Kind.TIME);
    Table table = Texts.read("zip,at\n01067,1700000000\n80331,1700000000500\n", options);
    assertThat(texts(table, "zip")).containsExactly("01067", "80331");
    assertThat(texts(table, "at"))
        .containsExactly("2023-11-14T22:13:20Z", "2023-11-14T22:13:20.500Z");
    assertThat(Texts.error("a\n2\n1\n", new ReadOptions().kind("a", Kind.FLAG)))
        .isEqualTo(
            "data.csv line 2, column 'a': '2' is not a flag such as 0/1 or yes/no; correct it, add"
                + " it to the missing tokens, or skip bad rows (--skip-bad-rows)");
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t", "|"})
  void findsTheDelimiter(String delimiter) {
    String text = "a,b;c\n1.5,\"x|y;z,w\";0\n2,\"q\";1\n".replace(';', ',').replace(",", delimiter);
    Table table = Texts.read(text);
    assertThat(table.columns()).extracting(Column::name).containsExactly("a", "b", "c");
  }

  @Test
  void semicolonsWithDecimalCommas() {
    Table table = Texts.read("a;b\n1,5;2,5\n3,5;4,5\n");
    assertThat(texts(table, "a")).containsExactly("1,5", "3,5");
  }

  @Test
  void explicitDelimiter() {
    Table table = Texts.read("a,b;c\n1,2;3\n", new ReadOptions().delimiter(';'));
    assertThat(table.columns()).extracting(Column::name).containsExactly("a,b", "c");
  }

  @Test
  void blocksCarryRecordsAndLines() {
    String text = "a,id,b\n1, x ,\"p\nq\"\n\n2,\"y\"\"\",r\r\n3,z,s";
    var lines = new ArrayList<Long>();
    var records = new ArrayList<List<String>>();
    var sizes = new ArrayList<Integer>();
    try (TableFile file = Texts.open(text, new ReadOptions().ignored(List.of("id")))) {
      assertThat(file.header()).containsExactly("a", "id", "b");
      file.blocks(
          file.infer(),
          2,
          block -> {
            sizes.add(block.table().rows());
            for (long line : block.lines()) {
              lines.add(line);
            }
            block.records().forEach(record -> records.add(List.of(record)));
          });
      assertThat(file.badRows()).isEqualTo(new BadRows(3, 0, List.of()));
    }
    assertThat(sizes).containsExactly(2, 1);
    assertThat(lines).containsExactly(2L, 5L, 6L);
    assertThat(records)
        .containsExactly(
            List.of("1", " x ", "p\nq"), List.of("2", "y\"", "r"), List.of("3", "z", "s"));
  }

  @Test
  void readsANewFileByAKnownSchema() {
    var schema =
        new Schema(
            List.of(
                new Schema.Field("shop", Kind.CATEGORY),
                new Schema.Field("urgent", Kind.FLAG),
                new Schema.Field("amount", Kind.NUMBER)));
    try (TableFile file = Texts.open("amount,extra,urgent,shop\n1,?,2,new\n2,?,1,old\n")) {
      Table table = file.read(schema);
      assertThat(table.columns())
          .extracting(Column::name)
          .containsExactly("shop", "urgent", "amount");
      assertThat(texts(table, "urgent")).containsExactly("2", "1");
    }
    try (TableFile file = Texts.open("amount,b\n1,2\n")) {
      assertThatThrownBy(() -> file.read(schema))
          .isInstanceOf(DataException.class)
          .hasMessage("data.csv lacks the columns shop, urgent; its columns are amount, b");
    }
  }

  @Test
  void gzipIsRecognisedByItsBytes() throws IOException {
    Path path = folder.resolve("t.csv");
    Files.write(path, Texts.gzip("a,label\n1,0\n2,1\n3,0\n".getBytes(StandardCharsets.UTF_8)));
    Table table = Csv.read(path, "label");
    assertThat(table.rows()).isEqualTo(3);
    assertThat(table.split(0.7, 42).train().rows()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE"})
  void aByteOrderMarkChoosesTheEncoding(String charset) {
    byte[] bytes = "\ufeffgröße,b\nä€😀,1\nö,2\n".getBytes(Charset.forName(charset));
    try (TableFile file = Texts.open(bytes, new ReadOptions())) {
      assertThat(file.header()).containsExactly("größe", "b");
      assertThat(texts(file.read(), "größe")).containsExactly("ä€😀", "ö");
    }
  }

  @Test
  void encodingCanBeGiven() {
    Charset latin = Charset.forName("windows-1252");
    byte[] bytes = "größe,b\nä€,1\nö,2\n".getBytes(latin);
    assertThat(Texts.error(bytes, new ReadOptions()))
        .isEqualTo(
            "data.csv line 1: the bytes F6 are not UTF-8; pass the encoding of the file, such as"
                + " --encoding windows-1252");
    try (TableFile file = Texts.open(bytes, new ReadOptions().encoding(latin))) {
      assertThat(texts(file.read(), "größe")).containsExactly("ä€", "ö");
    }
  }

  @Test
  void malformedBytesFarIntoTheFileAreFoundByLine() {
    byte[] text = Texts.numbered("a", 50_000, "").toString().getBytes(StandardCharsets.UTF_8);
    text[text.length - 2] = (byte) 0xc3;
    assertThat(Texts.error(text, new ReadOptions()))
        .startsWith("data.csv line 50001: the bytes C3 are not UTF-8");
  }

  @Test
  void theNameDecidesForJson() throws IOException {
    Path path = folder.resolve("t.jsonl");
    Files.writeString(path, "\n{\"a\":1,\"b\":\"x\"}\n{\"b\":\"y\"}\n");
    try (TableFile file = TableFile.open(path)) {
      assertThat(file.header()).containsExactly("a", "b");
      assertThat(texts(file.read(), "a")).containsExactly("1", "");
    }
  }

  @Test
  void aFailureOfTheConsumerIsNotOneOfTheFile() {
    try (TableFile file = Texts.open(MIXED)) {
      var failure = new java.io.UncheckedIOException(new IOException("disk full"));
      assertThatThrownBy(
              () ->
                  file.blocks(
                      file.infer(),
                      1,
                      block -> {
                        throw failure;
                      }))
          .isSameAs(failure);
    }
  }

  @Test
  void aRealFile() {
    Path http = Path.of("../../shared/data/tabular/http.csv.gz");
    org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(http), "no " + http);
    Table table = Csv.read(http, "label");
    assertThat(table.rows()).isEqualTo(567_498);
    assertThat(table.labelled(true).rows()).isEqualTo(2_211);
  }
}
