package dev.vedette.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vedette.DataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadInputTest {
  @TempDir Path folder = Path.of("");

  @Test
  void structure() {
    var expected =
        Map.ofEntries(
            Map.entry("", "data.csv is empty"),
            Map.entry(" \n\n", "data.csv is empty"),
            Map.entry("a,b\n", "data.csv has no rows, only a header"),
            Map.entry("a,b", "data.csv has no rows, only a header"),
            Map.entry("\na,,c\n1,2,3\n", "data.csv line 2: column 2 of 3 has no name"),
            Map.entry("a,b, a\n1,2,3\n", "data.csv line 1: columns 1 and 3 are both named 'a'"),
            Map.entry(
                "a,b\n1,2\n\"x\ny\",3\n4,5,6\n", "data.csv line 5: 3 fields, the header has 2"),
            Map.entry("a,b\n1\n", "data.csv line 2: 1 field, the header has 2"),
            Map.entry("a,b\n1,\"x\n2,y\n", "data.csv line 2: a quoted field of this record is"),
            Map.entry("a,b\n1,\"x\"\"", "data.csv line 2: a quoted field of this record is"),
            Map.entry("a,b\n1,\"x\"y\n", "data.csv line 2: the quotes are broken"),
            Map.entry("a,b\n1,\0\n", "data.csv line 2 has a NUL character"),
            Map.entry("a,b\n1,NA\n2,\n", "data.csv: column 'b' has no values; ignore it"),
            Map.entry("a\n1\n2\n1e999\n", "data.csv line 4, column 'a': '1e999' is not a finite"),
            Map.entry("a\n1\n-Infinity\n", "data.csv line 3, column 'a': '-Infinity' is not a"));
    expected.forEach((text, message) -> assertThat(Texts.error(text)).startsWith(message));
  }

  @Test
  void quotesThatAreClosedAtTheEnd() {
    for (String last : List.of("\"x\"", "\"\"", "\"\"\"\"", "\"x\"\"\"", "\"x\n\"", "x\"")) {
      try (TableFile file = Texts.open("a,b\n1,z\n2," + last)) {
        assertThat(file.read().rows()).as(last).isEqualTo(2);
      }
    }
    for (String last : List.of("\"", "\"x", "\"x\"\"", "\"\"\"", "\"x\n")) {
      assertThat(Texts.error("a,b\n1,z\n2," + last)).as(last).contains("line 3: a quoted field");
    }
  }

  @Test
  void columnsThatDoNotExist() {
    assertThat(Texts.error("a,b\n1,2\n", new ReadOptions().label("l")))
        .isEqualTo("data.csv has no column 'l' (the label); its columns are a, b");
    assertThat(Texts.error("a,b\n1,2\n", new ReadOptions().ignored(List.of("z"))))
        .contains("no column 'z' (to be ignored)");
    assertThat(Texts.error("a,b\n1,2\n", new ReadOptions().kind("q", Kind.TIME)))
        .contains("no column 'q' (declared)");
    assertThat(Texts.error("a,b\n1,2\n", new ReadOptions().label("a").ignored(List.of("b"))))
        .contains("no columns left");
  }

  @Test
  void labels() {
    var options = new ReadOptions().label("y");
    for (String pair : List.of("0,1", "0.0,1.0", "false,TRUE", "no,yes", "normal,anomaly")) {
      String[] values = pair.split(",", -1);
      Table table = Texts.read("x,y\n5,%s\n6, %s\n".formatted(values[0], values[1]), options);
      assertThat(table.labels().orElseThrow()).containsExactly(false, true);
    }
    assertThat(Texts.read("x,y\n5,Nominal\n", options).labels().orElseThrow())
        .containsExactly(false);
    assertThat(Texts.error("x,y\n5,0\n6,2\n", options))
        .isEqualTo(
            "data.csv line 3, column 'y': '2' is not a label; a label is one of 0/1, true/false,"
                + " yes/no, normal/anomaly, nominal/anomaly; correct it, choose another label"
                + " column or skip bad rows (--skip-bad-rows)");
    assertThat(Texts.error("x,y\n5,0\n6,\n", options)).contains("line 3, column 'y': '' is not");
  }

  @Test
  void mostlyNumbersOrTimes() {
    String numbers = Texts.numbered("a", 20, "").append("oops\n").toString();
    assertThat(Texts.error(numbers))
        .startsWith("data.csv line 22, column 'a': 'oops' is not a number, but most values")
        .contains("--skip-bad-rows");
    assertThat(Texts.read(numbers, new ReadOptions().missing(List.of("OOPS"))).schema().fields())
        .containsExactly(new Schema.Field("a", Kind.NUMBER));
    assertThat(Texts.read(numbers, new ReadOptions().kind("a", Kind.CATEGORY)).rows())
        .isEqualTo(21);
    String times =
        Texts.numbered("a", 0, "").append("2026-01-01\n".repeat(10)).append("5\n").toString();
    assertThat(Texts.error(times)).startsWith("data.csv line 12, column 'a': '5' is not a date");
    String few = Texts.numbered("a", 9, "").append("oops\n").toString();
    assertThat(Texts.read(few).schema().fields())
        .containsExactly(new Schema.Field("a", Kind.CATEGORY));
  }

  @Test
  void badRowsGoToQuarantine() throws IOException {
    Path quarantine = folder.resolve("bad.csv");
    String text =
        Texts.numbered("a,b,y", 12, ",u,0")
            .append("oops,v1,1\n3,w,9\n4,5\n5,\"q,\n\",1,x\ninf,v2,0\n7,v3,1\n")
            .toString();
    var options = new ReadOptions().label("y").skipBadRows(quarantine);
    try (TableFile file = Texts.open(text, options)) {
      Table table = file.read();
      assertThat(table.rows()).isEqualTo(13);
      assertThat(((Column.Categorical) table.column("b").orElseThrow()).levels())
          .containsExactly("u", "v3");
      assertThat(file.badRows().rows()).isEqualTo(18);
      assertThat(file.badRows().bad()).isEqualTo(5);
      assertThat(file.badRows().messages())
          .startsWith("data.csv line 14, column 'a': 'oops' is not a number");
    }
    assertThat(Files.readString(quarantine))
        .isEqualTo(
            """
            line,error,a,b,y
            14,column 'a': 'oops' is not a number,oops,v1,1
            15,column 'y': '9' is not a label,3,w,9
            16,"2 fields, the header has 3",4,5,
            17,"4 fields, the header has 3",5,"q,
            ",1,x
            19,column 'a': 'inf' is not a finite number,inf,v2,0
            """
                .replace("\n", "\r\n")
                .replace("q,\r\n", "q,\n"));
  }

  @Test
  void moreThanHalfBadIsAnError() throws IOException {
    Path quarantine = folder.resolve("bad.csv");
    assertThat(Texts.error("a,b\n1,2\n3\n4\n", new ReadOptions().skipBadRows(quarantine)))
        .isEqualTo(
            "2 of the 3 rows of data.csv cannot be read, more than half; the first: data.csv line"
                + " 3: 1 field, the header has 2");
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void notATextTable() {
    assertThat(Texts.error("PK\u0003\u0004....")).contains("is a zip archive or spreadsheet");
    assertThat(Texts.error("PAR1....")).contains("is a Parquet file");
    byte[] png = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};
    assertThat(Texts.error(png, new ReadOptions())).contains("is a PNG image");
    assertThat(Texts.error(new byte[1000], new ReadOptions())).contains("NUL");
    byte[] wide = "a,b\n1,2\n".getBytes(StandardCharsets.UTF_16LE);
    assertThat(Texts.error(wide, new ReadOptions())).contains("--encoding UTF-16LE");
    assertThat(Texts.error(Texts.gzip(Texts.gzip(new byte[9])), new ReadOptions()))
        .contains("gzip inside gzip");
  }

  @Test
  void brokenGzip() {
    byte[] packed =
        Texts.gzip(Texts.numbered("a", 50_000, "").toString().getBytes(StandardCharsets.UTF_8));
    byte[] cut = Arrays.copyOf(packed, packed.length / 2);
    assertThat(Texts.error(cut, new ReadOptions()))
        .isEqualTo("data.csv cannot be read: its gzip data ends too early; the file is cut off");
    byte[] damaged = packed.clone();
    Arrays.fill(damaged, 2000, 2100, (byte) 0x55);
    assertThat(Texts.error(damaged, new ReadOptions())).contains("gzip data is damaged");
    assertThat(Texts.error(Arrays.copyOf(packed, 5), new ReadOptions())).contains("cut off");
  }

  @Test
  void boundsOnOneRecord() {
    assertThat(Texts.error("a" + ",a".repeat(10_000) + "\n1\n")).contains("more than 10000 fields");
    String huge = "x".repeat((1 << 24) + 1);
    assertThat(Texts.error("a,b\n" + huge + ",1\n")).contains("or 16777216 characters");
    assertThat(Texts.error("a,b\n1,\"" + "x\n".repeat(1 << 24)))
        .contains("data.csv line 2: the record has more than");
  }

  @Test
  void paths() {
    Path same = folder.resolve("data.csv");
    assertThatThrownBy(() -> Csv.read(same, new ReadOptions().skipBadRows(same)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the quarantine file must not be the file that is read");
    assertThatThrownBy(() -> TableFile.open(folder.resolve("none.csv")))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith("none.csv does not exist");
    assertThatThrownBy(() -> TableFile.open(folder))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith("is a folder; name a file in it");
  }
}
