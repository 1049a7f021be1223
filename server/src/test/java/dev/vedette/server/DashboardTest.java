package dev.vedette.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The dashboard in a real browser, against canned answers. */
class DashboardTest {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final String HOSTILE = "<img src=x onerror='window.hacked=true'>";

  private static @Nullable Playwright playwright;
  private static @Nullable Browser browser;

  private CannedServer server = new CannedServer();
  private final List<String> complaints = new ArrayList<>();

  @BeforeAll
  static void launch() {
    assumeTrue(Files.isExecutable(CHROMIUM), CHROMIUM + " is not there: install chromium");
    var without = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    playwright = Playwright.create(new Playwright.CreateOptions().setEnv(without));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(CHROMIUM)
                    .setArgs(List.of("--no-sandbox")));
  }

  @AfterAll
  static void quit() {
    if (playwright != null) {
      playwright.close();
    }
  }

  @BeforeEach
  void serve() {
    server.answer("pipelines", Canned.pipelines(false));
    server.answer("alerts", Canned.alerts(Canned.alert(Canned.ID, "card 4711", 94.2), other(61)));
    server.answer(Canned.ID_IN_PATH, Canned.detail(Canned.ID, "card 4711"));
    server.answer("pipelines/payments/decisions", Canned.decisions());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String other(double severity) {
    return Canned.alert("other", "card 1234", severity);
  }

  private Page open(String fragment, Browser.NewPageOptions options) {
    Page page = requireNonNull(browser).newPage(options);
    page.setDefaultTimeout(15_000);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
    page.navigate(server.address() + fragment);
    return page;
  }

  private Page open(String fragment) {
    return open(fragment, new Browser.NewPageOptions().setViewportSize(1300, 900));
  }

  private void live(Page page) {
    assertThat(page.locator("#link")).hasText("Live");
    page.waitForCondition(() -> server.watchers() > 0);
  }

  /** Waits until a chart has so many points; by steps, as the page's policy lets no text be run. */
  private static void awaitPoints(Page page, String chart, int set, int count) {
    String points = "Chart.getChart('%s').data.datasets[%d].data.length".formatted(chart, set);
    page.waitForCondition(() -> page.evaluate(points).equals(count));
  }

  @Test
  void updatesLiveWithoutAComplaintOfTheBrowser() {
    Page page = open("");
    live(page);
    server.send("tick", Canned.tick(123));
    assertThat(page.locator("#rate")).hasText("123");
    for (int i = 0; i < 30; i++) {
      server.send("score", Canned.score(0.1 * i, false));
    }
    server.send("score", Canned.score(4.5, true));
    server.send("tick", Canned.tick(456));
    assertThat(page.locator("#rate")).hasText("456");
    assertThat(page.locator("#truth")).containsText("98.3\u00a0%");
    assertThat(page.locator("#scores-empty")).isHidden();
    awaitPoints(page, "scores", 4, 1);
    assertThat(page.locator("#scores"))
        .hasAttribute("aria-label", Pattern.compile("threshold is 3.02; 1 flagged"));
    assertThat(page.locator("#health")).containsText("Left out: not fitted yet");
    assertThat(complaints).isEmpty();
  }

  @Test
  void listsFiltersAndTakesNewAlerts() {
    Page page = open("#/payments");
    live(page);
    assertThat(page.locator("#alerts > li")).hasCount(2);
    assertThat(page.locator("#alerts > li").first()).containsText("normally 1.0");
    page.locator("#search").fill("1234");
    assertThat(page.locator("#alerts > li:visible")).hasCount(1);
    page.locator("#search").fill("nothing like it");
    assertThat(page.locator("#alerts-empty")).containsText("None of the 2 alerts");
    page.locator("#search").fill("");
    server.send("alert", Canned.alert("new", "card 9", 100));
    assertThat(page.locator("#alerts > li")).hasCount(3);
    assertThat(page.locator("#alerts > li").first()).containsText("card 9");
    assertThat(page.locator("#announce")).containsText("New alert, severity 100, card 9");
    assertThat(complaints).isEmpty();
  }

  @Test
  void opensAndLabelsByKeyboard() throws InterruptedException {
    Page page = open("#/payments");
    live(page);
    assertThat(page.locator("#alerts > li")).hasCount(2);
    page.keyboard().press("j");
    page.keyboard().press("j");
    page.keyboard().press("k");
    page.keyboard().press("Enter");
    assertThat(page.locator("#alert-title")).hasText("card 4711");
    assertThat(page.locator(".reasons-list > li")).hasCount(2);
    assertThat(page.locator("#alert")).containsText("between 1 in 9,100 and 1 in 45,000");
    assertThat(page.locator("#history-of")).hasValue("field:amount");
    awaitPoints(page, "history", 0, 41);
    page.keyboard().press("r");
    assertThat(server.labels().poll(10, TimeUnit.SECONDS))
        .isEqualTo("{\"number\":901,\"anomaly\":true,\"comment\":\"\"}");
    assertThat(page.locator(".feedback"))
        .hasText(
            "✓ Kept as real. It is shown with the alert; the threshold of this pipeline does not learn from labels.");
    assertThat(page.locator("#alerts .tag.real")).hasCount(1);
    page.locator("#alert textarea").fill("asked the customer, f");
    page.keyboard().press("Escape");
    page.keyboard().press("f");
    assertThat(server.labels().poll(10, TimeUnit.SECONDS))
        .isEqualTo("{\"number\":901,\"anomaly\":false,\"comment\":\"asked the customer, f\"}");
    assertThat(page.locator("#alerts .tag.false")).hasCount(1);
    page.keyboard().press("Escape");
    assertThat(page.locator("#alert")).isHidden();
    assertThat(page.locator("#alerts > li:first-child a")).isFocused();
    page.keyboard().press("?");
    assertThat(page.locator("#keys")).isVisible();
    assertThat(complaints).isEmpty();
  }

  @Test
  void showsValuesOverTimeAndTakesAnAnswer() throws InterruptedException {
    server.answer("pipelines/payments/series", Canned.series());
    Page page = open("#/payments");
    live(page);
    page.locator("#series-link").click();
    assertThat(page.locator("#series-key")).hasValue("pump 1");
    assertThat(page.locator("#series-field")).hasValue("pressure");
    awaitPoints(page, "series-chart", 3, 120);
    awaitPoints(page, "series-chart", 4, 1);
    assertThat(page.locator("#series-chart"))
        .hasAttribute("aria-label", Pattern.compile("120 points .*and 120, 1 flagged"));
    page.locator("#series summary").click();
    assertThat(page.locator("#series li button")).containsText("120, expected");
    page.locator("#series-chart").focus();
    page.keyboard().press("End");
    page.keyboard().press("ArrowLeft");
    page.keyboard().press("+");
    page.keyboard().press("+");
    awaitPoints(page, "series-chart", 3, 31);
    assertThat(page.locator("#series-point")).containsText("the event was flagged");
    page.keyboard().press("r");
    assertThat(server.labels().poll(10, TimeUnit.SECONDS))
        .isEqualTo("{\"number\":119,\"anomaly\":true,\"comment\":\"\"}");
    assertThat(page.locator("#series .feedback")).containsText("Kept as a real anomaly");
    page.keyboard().press("0");
    awaitPoints(page, "series-chart", 3, 120);
    // The keyboard stays where it was used.
    Locator nothing = page.locator("#series .verdict button").last();
    nothing.focus();
    page.keyboard().press("Enter");
    assertThat(page.locator("#series .feedback")).containsText("Kept as nothing special");
    assertThat(nothing).isFocused();
    page.locator("#series-field").focus();
    page.locator("#series-field").selectOption("flow");
    assertThat(page).hasURL(Pattern.compile("#/payments/series/pump%201/flow$"));
    assertThat(page.locator("#series-field")).isFocused();
    // What an address asks for and is not there must not look as if another were shown.
    server.answer(
        "pipelines/payments/series",
        Canned.series().replace("\"field\":\"pressure\"", "\"field\":\"nothing\""));
    page.navigate(server.address() + "#/payments/series/pump%201/nothing");
    assertThat(page.locator("#series-field")).hasValue("nothing");
    page.locator("#series .close").click();
    assertThat(page.locator("#series")).isHidden();
    assertThat(complaints).isEmpty();
  }

  @Test
  void saysWhatALabelDoes() {
    server.answer(
        "pipelines",
        Canned.pipelines(false).replace("\"learnsFromLabels\":false", "\"learnsFromLabels\":true"));
    Page page = open("#/payments/" + Canned.ID_IN_PATH);
    live(page);
    page.locator("#false-alarm").click();
    assertThat(page.locator(".feedback"))
        .hasText(
            "✓ Kept as a false alarm. The threshold of this pipeline takes it into account from now on.");
  }

  @Test
  void anOpenedAlertIsKeptUpToDate() {
    Page page = open("#/payments/" + Canned.ID_IN_PATH);
    live(page);
    assertThat(page.locator("#alert .bar-top .tag")).hasText("open");
    page.locator("#alert textarea").fill("asked");
    String closed = Canned.alert(Canned.ID, "card 4711", 94.2).replace("opened\",", "closed\",");
    server.send("alert", closed.replace("\"count\":2", "\"count\":7"));
    assertThat(page.locator("#alert .bar-top .tag")).hasText("over");
    assertThat(page.locator("#alert-head")).containsText("7 events");
    assertThat(page.locator("#alert textarea")).hasValue("asked");
    assertThat(page.locator("#alerts > li").first()).containsText("7 events, over");
    assertThat(complaints).isEmpty();
  }

  @Test
  void showsEachThingOnce() {
    Page page = open("#/payments/" + Canned.ID_IN_PATH);
    live(page);
    String row = page.locator("#alerts > li").first().innerText();
    assertThat(row.split("card 4711", -1)).as(row).hasSize(2);
    assertThat(row.split("94", -1)).as(row).hasSize(2);
    String fields = page.locator("#alert .fields").innerText();
    assertThat(fields.split("22 Nov 2026", -1)).as(fields).hasSize(2);
    assertThat(fields.split("card 4711", -1)).as(fields).hasSize(2);
  }

  @Test
  void tellsTheTimeOfAStreamThatHasItsOwn() {
    Page page = open("#/payments");
    live(page);
    assertThat(page.locator("#own-time")).containsText("Event time: 22 Nov 2026");
    assertThat(page.locator("#alerts .ago").first()).containsText("22 Nov, 08:15");
    assertThat(page.locator("#scores-empty")).containsText("the newest is of 22 Nov 2026");
  }

  @Test
  void theChartBeginsWithWhatWasJudgedBefore() {
    Page page = open("#/payments");
    live(page);
    server.send("tick", Canned.tick(1));
    awaitPoints(page, "scores", 3, 30);
    assertThat(page.locator("#scores-empty")).isHidden();
    assertThat(complaints).isEmpty();
  }

  @Test
  void opensOnThePipelineThatFlaggedMost() {
    String quiet = Canned.pipelines(false).replace("\"payments\"", "\"host\"").strip();
    String both =
        quiet.replace("1204,", "0,").substring(0, quiet.replace("1204,", "0,").length() - 2)
            + ","
            + Canned.pipelines(false).strip().substring("{\"pipelines\":[".length());
    server.answer("pipelines", both);
    Page page = open("");
    assertThat(page.locator("#tabs a[aria-current]")).containsText("payments");
    assertThat(page.locator("#tabs a")).hasCount(2);
  }

  @Test
  void driftIsSaidCalmlyUntilItIsLarge() {
    Page page = open("#/payments");
    assertThat(page.locator("#tabs .dot")).not().hasClass(Pattern.compile("trouble"));
    assertThat(page.locator("#health")).containsText("Scores have moved a little");
    server.answer("pipelines", Canned.pipelines(false).replace("\"drift\":0.12", "\"drift\":0.4"));
    page.reload();
    assertThat(page.locator("#tabs .dot")).hasClass(Pattern.compile("trouble"));
    assertThat(page.locator("#health")).containsText("Scores have drifted");
  }

  @Test
  void hostileTextStaysText() {
    server.answer("alerts", Canned.alerts(Canned.alert(Canned.ID, HOSTILE, 94.2)));
    server.answer(Canned.ID_IN_PATH, Canned.detail(Canned.ID, HOSTILE));
    Page page = open("#/payments/" + Canned.ID_IN_PATH);
    live(page);
    assertThat(page.locator("#alert-title")).hasText(HOSTILE);
    assertThat(page.locator("#alerts > li").first()).containsText(HOSTILE);
    assertThat(page.locator("#page img")).hasCount(0);
    assertThat(page.evaluate("typeof window.hacked")).isEqualTo("undefined");
    assertThat(complaints).isEmpty();
  }

  @Test
  void asksForAKeyAndGoesOnWithIt() {
    server.require("vdt_1_secret");
    Page page = open("#/payments");
    assertThat(page.locator("#login")).containsText("Enter an API key");
    page.locator("#login-key").fill("wrong");
    page.keyboard().press("Enter");
    assertThat(page.locator("#login")).containsText("The key was not accepted");
    page.locator("#login-key").fill("vdt_1_secret");
    page.keyboard().press("Enter");
    live(page);
    assertThat(page.locator("#login")).isHidden();
    assertThat(page.locator("#alerts > li")).hasCount(2);
    assertThat(page.evaluate("localStorage.length")).isEqualTo(0);
  }

  @Test
  void saysThatTheConnectionIsLostAndComesBack() {
    Page page = open("#/payments");
    live(page);
    server.stop();
    assertThat(page.locator("#notice"))
        .hasText(Pattern.compile("Connection lost, trying again in [123] s\\."));
    server.answer("alerts", Canned.alerts(other(70), Canned.alert("new", "card 9", 99)));
    server.comeBack();
    live(page);
    assertThat(page.locator("#notice")).isHidden();
    assertThat(page.locator("#alerts")).containsText("card 9");
  }

  @Test
  void saysWhatIsEmptyAndPaused() {
    server.answer("alerts", Canned.alerts());
    server.answer("pipelines", Canned.pipelines(true));
    Page page = open("#/payments");
    assertThat(page.locator("#alerts-empty"))
        .hasText("No alerts yet. Vedette is watching 5,012 keys and has judged 1,204,331 events.");
    assertThat(page.locator("#notice")).containsText("payments is paused");
    assertThat(page.locator("#tabs a")).hasAttribute("aria-label", "payments, paused");
    server.answer("pipelines", "{\"pipelines\":[]}");
    page.reload();
    assertThat(page.locator("#blank")).containsText("No pipelines yet");
    assertThat(complaints).isEmpty();
  }

  @Test
  void fitsIntoANarrowWindow() {
    var narrow = new Browser.NewPageOptions().setViewportSize(400, 800);
    Page page = open("#/payments", narrow);
    live(page);
    server.send("tick", Canned.tick(12345));
    assertThat(page.locator("#rate")).hasText("12,345");
    assertThat(page.locator("#alerts > li")).hasCount(2);
    assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(400);
    page.locator("#alerts > li a").first().click();
    assertThat(page.locator("#alert-title")).isVisible();
    assertThat(page.locator("#scores")).isHidden();
    assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(400);
    page.locator("#back").click();
    assertThat(page.locator("#scores")).isVisible();
  }

  @Test
  void readableByDayAndByNight() {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      Page page = open("#/payments", new Browser.NewPageOptions().setColorScheme(scheme));
      live(page);
      for (String name : List.of("ink", "soft", "link", "odd", "good")) {
        double least = Math.min(contrast(page, name, "card"), contrast(page, name, "bg"));
        assertThat(least).as("%s %s", scheme, name).isGreaterThanOrEqualTo(4.5);
      }
      page.close();
    }
  }

  /** The contrast of two colours of the theme by WCAG 2.2: 1 to 21; text needs 4.5. */
  private static double contrast(Page page, String one, String other) {
    double a = luminance(page, one) + 0.05;
    double b = luminance(page, other) + 0.05;
    return Math.max(a, b) / Math.min(a, b);
  }

  private static double luminance(Page page, String name) {
    page.evaluate("name => { document.body.style.color = `var(--${name})`; }", name);
    String text = (String) page.evaluate("getComputedStyle(document.body).color");
    double[] rgb =
        Pattern.compile("\\d+")
            .matcher(text)
            .results()
            .limit(3)
            .mapToDouble(match -> Integer.parseInt(match.group()) / 255.0)
            .map(c -> c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4))
            .toArray();
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
  }
}
