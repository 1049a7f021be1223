package dev.vedette.cli;

import dev.vedette.Require;
import dev.vedette.pipeline.Pipeline;
import dev.vedette.pipeline.alert.Alert;
import dev.vedette.pipeline.simulate.PaymentStream;
import dev.vedette.server.Server;
import dev.vedette.server.Settings;
import dev.vedette.server.live.Live;
import dev.vedette.server.live.LivePipeline;
import dev.vedette.server.live.Quality;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    description = {
      "Starts a server with two pipelines and a page to watch them on.",
      "'host' watches the machine this runs on, 'payments' a made-up stream of card payments with"
          + " fraud in it."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  vedette demo",
      "  vedette demo --rate 1000 --seconds 600",
      "",
      "When the first payments are played in, 'host' begins. Give it two minutes to see",
      "what is normal, more where the load varies; then load every processor:",
      "  for i in $(seq $(nproc)); do timeout 30 sh -c 'while :; do :; done' & done"
    })
final class DemoCommand implements Callable<Integer> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private final Console console;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "200",
      description = "payments a second; default 200")
  int rate = 200;

  @Option(
      names = "--history",
      paramLabel = "N",
      defaultValue = "200000",
      description =
          "payments played in at full speed first, so that habits are known; default 200000")
  int history = 200_000;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "2026",
      description = "of the made-up payments; default 2026")
  long seed = 2026;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "end after so many seconds; default: when it is interrupted")
  @Nullable Integer seconds;

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description = "keep everything here; default: a temporary folder, removed at the end")
  @Nullable Path folder;

  @Mixin ServerMixin server = new ServerMixin();

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Require.range("--rate", rate, 1, 100_000);
    Require.range("--history", history, 0, 10_000_000);
    if (seconds != null) {
      Require.range("--seconds", seconds, 1, 1_000_000_000);
    }
    try (Ending ending = Ending.watch()) {
      Path place = folder == null ? Files.createTempDirectory("vedette-demo") : folder;
      try {
        run(server.settings(place, place), ending);
      } finally {
        if (folder == null) {
          remove(place);
        }
      }
    }
    return Vedette.DONE;
  }

  private void run(Settings settings, Ending ending) throws InterruptedException {
    Consumer<Live> both =
        live -> {
          pipeline(live, "host");
          pipeline(live, "payments");
        };
    try (Server started = Running.start(settings, console, both)) {
      LivePipeline host = pipeline(started.live(), "host");
      LivePipeline payments = pipeline(started.live(), "payments");
      console.notice("Vedette watches this machine and %d payments a second.", rate);
      open(started);
      var alerts = new DemoAlerts(payments.status().events(), history);
      host.listen(alerts::host);
      payments.listen(alerts::payments);
      var truth = new Truth();
      payments.judgedBy(truth::quality);
      PaymentStream.Options options = new PaymentStream.Options().seed(seed);
      try (var hostPlayer = new HostPlayer(host, console.clock());
          var paymentPlayer = new PaymentPlayer(payments, options, truth, rate, history)) {
        // Playing in loads the machine: 'host' would learn that as normal.
        var unused = paymentPlayer.playedIn().thenRun(hostPlayer::start);
        paymentPlayer.start();
        tell(started, ending, alerts, truth);
      }
    }
  }

  private void open(Server started) {
    console.notice("Open %s; end with Ctrl-C.", started.address());
  }

  /** Prints alerts until it is time to end. */
  private void tell(Server started, Ending ending, DemoAlerts alerts, Truth truth)
      throws InterruptedException {
    long start = System.nanoTime();
    long most = seconds == null ? Long.MAX_VALUE : Duration.ofSeconds(seconds).toNanos();
    boolean live = !alerts.playing();
    while (!ending.asked() && System.nanoTime() - start < most) {
      if (!live && !alerts.playing()) {
        live = true;
        console.notice("played %,d payments, %,d alerts", alerts.played(), alerts.ofHistory());
        open(started);
      }
      Alert alert = alerts.next(200);
      if (alert != null) {
        print(alert);
      } else if (live) {
        progress(truth.quality());
      } else {
        console.progress("playing %,d of %,d payments ...", alerts.played(), alerts.toPlay());
      }
    }
    console.endProgress();
  }

  private void print(Alert alert) {
    String now =
        TIME.format(LocalTime.ofInstant(console.clock().instant(), ZoneId.systemDefault()));
    console.endProgress();
    console.line("%s  %-8s %3.0f  %s", now, alert.pipeline(), alert.severity(), alert.summary());
    console.out().flush();
  }

  private void progress(Quality quality) {
    console.progress(
        "%,d payments judged: precision %.3f, recall %.3f",
        quality.truePositives()
            + quality.falsePositives()
            + quality.missed()
            + quality.trueNegatives(),
        quality.precision(),
        quality.recall());
  }

  private static LivePipeline pipeline(Live live, String name) {
    return live.find(name).orElseGet(() -> live.create(Pipeline.bundled(name), "demo"));
  }

  private static void remove(Path folder) throws IOException {
    var paths = new ArrayList<Path>();
    try (Stream<Path> walk = Files.walk(folder)) {
      walk.sorted(Comparator.reverseOrder()).forEach(paths::add);
    }
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
  }
}
