package dev.vedette.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.data.Column;
import dev.vedette.data.Table;
import dev.vedette.evaluate.Confusion;
import dev.vedette.evaluate.Curve;
import dev.vedette.evaluate.Evaluate;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CompareHtmlTest {
  private static final String HOSTILE =
      "</script><img src=x onerror=hack()>\"'\\&\u0000\u202e\u2028";

  private static boolean[] labels(int rows) {
    boolean[] labels = new boolean[rows];
    for (int i = 0; i < rows; i += 10) {
      labels[i] = true;
    }
    return labels;
  }

  private static Table table(int rows, String name) {
    var random = new SplittableRandom(1);
    int[] codes = random.ints(rows, 0, 2).toArray();
    codes[rows - 1] = -1;
    return Table.of(
            List.of(
                Column.Numeric.numbers(name + "1", random.doubles(rows).toArray()),
                new Column.Categorical(name + "2", List.of(name, "b"), codes),
                new Column.Time(name + "3", random.longs(rows, 0, 1 << 30).toArray())))
        .withLabels(labels(rows));
  }

  private static double[] scores(int rows, int model) {
    var random = new SplittableRandom(model);
    boolean[] labels = labels(rows);
    return IntStream.range(0, rows)
        .mapToDouble(i -> random.nextGaussian() + (labels[i] ? 1.5 : 0))
        .toArray();
  }

  private static CompareReport.Model model(String name, double[] scores) {
    boolean[] labels = labels(scores.length);
    Curve roc = Curve.roc(scores, labels, 1000);
    int[] counts = new int[4];
    for (int i = 0; i < scores.length; i++) {
      counts[(scores[i] > 2 ? 0 : 2) + (labels[i] ? 0 : 1)]++;
    }
    var confusion = new Confusion(counts[0], counts[1], counts[2], counts[3]);
    var curve =
        new Report.Curve(
            roc.points().stream().mapToDouble(Curve.Point::x).toArray(),
            roc.points().stream().mapToDouble(Curve.Point::y).toArray(),
            Evaluate.rocAuc(scores, labels));
    return new CompareReport.Model(
        name,
        new Report.Detection(
            name,
            7,
            new Report.Cut("x", 2, confusion.flagged()),
            new Report.Scores(scores, labels)),
        new Report.Quality(
            curve, null, List.of(new Report.Metric("AUC", "0.9", null, name)), confusion),
        List.of(new Report.Metric("Fit s", "1.25", null, "seconds")));
  }

  private static CompareReport report(int rows, String name, List<CompareReport.Model> models) {
    return new CompareReport(
        new Report.Source("Comparison", name, rows, 3, Instant.parse("2026-11-22T12:00:00Z")),
        new CompareReport.Judged(
            table(rows, name), IntStream.rangeClosed(1, rows).boxed().toList()),
        models,
        new Report.Background(
            List.of(), List.of(name), List.of(), List.of(new Report.Fact(name, name))));
  }

  private static CompareReport report(int rows, String name, int count) {
    var models = new ArrayList<CompareReport.Model>();
    for (int m = 0; m < count; m++) {
      models.add(model(name + m, scores(rows, m)));
    }
    return report(rows, name, models);
  }

  private static String data(String page) {
    int from = page.indexOf("id=\"data\">") + 10;
    return page.substring(from, page.indexOf("</script>", from));
  }

  @Test
  void thePageIsSelfContainedAndRunsOnlyItsOwnScript() throws Exception {
    String page = CompareHtml.render(report(300, "model", 4));
    assertThat(page).doesNotContain("https://", "url(data", " style=", "onclick");
    assertThat(page.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http://");
    for (String[] part :
        new String[][] {
          {"<style>", "</style>", "style-src"}, {"<script>", "</script>", "script-src"}
        }) {
      String text = page.substring(page.lastIndexOf(part[0]) + part[0].length());
      text = text.substring(0, text.indexOf(part[1]));
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      assertThat(page)
          .contains(part[2] + " 'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
    }
    assertThat(page).contains("default-src 'none'", "base-uri 'none'", "<noscript>");
    assertThat(page)
        .contains("Of 4 models, model0 is best", "id=\"agreement\"", "id=\"roc3\"", "id=\"model3\"")
        .contains("30 (10", "300 rows", "1.25");
    assertThat(CompareHtml.render(report(300, "model", 4))).isEqualTo(page);
  }

  @Test
  void nothingFromTheDataIsMarkup() {
    String page = CompareHtml.render(report(40, HOSTILE, 3));
    assertThat(page)
        .doesNotContain("<img", "\u0000", "\u202e", "\u2028")
        .contains("&lt;/script&gt;&lt;img src=x");
    assertThat(data(page))
        .doesNotContain("<", ">", "&")
        .contains("\\u003c/script\\u003e\\u003cimg");
    Matcher scripts = Pattern.compile("<script").matcher(page);
    assertThat(scripts.results().count()).as("the data and the script").isEqualTo(2);
  }

  @Test
  void oneModelOrNoneNeedNoAgreement() {
    assertThat(CompareHtml.render(report(40, "only", 1)))
        .contains("only0 has an AUC of")
        .doesNotContain("id=\"pairs\"", "id=\"agreement\"");
    assertThat(CompareHtml.render(report(40, "none", 0))).contains("No model could be judged");
    assertThat(CompareHtml.render(report(40, "two", 2))).contains("id=\"pairs\"");
  }

  @Test
  void thePageStaysSmall() {
    String page = CompareHtml.render(report(20_000, "many", 6));
    assertThat(page.length()).isLessThan(1_500_000);
  }

  @Test
  void modelsOfOtherRowsAreRefused() {
    var strange = List.of(model("a", scores(40, 1)));
    assertThatThrownBy(() -> report(50, "x", strange))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("every model must score every row");
  }

  @Test
  void placesAreCountedFromTheMostAnomalousAndSharedByEqualScores() {
    assertThat(Agreement.places(new double[] {5, 1, 3, 3, 9})).containsExactly(2, 5, 3.5, 3.5, 1);
    assertThat(Agreement.places(new double[] {-0.0, 0.0})).containsExactly(1.5, 1.5);
  }

  @Test
  void agreementIsSpearmansCorrelationAndCountsFlags() {
    double[] rising = IntStream.range(0, 40).asDoubleStream().toArray();
    double[] falling = IntStream.range(0, 40).mapToDouble(i -> -i).toArray();
    var agreement =
        Agreement.of(
            report(
                40,
                "x",
                List.of(
                    model("up", rising), model("down", falling), model("flat", new double[40]))));
    assertThat(agreement.alike(0, 0)).isCloseTo(1, within(1e-12));
    assertThat(agreement.alike(0, 1)).isCloseTo(-1, within(1e-12));
    assertThat(agreement.alike(0, 2)).isZero();
    assertThat(agreement.byModels(true)).containsExactly(1, 3, 0, 0);
    assertThat(agreement.byModels(false)).containsExactly(2, 34, 0, 0);
    assertThat(agreement.both(0, 0, false)).isEqualTo(34);
    assertThat(agreement.both(0, 1, false)).isZero();
  }

  @Test
  void ofEveryTwoModelsTheLargestDifferencesAreKept() {
    CompareReport report = report(500, "x", 3);
    Agreement agreement = Agreement.of(report);
    Disputes disputes = Disputes.of(agreement);
    boolean[] labels = labels(500);
    var kept = disputes.groups().stream().map(Agreement.Alike::first).toList();
    for (int a = 0; a < 3; a++) {
      for (int b = 0; b < 3; b++) {
        for (boolean label : new boolean[] {false, true}) {
          double[] over = agreement.places()[a];
          double[] under = agreement.places()[b];
          assertThat(kept)
              .containsAll(
                  IntStream.range(0, 500)
                      .filter(i -> labels[i] == label && under[i] > over[i])
                      .boxed()
                      .sorted(java.util.Comparator.comparingDouble(i -> -(under[i] - over[i])))
                      .limit(disputes.most() - 1L) // of equal differences either may be kept
                      .toList());
        }
      }
    }
  }

  @Test
  void rowsThatNothingTellsApartCountAsOne() {
    double[] coarse = IntStream.range(0, 100).mapToDouble(i -> i % 4).toArray();
    double[] finer = IntStream.range(0, 100).mapToDouble(i -> i % 8).toArray();
    Agreement agreement =
        Agreement.of(report(100, "x", List.of(model("a", coarse), model("b", finer))));
    List<Agreement.Alike> groups = agreement.groups();
    assertThat(groups).hasSize(12); // eight kinds of row, of which the even ones have two labels
    assertThat(groups.stream().mapToInt(Agreement.Alike::rows).sum()).isEqualTo(100);
    assertThat(groups.getFirst().first()).isZero();
  }

  @Test
  void theRarestValuesComeFirst() {
    double[] numbers = new double[20];
    numbers[7] = 4;
    var names = new int[20];
    for (int i = 0; i < 20; i++) {
      names[i] = i < 5 ? 0 : 1;
    }
    double[] gaps = new double[20];
    gaps[7] = Double.NaN;
    gaps[8] = Double.NaN;
    var oddities =
        new Oddities(
            Table.of(
                List.of(
                    new Column.Categorical("names", List.of("few", "many"), names),
                    Column.Numeric.numbers("gaps", gaps),
                    Column.Numeric.numbers("numbers", numbers))));
    assertThat(oddities.of(7, 2))
        .containsExactly(new Oddities.Oddity(2, 0.05), new Oddities.Oddity(1, 0.1));
    assertThat(oddities.of(0, 1)).containsExactly(new Oddities.Oddity(0, 0.25));
  }
}
