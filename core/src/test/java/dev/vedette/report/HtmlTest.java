package dev.vedette.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vedette.DataException;
import dev.vedette.Decision;
import dev.vedette.evaluate.Confusion;
import dev.vedette.explain.Direction;
import dev.vedette.explain.Input;
import dev.vedette.explain.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlTest {
  private static final Set<String> VOID = Set.of("meta", "br", "rect", "line", "path", "circle");
  private static final String HOSTILE =
      "<script>alert(1)</script>\"'&\u0000\u202e\u2028" + "x".repeat(3000);

  /** Everything in a report that a test wants to vary. */
  private record Facts(
      double[] scores, boolean @Nullable [] labels, double cut, int flagged, String name) {
    Report report() {
      var source =
          new Report.Source(
              name.substring(0, Math.min(60, name.length())),
              name,
              scores.length,
              2,
              Instant.parse("2026-11-22T12:00:00Z"));
      var shown =
          labels == null ? Report.Scores.unlabelled(scores) : new Report.Scores(scores, labels);
      var detection =
          new Report.Detection(name, scores.length, new Report.Cut(name, cut, flagged), shown);
      var input = new Input(name, name, name, Direction.UNUSUAL, 1);
      Boolean label = labels == null ? null : labels[0];
      var decision = new Decision(9, 0.001, 60, flagged > 0);
      return new Report(
          source,
          detection,
          quality(),
          List.of(new Report.Anomaly(1, decision, label, List.of(new Reason(input, 1)))),
          new Report.Background(
              List.of(
                  new Report.Profile(
                      name, name, new Report.Counts(1, 2, List.of(1L, 0L, 5L)), name, name)),
              List.of(name),
              List.of(new Report.Timing(name, 12)),
              List.of(new Report.Fact(name, name))));
    }

    private Report.Quality quality() {
      if (labels == null) {
        return Report.Quality.none();
      }
      double[] line = {0, 0.5, 1};
      return new Report.Quality(
          new Report.Curve(line, line, 0.5),
          new Report.Curve(line, new double[] {1, 0.5, 0}, 0.5),
          List.of(new Report.Metric(name, "0.9", "0.8 to 1.0", name)),
          new Confusion(1, 2, 3, 4));
    }
  }

  private static Facts facts(int rows) {
    var random = new SplittableRandom(1);
    double[] scores = new double[rows];
    boolean[] labels = new boolean[rows];
    for (int i = 0; i < rows; i++) {
      labels[i] = i % 100 == 0;
      scores[i] = Math.exp(random.nextGaussian()) + (labels[i] ? 5 : 0);
    }
    return new Facts(scores, labels, 5, rows / 100, "payments.csv");
  }

  private static Stream<Facts> cases() {
    Facts many = facts(500);
    double[] equal = new double[40];
    Arrays.fill(equal, 3);
    return Stream.of(
        many,
        new Facts(many.scores(), null, 5, 3, "unlabelled"),
        new Facts(many.scores(), many.labels(), Double.POSITIVE_INFINITY, 0, "never"),
        new Facts(new double[] {1}, null, 2, 0, "one row"),
        new Facts(new double[] {1}, new boolean[] {true}, 0.5, 1, "one anomaly"),
        new Facts(equal, new boolean[40], 3, 0, "all equal"),
        new Facts(new double[] {-1e300, 0, 1e300}, null, 0, 1, "huge"),
        new Facts(new double[] {0, 1e-300}, null, 0, 1, "tiny"),
        new Facts(many.scores(), many.labels(), 5, 3, HOSTILE));
  }

  @Test
  void everyPageIsWellFormedAndNeedsNothingElse() {
    cases()
        .forEach(
            facts -> {
              String page = Html.render(facts.report());
              assertBalanced(page);
              assertThat(page)
                  .doesNotContain("<script", "http://", "https://", "NaN", "Infinity", "url(data")
                  .doesNotContainPattern("(?i)(src|href)=\"[^#]");
            });
  }

  @Test
  void nothingFromTheDataIsMarkup() {
    Facts hostile = cases().filter(facts -> facts.name().equals(HOSTILE)).findFirst().orElseThrow();
    String page = Html.render(hostile.report());
    assertThat(page)
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;")
        .doesNotContain("\u0000", "\u202e", "\u2028", "x".repeat(600));
  }

  @Test
  void theStyleIsTheOnlyThingAllowed() throws Exception {
    String page = Html.render(facts(100).report());
    String style = page.substring(page.indexOf("<style>") + 7, page.indexOf("</style>"));
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
    assertThat(page)
        .contains(
            "default-src 'none'; style-src 'sha256-" + Base64.getEncoder().encodeToString(digest))
        .contains("prefers-color-scheme:dark");
    assertThat(page.replaceAll("<style>[\\s\\S]*</style>", "")).doesNotContain("style=");
  }

  @Test
  void sectionsAreThereWhenThereIsSomethingToShow() {
    Facts labelled = facts(500);
    assertThat(Html.render(labelled.report()))
        .contains("5 of 500 rows do not belong", "id=\"quality\"", "ROC AUC", "threshold 5")
        .contains("flagged", "severity <b>60</b>", "id=\"columns\"", "Time taken");
    Facts unlabelled = new Facts(labelled.scores(), null, 5, 3, "x");
    assertThat(Html.render(unlabelled.report()))
        .doesNotContain("id=\"quality\"", "labelled anomaly");
    Report bare =
        new Report(
            labelled.report().source(),
            unlabelled.report().detection(),
            Report.Quality.none(),
            List.of(),
            Report.Background.none());
    assertThat(Html.render(bare))
        .doesNotContain("id=\"anomalies\"", "id=\"columns\"", "Good to know");
    Facts never = new Facts(labelled.scores(), null, Double.POSITIVE_INFINITY, 0, "x");
    assertThat(Html.render(never.report()))
        .contains("None of 500 rows stands out", "no score is high enough");
  }

  @Test
  void aMillionScoresMakeASmallPageAndAlwaysTheSame() {
    Report report = facts(1_000_000).report();
    String page = Html.render(report);
    assertThat(page.length()).isLessThan(500_000);
    assertThat(Html.render(report)).isEqualTo(page);
  }

  @Test
  void aFileIsWrittenWholeOrNotAtAll(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("report.html");
    Html.write(facts(100).report(), file);
    assertThat(Files.readString(file)).isEqualTo(Html.render(facts(100).report()));
    Path nowhere = folder.resolve("absent").resolve("report.html");
    assertThatThrownBy(() -> Html.write(facts(100).report(), nowhere))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("does not exist");
    assertThatThrownBy(() -> Html.write(facts(100).report(), folder))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("is a folder");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }

  /** Every element that is opened is closed, in order. */
  private static void assertBalanced(String page) {
    String body = page.replaceAll("<style>[\\s\\S]*?</style>", "").replace("<!DOCTYPE html>", "");
    Matcher tag = Pattern.compile("<(/?)([a-z0-9]+)([^<>]*)>").matcher(body);
    Deque<String> open = new ArrayDeque<>();
    while (tag.find()) {
      if (tag.group(1).equals("/")) {
        assertThat(open).as("before %s", tag.group()).isNotEmpty();
        assertThat(open.pop()).isEqualTo(tag.group(2));
      } else if (!tag.group(3).endsWith("/") && !VOID.contains(tag.group(2))) {
        open.push(tag.group(2));
      }
    }
    assertThat(open).isEmpty();
    assertThat(tag.replaceAll("")).doesNotContain("<", ">");
  }
}
