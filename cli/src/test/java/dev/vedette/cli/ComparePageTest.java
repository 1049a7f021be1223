package dev.vedette.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a comparison in a real browser, from a file and without a network. */
class ComparePageTest {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final String HOSTILE = "</script><img src=x onerror='window.hacked=true'>";

  @TempDir Path folder = Path.of("");
  private final List<String> complaints = new ArrayList<>();

  /** What a test does with the page in a window of {@code width}. */
  private interface Visit {
    void at(Page page);
  }

  private void visit(int width, ColorScheme scheme, Visit visit) {
    assumeTrue(Files.isExecutable(CHROMIUM), CHROMIUM + " is not there: install chromium");
    var without = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    var launch =
        new BrowserType.LaunchOptions()
            .setExecutablePath(CHROMIUM)
            .setArgs(List.of("--no-sandbox"));
    try (Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(without));
        Browser browser = playwright.chromium().launch(launch);
        Page page =
            browser.newPage(
                new Browser.NewPageOptions().setViewportSize(width, 900).setColorScheme(scheme))) {
      page.onConsoleMessage(message -> complaints.add(message.text()));
      page.onPageError(complaints::add);
      page.navigate(folder.resolve("report.html").toUri().toString());
      visit.at(page);
    }
    assertThat(complaints).isEmpty();
  }

  private void compare(String line) {
    Run run = Run.of(Run.split(line + " --report report.html", folder));
    assertThat(run.code()).as(run.err()).isZero();
  }

  @Test
  void aReaderPicksTwoModelsAndSeesTheRowsTheyPlaceDifferently() {
    compare(sampled());
    visit(
        1200,
        ColorScheme.LIGHT,
        page -> {
          assertThat(page.locator("#overs li").first()).containsText("Row ");
          page.selectOption(
              "#first", page.locator("#first option:has-text('zscore')").getAttribute("value"));
          page.selectOption(
              "#second", page.locator("#second option:has-text('knn')").getAttribute("value"));
          assertThat(page.locator("#over")).hasText("zscore finds these more anomalous");
          assertThat(page.locator("#under")).hasText("knn k=7 finds these more anomalous");
          for (Locator row : page.locator("#overs li:has(.where)").all()) {
            List<String> places = row.locator(".where > span").allInnerTexts();
            assertThat(place(places.getFirst())).isLessThan(place(places.getLast()));
          }
          page.selectOption("#kind", "0");
          assertThat(page.locator("#overs .badge.on")).hasCount(0);
          assertThat(page.locator("#dots circle.a")).hasCount(0);
          assertThat(page.locator("#dots circle.n")).not().hasCount(0);
          assertThat(page.locator("#overlap tbody tr")).hasCount(4);
        });
  }

  private String sampled() {
    assertThat(Run.of(Run.split("sample --rows 2000 payments.csv", folder)).code()).isZero();
    return "compare payments.csv --label label --ignore kind --detectors 'pca,zscore,knn k=7,iforest,ecod'";
  }

  private static int place(String text) {
    return Integer.parseInt(text.replace("place ", "").replace(",", ""));
  }

  @Test
  void curvesAreMarkedByTheKeyboardAndNothingIsWiderThanAPhone() {
    compare(sampled());
    visit(
        400,
        ColorScheme.DARK,
        page -> {
          Locator last = page.locator(".picks button").last();
          assertThat(last).hasAttribute("aria-pressed", "false");
          last.focus();
          page.keyboard().press("Enter");
          assertThat(last).hasAttribute("aria-pressed", "true");
          assertThat(page.locator("#roc4")).hasClass(Pattern.compile("curve m[34]"));
          page.keyboard().press("Space");
          assertThat(page.locator("#roc4")).hasClass("curve plain");
          assertThat(page.locator("#model4")).not().hasAttribute("open", "");
          page.locator("#table tbody a").last().press("Enter");
          assertThat(page.locator("#model4")).hasAttribute("open", "");
          assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(400);
        });
  }

  @Test
  void whatIsInTheDataIsNeverRun() throws IOException {
    var rows = new StringBuilder("a,\"" + HOSTILE + "\",y\n");
    for (int i = 0; i < 300; i++) {
      rows.append(i * 37 % 101).append(",\"").append(i % 7 == 0 ? HOSTILE : "x").append("\",");
      rows.append(i % 20 == 0 ? "1\n" : "0\n");
    }
    Files.writeString(folder.resolve("data.csv"), rows);
    compare("compare data.csv --label y --detectors zscore,pca,iforest");
    visit(
        1200,
        ColorScheme.LIGHT,
        page -> {
          assertThat(page.locator("#overs li .rare").first()).containsText("onerror=");
          assertThat(page.locator("img")).hasCount(0);
          assertThat(page.evaluate("typeof window.hacked")).isEqualTo("undefined");
        });
  }
}
