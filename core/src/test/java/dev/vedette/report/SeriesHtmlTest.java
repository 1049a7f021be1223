package dev.vedette.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vedette.Decision;
import dev.vedette.report.Report.Fact;
import dev.vedette.report.SeriesReport.Anomaly;
import dev.vedette.report.SeriesReport.Background;
import dev.vedette.report.SeriesReport.Band;
import dev.vedette.report.SeriesReport.Chart;
import dev.vedette.report.SeriesReport.Marks;
import dev.vedette.report.SeriesReport.Panel;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SeriesHtmlTest {
  private static final long START = 1_772_323_200_000L; // 2026-03-01T00:00Z

  private static long[] hours(int points) {
    return LongStream.range(0, points).map(i -> START + i * 3_600_000).toArray();
  }

  private static SeriesReport report(String name, int points, int spike) {
    double[] values = new double[points];
    Arrays.setAll(values, i -> i == spike ? 500 : Math.sin(i / 4.0));
    double[] expected = new double[points];
    double[] lower = new double[points];
    double[] upper = new double[points];
    Arrays.fill(lower, -2);
    Arrays.fill(upper, 2);
    boolean[] flags = new boolean[points];
    flags[spike] = true;
    var chart =
        new Chart(
            name,
            "",
            hours(points),
            values,
            new Band("normal", expected, lower, upper),
            new Marks(flags, new boolean[0]),
            List.of(new Panel("Trend", expected), new Panel("Remainder", values, true)));
    long at = START + spike * 3_600_000L;
    return new SeriesReport(
        new SeriesReport.Source(
            "Anomalies over time", "One stretch", List.of(new Fact("File", name)), Instant.EPOCH),
        List.of(chart),
        List.of(
            new Anomaly(0, at, at, "then", new Decision(9, 0.01, 99.5, true), name + " is high")),
        new Background(List.of(), List.of(), List.of()));
  }

  @Test
  void thePageShowsLineBandFlagAndReason() {
    String page = SeriesHtml.render(report("load", 200, 77));
    assertThat(page)
        .startsWith("<!DOCTYPE html>")
        .contains("class=\"fan\" d=\"M", "class=\"value\" d=\"M", "class=\"expected\" d=\"M")
        .contains("<h4>Trend</h4>", "<h4>Remainder</h4>", "load is high")
        .contains("severity <b>100</b>");
    assertThat(page.split("<circle class=\"dot\"", -1))
        .as("a dot on value and remainder")
        .hasSize(3);
    assertThat(page.replace("http://www.w3.org/2000/svg", ""))
        .as("nothing from elsewhere")
        .doesNotContain("http:", "https:", " src=", "@import");
    assertThat(SeriesHtml.render(report("load", 200, 77))).isEqualTo(page);
  }

  @Test
  void whatIsInTheDataCannotBecomeMarkup() {
    String page = SeriesHtml.render(report("</script><b>\"'&", 50, 3));
    assertThat(page).doesNotContain("</script><b>").contains("&lt;/script&gt;&lt;b&gt;&quot;");
  }

  @Test
  void noSpikeIsLostHoweverManyPointsThereAre() {
    String page = SeriesHtml.render(report("load", 300_000, 123_457));
    assertThat(page.length()).isLessThan(1_500_000);
    assertThat(page)
        .contains("Drawn from ", ",500,")
        .containsPattern("class=\"value\" d=\"[^\"]* 1[0-9] ?L");
  }

  @Test
  void aPictureKeepsTheExtremesOfEachColumn() {
    double[] values = IntStream.range(0, 5000).mapToDouble(i -> i == 2501 ? 9 : i % 2).toArray();
    var outline = new Outline(hours(5000), Outline.gap(3_600_000, 1), new Axis(0, 10, false), 100);
    assertThat(outline.line(values)).contains(" 10L").contains("L1000 ");
    int[] kept = Outline.thinned(values, new boolean[5000], 100);
    assertThat(kept.length).isLessThanOrEqualTo(102);
    assertThat(kept).contains(0, 2501, 4999);
  }

  @Test
  void noLineIsDrawnOverAGapOrAMissingValue() {
    long[] times = {0, 10, 20, 30, 200, 210, 220};
    var outline = new Outline(times, Outline.gap(10, 1), new Axis(0, 10, false), 100);
    String line = outline.line(new double[] {1, 2, Double.NaN, 4, 5, 6, 7});
    assertThat(line.chars().filter(c -> c == 'M').count()).isEqualTo(3);
    double[] ones = {1, 1, 1, 1, 1, 1, 1};
    String area = outline.area(ones, ones);
    assertThat(area.chars().filter(c -> c == 'Z').count()).isEqualTo(2);
  }

  @Test
  void ticksLieOnRoundMoments() {
    var axis = new TimeAxis(START + 60_000, START + 48 * 3_600_000L);
    assertThat(axis.ticks(8)).extracting(Axis.Tick::label).contains("06:00", "2 Mar", "3 Mar");
    var years = new TimeAxis(START, START + 3000L * 86_400_000);
    assertThat(years.ticks(8)).extracting(Axis.Tick::label).contains("2028", "2034");
    var months = new TimeAxis(START, START + 180L * 86_400_000);
    assertThat(months.ticks(8)).extracting(Axis.Tick::label).contains("Mar 2026", "Aug 2026");
    assertThat(TimeAxis.of(new long[] {5}).ticks(8)).isNotEmpty();
  }

  @Test
  void marksOfAnAxisSayWhereTheyAre() {
    assertThat(new Axis(-2.5, 7.5, false).ticks(4))
        .extracting(Axis.Tick::label)
        .containsExactly("-2.5", "0.0", "2.5", "5.0", "7.5");
    assertThat(new Axis(0, 100, false).ticks(4)).extracting(Axis.Tick::label).contains("25", "50");
  }
}
