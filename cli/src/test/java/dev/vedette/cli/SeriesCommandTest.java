package dev.vedette.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.data.Csv;
import dev.vedette.data.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Series through the commands. */
class SeriesCommandTest {
  private static final String PROFILE = "seasonal-profile";

  @TempDir Path folder;

  private String file(String name, int hours, IntToDoubleFunction value) throws Exception {
    var text = new StringBuilder("time,load\n");
    Instant start = Instant.parse("2026-03-02T00:00:00Z");
    for (int i = 0; i < hours; i++) {
      text.append(start.plusSeconds(3600L * i)).append(',').append(value.applyAsDouble(i));
      text.append('\n');
    }
    Path path = folder.resolve(name);
    Files.writeString(path, text);
    return path.toString();
  }

  /** Four weeks with the rhythm of a day, and a peak. */
  private String peak() throws Exception {
    var random = new SplittableRandom(1);
    return file(
        "peak.csv",
        28 * 24,
        i ->
            100
                + 30 * Math.sin(i * Math.PI / 12)
                + 2 * random.nextGaussian()
                + (i == 400 ? 90 : 0));
  }

  @Test
  void aSeriesIsRecognisedAndItsPeakFound() throws Exception {
    Run run = Run.of("detect", peak());
    assertThat(run.code()).isZero();
    assertThat(run.err())
        .contains("read as a series of 672 points every hour: time 'time', value 'load'");
    assertThat(run.out())
        .contains("672 points of load from 2026-03-02 00:00 to 2026-03-29 23:00, every hour")
        .contains("\n2026-03-18 16:00  1 point ")
        .contains("is high, normally ");
    assertThat(run.out()).contains("stand-out alarms=0.1");
  }

  @Test
  void rowsOverrulesAndSoDoesADetectorOfRows() throws Exception {
    String peak = peak();
    assertThat(Run.of("detect", peak, "--rows").out()).contains("672 rows × 2 columns");
    assertThat(Run.of("detect", peak, "--detector", "iforest").out()).contains("672 rows");
    Run both = Run.of("detect", peak, "--rows", "--value", "load");
    assertThat(both.code()).isEqualTo(Vedette.USAGE);
    assertThat(both.err()).contains("--rows means nothing with --value or --key");
    Run wrong = Run.of("detect", peak, "--rows", "--detector", PROFILE);
    assertThat(wrong.err()).contains("is a detector of series, not of rows");
    Run scaled = Run.of("detect", peak, "--value", "load", "--scaling", "none");
    assertThat(scaled.err()).contains("--scaling means nothing for a series");
  }

  @Test
  void aQuietSineHasNothingToFlag() throws Exception {
    String sine = file("sine.csv", 20 * 24, i -> Math.sin(i * Math.PI / 12));
    Run run = Run.of("detect", sine);
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("flagged    0 of 480 points", "nothing stands out");
    assertThat(Run.of("detect", sine, "--fail-on-anomaly").code()).isZero();
    assertThat(Run.of("detect", peak(), "--fail-on-anomaly").code()).isEqualTo(Vedette.ANOMALIES);
  }

  @Test
  void allPointsAreWrittenAndThePageIsMade() throws Exception {
    Path out = folder.resolve("out.csv");
    Path page = folder.resolve("page.html");
    Run run =
        Run.of("detect", peak(), "--out", out.toString(), "--report", page.toString(), "--json");
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains(
            "\"anomalies\":[{\"from\":\"2026-03-18T16:00:00Z\"", "\"lower\":", "\"why\":\"load ");
    Table points = Csv.read(out);
    assertThat(points.rows()).isEqualTo(672);
    assertThat(points.columns().stream().map(c -> c.name()).toList())
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
    assertThat(points.column("anomaly").orElseThrow().text(400)).isEqualTo("1");
    assertThat(Files.readString(page)).contains("One stretch stands out", "Look at it");
  }

  @Test
  void aChangeOfTheLevelIsCalledOne() throws Exception {
    var random = new SplittableRandom(1);
    String step = file("step.csv", 400, i -> 0.3 * random.nextGaussian() + (i < 200 ? 1 : 6));
    Run run = Run.of("detect", step, "--detector", "pelt");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .containsPattern(
            "the level of load changes here: about [01]\\.\\d+ before, [56](\\.\\d+)? after")
        .doesNotContain(" is low")
        .doesNotContain(" is high");
  }

  @Test
  void thePageTakesTheExpectedValueApart() throws Exception {
    String page = page();
    assertThat(page)
        .containsSubsequence("<h4>Trend</h4>", "<h4>Season of a day</h4>", "<h4>Remainder</h4>")
        .doesNotContain("<h4>Value less expected</h4>", "<h4>Score</h4>");
    double[] value = numbers(page, "\"v\":[").getFirst();
    double[] expected = numbers(page, "\"e\":[").getFirst();
    List<double[]> panels = numbers(page, "\"p\":[[");
    assertThat(panels).hasSize(3);
    for (int i = 0; i < value.length; i++) {
      double parts = panels.get(0)[i] + panels.get(1)[i];
      assertThat(parts).isCloseTo(expected[i], within(1e-3));
      assertThat(panels.get(2)[i]).isCloseTo(value[i] - expected[i], within(1e-3));
    }
    assertThat(page.split("<circle class=\"dot\"", -1))
        .as("on the value and what is left")
        .hasSize(3);
    assertThat(page("--detector", "dynamic-threshold"))
        .containsSubsequence("<h4>Season of a day</h4>", "<h4>Remainder</h4>", "<h4>Score</h4>");
    assertThat(page("--detector", "matrix-profile"))
        .contains("<h4>Score</h4>")
        .doesNotContain("<h4>Trend</h4>", "<h4>Remainder</h4>");
  }

  private String page(String... options) throws Exception {
    Path page = folder.resolve("parts.html");
    List<String> words = new ArrayList<>(List.of("detect", peak(), "--report", page.toString()));
    words.addAll(List.of(options));
    assertThat(Run.of(words.toArray(String[]::new)).code()).isZero();
    return Files.readString(page);
  }

  /** The arrays of the page's data that begin with {@code start}. */
  private static List<double[]> numbers(String page, String start) {
    int from = page.indexOf(start) + start.length();
    int to = page.indexOf(start.endsWith("[[") ? "]]" : "]", from);
    return Arrays.stream(page.substring(from, to).split("\\],\\[", -1))
        .map(text -> Arrays.stream(text.split(",")).mapToDouble(Double::parseDouble).toArray())
        .toList();
  }

  @Test
  void manySeriesAreJudgedEachByItself() throws Exception {
    var text = new StringBuilder("at,host,cpu\n");
    var random = new SplittableRandom(2);
    for (int i = 0; i < 300; i++) {
      for (int h = 0; h < 3; h++) {
        double value = 10 * h + random.nextGaussian() + (h == 1 && i == 250 ? 30 : 0);
        text.append(Instant.ofEpochSecond(60L * i)).append(",h").append(h).append(',');
        text.append(value).append('\n');
      }
    }
    Path hosts = folder.resolve("hosts.csv");
    Files.writeString(hosts, text);
    Run run = Run.of("detect", hosts.toString());
    assertThat(run.err()).contains("read as 3 series every minute", "key 'host'");
    assertThat(run.out()).contains("3 series with 900 points", "h1: cpu ");
  }

  @Test
  void evaluateMeasuresStretches() throws Exception {
    Path load = folder.resolve("load.csv");
    assertThat(Run.of("sample", "--series", load.toString()).code()).isZero();
    Run run = Run.of("evaluate", load.toString(), "--label", "label", "--detector", PROFILE);
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("4,032 points, 68 of them in 8 labelled stretches")
        .containsPattern("stretches found +[5-8] of 8")
        .containsPattern("false stretches +[0-2]\n")
        .contains("VUS-PR", "NAB score", "range recall");
    Run unlabelled = Run.of("detect", load.toString());
    assertThat(unlabelled.out()).contains("were left out: label; --label takes one as the truth");
    Run share = Run.of("evaluate", load.toString(), "--label", "label", "--train-share", "0.5");
    assertThat(share.err()).contains("--train-share means nothing with a series");
  }

  @Test
  void whatIsNoSeriesIsRefusedInOneLine() throws Exception {
    Path names = folder.resolve("names.csv");
    Files.writeString(names, "time,load,name\n2026-03-01,1,a\n2026-03-02,2,b\n");
    Run text = Run.of("detect", names.toString(), "--value", "name");
    assertThat(text.code()).isEqualTo(Vedette.DATA);
    assertThat(text.err()).contains("column 'name' holds 'a', not numbers");
    Run absent = Run.of("detect", names.toString(), "--value", "cpu");
    assertThat(absent.err()).contains("there is no column 'cpu'; the columns are time, load, name");
    Run key = Run.of("detect", names.toString(), "--value", "load", "--time", "name");
    assertThat(key.code()).isEqualTo(Vedette.DATA);
    assertThat(key.err().lines().count()).isEqualTo(1);
  }

  @Test
  void forecastsNeedWhatCanForecast() throws Exception {
    Run wrong = Run.of("forecast", peak(), "--detector", PROFILE);
    assertThat(wrong.code()).isEqualTo(Vedette.USAGE);
    assertThat(wrong.err()).contains("seasonal-profile cannot forecast");
    assertThat(Run.of("forecast", peak(), "--points", "0").err())
        .contains("--points must be from 1 to");
    assertThat(Run.of("forecast", peak(), "--level", "1").err())
        .contains("--level must be more than 0 and less than 1, is 1");
  }

  @Test
  void detectorsOfSeriesAreListed() {
    assertThat(Run.of("detectors").out()).contains("Of series;", PROFILE);
    assertThat(Run.of("detectors", "--json").out()).contains("\"series\":true");
  }
}
