package dev.vedette.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonRecordsTest {
  @Test
  void keysAreColumnsInOrderOfAppearance() {
    String text =
        """
        {"a": 1.50, "on": true, "s": "x\\ny"}

        {"late": "2026-01-01", "s": null, "a": 12345678901234567890}
        {"on": false, "a": -0.0}
        """;
    var records = new ArrayList<List<String>>();
    var lines = new ArrayList<Long>();
    try (TableFile file = Texts.open(text)) {
      assertThat(file.header()).containsExactly("a", "on", "s", "late");
      assertThat(file.infer().fields())
          .extracting(Schema.Field::kind)
          .containsExactly(Kind.NUMBER, Kind.FLAG, Kind.CATEGORY, Kind.TIME);
      file.blocks(
          file.infer(),
          10,
          block -> {
            block.records().forEach(record -> records.add(List.of(record)));
            lines.add(block.lines()[1]);
          });
    }
    assertThat(records)
        .containsExactly(
            List.of("1.50", "true", "x\ny", ""),
            List.of("12345678901234567890", "", "", "2026-01-01"),
            List.of("-0.0", "false", "", ""));
    assertThat(lines).containsExactly(3L);
  }

  @Test
  void errors() {
    assertThat(Texts.error("{\"a\":1}\n{\"a\":{\"b\":2}}\n"))
        .isEqualTo(
            "data.csv line 2, column 'a': an object is not a value of a table; flatten it into"
                + " fields of its own or drop it, or skip bad rows (--skip-bad-rows)");
    assertThat(Texts.error("{\"a\":1}\n{\"a\":[2]}\n")).contains("line 2, column 'a': an array");
    assertThat(Texts.error("{\"a\":1}\n{\"a\":2\n")).contains("line 2: not a complete JSON object");
    assertThat(Texts.error("{\"a\":1} {\"a\":2}\n")).contains("line 1: more than one JSON value");
    assertThat(Texts.error("{\"a\":1}\n5\n")).contains("line 2: not a JSON object");
    assertThat(Texts.error("{\"a\":1,\"a\":2}\n")).contains("column 'a': the key is there twice");
    assertThat(Texts.error("{\" \":1}\n")).contains("line 1: a key is blank");
    assertThat(Texts.error("{}\n{}\n")).contains("no JSON object with a key");
    assertThat(Texts.error("{\"a\":1}\n{\"a\":Infinity}\n"))
        .contains("line 2, column 'a': 'Infinity' is not a finite number");
    assertThat(Texts.error("{\"a\":NaN}\n")).contains("column 'a' has no values");
    assertThat(Texts.error("{".repeat(100_000))).contains("line 1: not a complete JSON object");
    assertThat(Texts.error("{\"a\":" + "1".repeat(100_000) + "}")).contains("line 1");
  }

  @Test
  void badLinesCanBeSkipped() {
    String text = "{\"a\":2}\n{\"a\":3\n{\"a\":[4]}\n{\"a\":5}\n{\"a\":6}\n";
    try (TableFile file = Texts.open(text, new ReadOptions().skipBadRows())) {
      assertThat(file.read().rows()).isEqualTo(3);
      assertThat(file.badRows().bad()).isEqualTo(2);
    }
  }
}
