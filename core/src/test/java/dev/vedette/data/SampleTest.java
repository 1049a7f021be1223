package dev.vedette.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleTest {
  @TempDir Path folder = Path.of("");

  @Test
  void isReadBackWithTheIntendedKinds() {
    Path path = folder.resolve("payments.csv");
    new Sample().write(path);
    Table table = Csv.read(path, "label");
    assertThat(table.rows()).isEqualTo(5_000);
    assertThat(table.schema().fields())
        .extracting(Schema.Field::kind)
        .containsExactly(
            Kind.TIME,
            Kind.NUMBER,
            Kind.NUMBER,
            Kind.CATEGORY,
            Kind.CATEGORY,
            Kind.CATEGORY,
            Kind.FLAG,
            Kind.NUMBER,
            Kind.NUMBER,
            Kind.CATEGORY);
    assertThat(table.labelled(true).rows()).isEqualTo(50);
    assertThat(kinds(table.labelled(true)))
        .isEqualTo(
            Map.of(
                "extreme-amount", 10,
                "broken-correlation", 10,
                "rare-combination", 10,
                "odd-hour", 10,
                "missing-burst", 10));
    assertThat(kinds(table.labelled(false))).isEqualTo(Map.of("normal", 4_950));
    assertThat(Profile.of(table).useless()).isEmpty();
  }

  private static Map<String, Integer> kinds(Table table) {
    var kinds = new TreeMap<String, Integer>();
    Column column = table.column("kind").orElseThrow();
    for (int i = 0; i < table.rows(); i++) {
      kinds.merge(column.text(i), 1, Integer::sum);
    }
    return kinds;
  }

  @Test
  void anomaliesAreWhatTheyAreCalled() {
    Path path = folder.resolve("payments.csv");
    new Sample().rows(20_000).write(path);
    Table table = Csv.read(path, "label");
    Column.Time time = (Column.Time) table.column("time").orElseThrow();
    Column.Numeric amount = (Column.Numeric) table.column("amount").orElseThrow();
    Column.Numeric fee = (Column.Numeric) table.column("fee").orElseThrow();
    Column kind = table.column("kind").orElseThrow();
    for (int i = 0; i < table.rows(); i++) {
      int hour = (int) Math.floorMod(time.millis(i) / 3_600_000, 24L);
      boolean night = hour >= 2 && hour < 5;
      assertThat(night).isEqualTo(kind.text(i).equals("odd-hour"));
      assertThat(amount.isMissing(i)).isEqualTo(kind.text(i).equals("missing-burst"));
      double off = (fee.value(i) - 0.1) / amount.value(i) / 0.012;
      if (amount.value(i) > 10) {
        assertThat(off < 0.7 || off > 1.3).isEqualTo(kind.text(i).equals("broken-correlation"));
      }
    }
  }

  @Test
  void theSeedDecidesEveryByte() throws IOException {
    assertThat(text(new Sample().rows(300))).isEqualTo(text(new Sample().rows(300)));
    assertThat(text(new Sample().rows(300))).isNotEqualTo(text(new Sample().rows(300).seed(2)));
    Path path = folder.resolve("s.csv");
    new Sample().rows(300).write(path);
    assertThat(Files.readString(path)).isEqualTo(text(new Sample().rows(300)));
  }

  private static String text(Sample sample) throws IOException {
    var out = new StringWriter();
    sample.write(out);
    return out.toString();
  }
}
