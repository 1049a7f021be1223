package dev.vedette.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options about series name, find and refuse columns the same way in every command. */
class SeriesOptionsTest {
  @TempDir static Path folder = Path.of("");

  @BeforeAll
  static void files() throws Exception {
    write("keys.csv", "time,host,value", i -> at(i / 3) + ",h" + i % 3 + "," + value(i));
    write(
        "two.csv",
        "time,host,zone,value",
        i -> at(i / 3) + ",h" + i % 3 + ",z" + i % 2 + "," + value(i));
    write(
        "apart.csv",
        "time,shift,team,value",
        i -> at(i) + ",s" + i % 3 + ",t" + i % 2 + "," + value(i));
    write("named.csv", "time,event,value", i -> at(i) + ",e" + i + "," + value(i));
    write("times.csv", "seen,stored,value", i -> at(i) + "," + at(i + 1) + "," + value(i));
    write("load.csv", "time,value,label", i -> at(i) + "," + value(i) + "," + (i == 90 ? 1 : 0));
    write("miss.csv", "time,value", i -> at(i + 400) + ",");
    write("gone.csv", "time,host,value", i -> at(i / 3 + 400) + ",h" + i % 3 + ",");
    write("huge.csv", "time,value", i -> at(i) + (i % 2 == 0 ? ",1e308" : ",-1e308"));
    Files.writeString(folder.resolve("one.csv"), "time,value\n2026-03-01T00:00Z,5\n");
    Files.writeString(
        folder.resolve("ones.csv"),
        "time,host,value\n2026-03-01T00:00Z,a,5\n2026-03-01T00:00Z,b,5\n");
    assertThat(command("fit load.csv --model load.vedette --label label").code()).isZero();
    assertThat(command("fit keys.csv --model keys.vedette").code()).isZero();
  }

  private static void write(String name, String header, IntFunction<String> row) throws Exception {
    var text = new StringBuilder(header).append('\n');
    for (int i = 0; i < 360; i++) {
      text.append(row.apply(i)).append('\n');
    }
    Files.writeString(folder.resolve(name), text);
  }

  private static String at(int hour) {
    return Instant.parse("2026-03-01T00:00:00Z").plusSeconds(3600L * hour).toString();
  }

  private static String value(int i) {
    return String.format(
        Locale.ROOT,
        "%.3f",
        10 * (i % 3) + Math.sin(i * .26) + i * 37 % 11 * .01 + (i == 90 ? 9 : 0));
  }

  private static Run command(String line) {
    return Run.of(Run.split(line, folder));
  }

  private static String plain(String text) {
    return text.replace(folder + folder.getFileSystem().getSeparator(), "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "detect keys.csv",
        "detect keys.csv --every 2h",
        "detect keys.csv --zone Europe/Berlin",
        "detect keys.csv --detector moving-median",
        "detect keys.csv --fill previous",
        "detect keys.csv --value value",
        "detect keys.csv --time time",
        "fit keys.csv --model x.vedette --every 2h",
        "fit keys.csv --model x.vedette --value value",
        "forecast keys.csv",
        "forecast keys.csv --every 2h",
      })
  void theOnlyColumnOfNamesIsTheKey(String line) {
    Run run = command(line);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(plain(run.err()))
        .contains("keys.csv read as 3 series every ", "time 'time', value 'value', key 'host'");
    assertThat(run.out() + run.err()).doesNotContain("were merged");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "detect two.csv --value value",
        "detect two.csv --every 2h",
        "fit two.csv --model x.vedette --detector stl",
        "forecast two.csv",
      })
  void severalColumnsThatMayBeTheKeyAreRefusedWhereTimesRepeat(String line) {
    Run run = command(line);
    assertThat(run.code()).as(run.err()).isEqualTo(Vedette.DATA);
    assertThat(plain(run.err()))
        .contains(
            "two.csv: rows have the same time,",
            "name the key with --key host or --key zone, or merge the rows of a time with"
                + " --ignore host,zone");
  }

  @Test
  void columnsOfNamesThatArePassedOverAreSaid() {
    Run key = command("detect two.csv --key host");
    assertThat(key.err()).contains("read as 3 series", "key 'host'");
    assertThat(key.out()).contains("columns of names were left out: zone; --key takes one");
    Run none = command("detect two.csv --value value --ignore host,zone");
    assertThat(none.err()).contains("read as a series of 120 points");
    assertThat(none.out()).contains("240 rows have the time of another and were merged");
    Run apart = command("forecast apart.csv --points 1");
    assertThat(apart.err()).contains("read as a series of 360 points");
    assertThat(apart.out()).contains("columns of names were left out: shift, team;");
    Run named = command("fit named.csv --model x.vedette --value value");
    assertThat(named.err())
        .contains("read as a series of 360 points", "columns of names were left out: event;");
  }

  @Test
  void aNamedColumnOfTimesIsTheOneOfTheSeries() {
    Run detect = command("detect times.csv --time stored");
    assertThat(detect.err()).contains("read as a series of 360 points every hour: time 'stored'");
    Run fit = command("fit times.csv --model x.vedette --time seen");
    assertThat(fit.err()).contains("read as a series of 360 points every hour: time 'seen'");
    assertThat(fit.out()).contains("fitted on 360 points");
    assertThat(command("detect times.csv").out()).contains("360 rows × 3 columns");
    assertThat(command("detect times.csv --time seen --rows").out()).contains("360 rows");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "evaluate load.csv --label label --folds 5|2|--folds means nothing for a series; --rows treats it as rows",
        "evaluate load.csv --label label --folds 5 --every 2h|2|--folds means nothing for a series",
        "detect load.csv --detector stll|2|no detector [stll]; there are [bagged-neighbor, ",
        "fit load.csv --model x.vedette --detector stll|2|boosted-trees], and of series [auto-series, ",
        "detect load.csv --rows --detector stll|2|no detector [stll]; there are [bagged-neighbor, ",
        "detect load.csv --detector half-space-trees|2|half-space-trees is an online detector",
        "score load.vedette miss.csv|3|miss.csv: all 360 values of 'value' are missing",
        "score keys.vedette gone.csv|3|gone.csv: h0: all 120 values of 'value' are missing",
        "forecast one.csv|3|one.csv: exponential smoothing needs",
        "forecast ones.csv|3|ones.csv: a: exponential smoothing needs",
        "forecast huge.csv|3|huge.csv: a value is ",
        "detect load.csv --value value,value|2|--value names 'value' twice",
        "forecast load.csv --value value,value|2|--value names 'value' twice",
        "detect load.csv --value time|3|load.csv: column 'time' cannot be both the time and a value;",
        "detect load.csv --value time --time time|3|load.csv: column 'time' cannot be both the time and",
        "detect load.csv --key time|3|load.csv: column 'time' cannot be both the key and the time;",
        "detect load.csv --value value --key value|3|load.csv: column 'value' cannot be both the key and",
        "detect load.csv --value nosuch|3|load.csv: there is no column 'nosuch'; the columns are time, value",
        "fit load.csv --model x.vedette --key nosuch|3|load.csv: there is no column 'nosuch'; the",
        "forecast load.csv --value nosuch|3|load.csv: there is no column 'nosuch'; the columns are",
      })
  void whatCannotBeIsSaidOfWhichFile(String line, int code, String message) {
    Run run = command(line);
    assertThat(run.code()).as(run.err()).isEqualTo(code);
    assertThat(plain(run.err())).contains(message);
    assertThat(run.err().lines().filter(each -> each.startsWith("vedette: "))).hasSize(1);
    assertThat(run.err()).doesNotContain("\tat ");
  }

  @Test
  void rowsInFoldsAreJudgedAsBefore() throws Exception {
    assertThat(command("sample --rows 300 good.csv").code()).isZero();
    assertThat(command("evaluate good.csv --label label --ignore kind --folds 2").code()).isZero();
  }
}
