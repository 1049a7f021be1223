package dev.vedette.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vedette.Models;
import dev.vedette.Reading;
import dev.vedette.SeriesDeciders;
import dev.vedette.data.Column;
import dev.vedette.data.Csv;
import dev.vedette.data.Series;
import dev.vedette.data.SeriesColumns;
import dev.vedette.data.SeriesTable;
import dev.vedette.data.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Series learned once and scored later, and made ready as asked. */
class SeriesModelTest {
  @TempDir static Path folder = Path.of("");

  /** Four weeks of requests, the first three to learn from. */
  @BeforeAll
  static void files() throws Exception {
    assertThat(command("sample --series load.csv").code()).isZero();
    List<String> lines = Files.readAllLines(folder.resolve("load.csv"));
    Files.write(folder.resolve("before.csv"), lines.subList(0, 3025));
    List<String> after = new ArrayList<>(lines.subList(3025, lines.size()));
    after.addFirst(lines.getFirst());
    Files.write(folder.resolve("after.csv"), after);
    hosts("hosts.csv", 0, 3);
    hosts("later.csv", 21, 4);
    Files.writeString(folder.resolve("short.csv"), "time,requests\n2026-03-01T00:00Z,5\n");
    Files.writeString(folder.resolve("none.csv"), "time,requests\n");
    Files.writeString(folder.resolve("void.csv"), "");
    Files.writeString(folder.resolve("plain.csv"), "a,b\n1,2\n2,3\n");
    Files.writeString(
        folder.resolve("holes.csv"),
        "time,requests\n2026-03-01T00:00Z,\n2026-03-01T01:00Z,\n2026-03-01T02:00Z,\n");
    assertThat(command("fit before.csv --model load.vedette").code()).isZero();
    assertThat(
            command(
                    "fit hosts.csv --model hosts.vedette --time at --value cpu,disk --key host"
                        + " --detector seasonal-esd")
                .code())
        .isZero();
    assertThat(command("sample --rows 300 good.csv").code()).isZero();
    assertThat(command("fit good.csv --model rows.vedette --label label --ignore kind").code())
        .isZero();
  }

  /** Three weeks of hosts by the hour from a day on, the last with a peak in the fifth hour. */
  private static void hosts(String name, int day, int hosts) throws Exception {
    var random = new SplittableRandom(day);
    var text = new StringBuilder("at,host,cpu,disk\n");
    for (int hour = 0; hour < 21 * 24; hour++) {
      for (int h = 0; h < hosts; h++) {
        Instant at = Instant.parse("2026-03-02T00:00:00Z").plusSeconds(3600L * (24 * day + hour));
        double cpu = 40 + 10 * Math.sin(hour * Math.PI / 12) + random.nextGaussian();
        cpu += day > 0 && hour == 5 && h == 2 ? 60 : 0;
        text.append(at).append(",h").append(h).append(',').append(cpu).append(',');
        text.append(10 * h + random.nextGaussian()).append('\n');
      }
    }
    Files.writeString(folder.resolve(name), text);
  }

  private static Run command(String line) {
    return Run.of(Run.split(line, folder));
  }

  private static String plain(String text) {
    return text.replace(folder + folder.getFileSystem().getSeparator(), "");
  }

  @Test
  void fitRecognisesASeriesAndScoreJudgesWhatComesLater() {
    Run fit = command("fit before.csv --model x.vedette");
    assertThat(fit.err())
        .contains("read as a series of 3,024 points every 10 min: time 'time', value 'requests'")
        .contains("label; --label takes one as the truth");
    assertThat(plain(fit.out()))
        .startsWith("x.vedette: auto-series")
        .contains("fitted on 3,024 points of ", "before.csv; flags scores above ");
    Run score = command("score load.vedette after.csv --out scored.csv");
    assertThat(score.code()).isZero();
    assertThat(score.err()).containsPattern("1,008 points scored, \\d+ flagged in \\d+ stretches");
    Table scored = Csv.read(folder.resolve("scored.csv"));
    assertThat(scored.columns().stream().map(Column::name).toList())
        .containsExactly(
            "time",
            "value",
            "expected",
            "lower",
            "upper",
            "score",
            "p_value",
            "severity",
            "anomaly",
            "reason");
    assertThat(scored.rows()).isEqualTo(1008);
    Run detect = command("detect before.csv --out within.csv");
    assertThat(detect.code()).isZero();
    assertThat(Csv.read(folder.resolve("within.csv")).columns().stream().map(Column::name).toList())
        .isEqualTo(scored.columns().stream().map(Column::name).toList());
  }

  /** What is printed are the scores of the model in memory, digit by digit. */
  @Test
  void scoresAreThoseOfTheModel() {
    Run run = command("score load.vedette after.csv");
    SeriesDeciders deciders = Models.loadSeriesDeciders(folder.resolve("load.vedette"));
    Table table = Csv.read(folder.resolve("after.csv"));
    SeriesColumns columns = deciders.columns();
    Series later = SeriesTable.read(table, columns).getFirst().series();
    Reading reading = deciders.fitted().getFirst().decider().model().read(later);
    List<String> lines = run.out().lines().toList();
    assertThat(lines).hasSize(1009);
    for (int i = 0; i < 1008; i++) {
      assertThat(lines.get(i + 1).split(",", -1)[5]).isEqualTo(Double.toString(reading.score()[i]));
    }
    assertThat(command("score load.vedette after.csv").out()).isEqualTo(run.out());
  }

  @Test
  void onlyWhatIsFlaggedAsJson() {
    Run run = command("score hosts.vedette later.csv --json --flagged --fail-on-anomaly");
    assertThat(run.code()).isEqualTo(Vedette.ANOMALIES);
    assertThat(run.out().lines())
        .allSatisfy(line -> assertThat(line).startsWith("{\"series\":").contains("\"why\":"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("{\"series\":\"h2, cpu\",\"time\":\"2026-03-23T05:00:00Z\"")
                    .contains("\"anomaly\":true", "\"why\":\"cpu 1"));
    assertThat(run.err())
        .contains("the model has learned nothing of 'h3'; left out")
        .contains("3,024 points scored"); // 3 hosts × 2 variables × 504 hours
    Run all = command("score hosts.vedette later.csv --flagged");
    assertThat(all.out()).startsWith("series,time,value,").contains("\"h2, cpu\",2026-03-23T05");
  }

  @Test
  void rowsOverrulesAndRowModelsStillScore() {
    Run rows = command("fit before.csv --model y.vedette --rows");
    assertThat(rows.out()).contains("fitted on 3,024 rows");
    assertThat(command("score y.vedette after.csv --flagged").out()).startsWith("time,requests,");
    Run forest = command("fit before.csv --model y.vedette --detector iforest");
    assertThat(forest.out()).contains("iforest", "fitted on 3,024 rows");
    Run forced = command("fit before.csv --model y.vedette --detector stl");
    assertThat(forced.out()).contains("stl", "fitted on 3,024 points");
    assertThat(command("fit before.csv --model y.vedette --detector stl --normal-only").err())
        .contains("--normal-only needs --label");
    Run normal =
        command("fit before.csv --model y.vedette --detector stl --normal-only --label label");
    assertThat(normal.err()).contains("--normal-only means nothing for a series");
  }

  @Test
  void pointsOfTheHistoryAreSaidAloud() {
    Run run = command("score load.vedette load.csv");
    assertThat(run.code()).isZero();
    assertThat(run.err()).contains("3,024 of 4,032 points are not after the history, which ends ");
  }

  @Test
  void otherCommandsRefuseModelsOfSeriesInALine() {
    for (String line :
        List.of(
            "explain load.vedette after.csv --row 1",
            "export load.vedette --onnx load.onnx",
            "evaluate after.csv --label label --model load.vedette",
            "serve load.vedette --port 0 --grpc-port 0 --folder serve.x")) {
      Run run = command(line);
      assertThat(run.code()).as(line).isEqualTo(Vedette.DATA);
      assertThat(run.err().lines().count()).as(run.err()).isEqualTo(1);
      assertThat(run.err()).contains("holds models of series over time", "'vedette score'");
    }
    assertThat(command("score rows.vedette good.csv").code()).isZero();
  }

  @Test
  void stepsOfDaysFollowTheClockOfTheZone() throws Exception {
    var text = new StringBuilder("at,load\n");
    Instant start = Instant.parse("2026-02-28T23:00:00Z"); // midnight in Berlin
    for (int hour = 0; hour < 60 * 24; hour++) {
      text.append(start.plusSeconds(3600L * hour)).append(",1\n");
    }
    Files.writeString(folder.resolve("spring.csv"), text);
    Run run =
        command(
            "detect spring.csv --value load --every 1d --aggregate sum --zone Europe/Berlin --out days.csv"
                + " --detector moving-median");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("from 2026-03-01 00:00 to 2026-04", "clock of Europe/Berlin");
    assertThat(run.out()).contains("1440 points became 60, the sum of every 1d");
    List<String> days = Files.readAllLines(folder.resolve("days.csv"));
    assertThat(days.get(28)).startsWith("2026-03-27T23:00:00Z,24,");
    assertThat(days.get(29)).startsWith("2026-03-28T23:00:00Z,23,");
    assertThat(days.get(30)).startsWith("2026-03-29T22:00:00Z,24,");
    assertThat(days.getLast()).startsWith("2026-04-28T22:00:00Z,24,");
    assertThat(run.out())
        .contains("the last step, from 2026-04-29 22:00, is covered only in part and was left out");
  }

  /** The model remembers step, aggregate, zone and filling; the later file needs no options. */
  @Test
  void scorePreparesAsFitDid() throws Exception {
    Files.writeString(folder.resolve("oct.csv"), local("2026-10-01T00:00", 24));
    Files.writeString(folder.resolve("nov.csv"), local("2026-10-24T23:00", 14));
    Run fit =
        command(
            "fit oct.csv --model local.vedette --every 3h --aggregate max --zone Europe/Berlin"
                + " --fill previous --detector seasonal-profile");
    assertThat(fit.code()).as(fit.err()).isZero();
    assertThat(fit.err()).contains("1152 points became 191, the max of every 3h");
    Run score = command("score local.vedette nov.csv");
    assertThat(score.code()).as(score.err()).isZero();
    List<String> lines = score.out().lines().toList();
    // 23:00 before the last day of summer time is two hours before UTC: a whole step begins there.
    assertThat(lines.get(1)).startsWith("2026-10-24T21:00:00Z,");
    assertThat(lines.get(2)).startsWith("2026-10-25T00:00:00Z,");
    assertThat(score.err()).contains("the max of every 3h");
  }

  /** A day of which five hours were known is none of the history, so it may be judged later. */
  @Test
  void aStepLeftOutIsNoneOfTheHistory() throws Exception {
    List<String> lines = local("2026-09-01T00:00", 20).lines().toList();
    Files.write(folder.resolve("cut.csv"), lines.subList(0, 1 + 19 * 48 + 10));
    Files.writeString(folder.resolve("next.csv"), local("2026-09-20T00:00", 6));
    Files.writeString(folder.resolve("same.csv"), local("2026-09-19T00:00", 6));
    Run fit =
        command(
            "fit cut.csv --model cut.vedette --every 1d --detector moving-median --zone Europe/Berlin");
    assertThat(fit.code()).as(fit.err()).isZero();
    assertThat(fit.err()).contains("922 points became 19, the mean of every 1d");
    Run next = command("score cut.vedette next.csv");
    assertThat(next.out().lines().count()).isEqualTo(1 + 6);
    assertThat(next.err()).doesNotContain("not after the history");
    assertThat(command("score cut.vedette same.csv").err())
        .contains("1 of 6 points are not after the history");
  }

  /** Half an hour apart by the clock on the wall, without an offset. */
  private static String local(String from, int days) {
    var random = new SplittableRandom(days);
    var text = new StringBuilder("at,load\n");
    var at = java.time.LocalDateTime.parse(from);
    for (int i = 0; i < 48 * days; i++) {
      double value = 50 + 20 * Math.sin(i * Math.PI / 24) + random.nextGaussian();
      text.append(at.plusMinutes(30L * i)).append(',').append(value).append('\n');
    }
    return text.toString();
  }

  @Test
  void unsortedAndDuplicateRowsAreSortedAndMerged() throws Exception {
    List<String> lines = new ArrayList<>(Files.readAllLines(folder.resolve("after.csv")));
    String header = lines.removeFirst();
    java.util.Collections.reverse(lines);
    lines.add(lines.get(7));
    lines.addFirst(header);
    Files.write(folder.resolve("mixed.csv"), lines);
    Run run = command("score load.vedette mixed.csv");
    assertThat(run.code()).isZero();
    assertThat(run.err())
        .contains("the rows were not in the order of time and were sorted")
        .contains("1 rows have the time of another and were merged into their mean");
    assertThat(run.out()).isEqualTo(command("score load.vedette after.csv").out());
  }

  @Test
  void forecastsAreMadeOfWhatWasMadeReady() {
    Run run = command("forecast load.csv --value requests --every 1h --points 3");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("4032 points became 672, the mean of every 1h", "after 672 points to ");
    Run refused = command("forecast load.csv --every 0");
    assertThat(refused.code()).isEqualTo(Vedette.USAGE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "detect load.csv --zone Europe/Bielefeld|2|--zone: there is no time zone 'Europe/Bielefeld'; zones",
        "fit load.csv --model z.vedette --every 0|2|--every: a step is a whole number, 1 or more, and",
        "detect load.csv --every=-1h|2|--every: a step is a whole number, 1 or more, and a unit",
        "detect load.csv --every 1h --aggregate mode|2|--aggregate is one of mean, sum, median, min,",
        "detect load.csv --aggregate sum|2|--aggregate needs --every",
        "detect load.csv --fill fixed|2|--fill: fixed needs a number, such as fixed=3, is 'fixed'",
        "detect load.csv --fill nearest|2|--fill: gaps are filled by previous, linear,",
        "detect load.csv --rows --every 1h|2|--rows means nothing with",
        "detect load.csv --every 1m|3|a step of 1m is finer than the series, whose points are 10 min",
        "score load.vedette good.csv|3|lacks the column requests; its columns are",
        "score load.vedette void.csv|3|is empty",
        "score load.vedette none.csv|3|none.csv has no rows, only a header",
        "fit plain.csv --model z.vedette --detector stl|3|there is no column of times among a, b; name",
        "fit holes.csv --model z.vedette --value requests|3|requests",
        "fit short.csv --model z.vedette --detector stl|3|short.csv: ",
        "detect holes.csv --value requests --fill linear|3|requests",
        "score absent.vedette load.csv|3|there is no file",
      })
  void whatCannotBeIsSaidInALine(String line, int code, String message) {
    Run run = command(line);
    assertThat(run.code()).as(run.err()).isEqualTo(code);
    assertThat(plain(run.err())).contains(message);
    assertThat(run.err().lines().filter(each -> each.startsWith("vedette: "))).hasSize(1);
    assertThat(run.err()).doesNotContain("\tat ");
    assertThat(folder.resolve("z.vedette")).doesNotExist();
  }

  @Test
  void onePointIsScoredAloneAsAmongOthers() {
    Run fit = command("fit before.csv --model p.vedette --detector additive");
    assertThat(fit.code()).isZero();
    Run all = command("score p.vedette after.csv");
    List<String> lines = all.out().lines().toList();
    List<String> cells = List.of(lines.get(501).split(",", 3));
    Run alone =
        Run.reading(
            "time,requests\n" + cells.get(0) + "," + cells.get(1) + "\n",
            "score",
            folder.resolve("p.vedette").toString(),
            "-");
    assertThat(alone.code()).as(alone.err()).isZero();
    assertThat(alone.out().lines().toList().get(1)).isEqualTo(lines.get(501));
  }

  @Test
  void keysTheModelDoesNotKnowAreADataError() throws Exception {
    Files.writeString(folder.resolve("other.csv"), "at,host,cpu,disk\n2026-04-13T00:00Z,x,1,2\n");
    Run run = command("score hosts.vedette other.csv");
    assertThat(run.code()).isEqualTo(Vedette.DATA);
    assertThat(plain(run.err()))
        .contains("other.csv: the model has learned nothing of 'x'; it knows 'h0', 'h1', 'h2' in")
        .contains("column 'host'");
  }
}
