package dev.vedette.cli;

import dev.vedette.Require;
import dev.vedette.pipeline.Pipeline;
import dev.vedette.pipeline.Step;
import dev.vedette.pipeline.alert.Alert;
import dev.vedette.pipeline.simulate.PaymentStream;
import dev.vedette.server.Settings;
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
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    description = {
      "Starts a server with two pipelines and a page to watch them on: 'host' watches the machine",
      "this runs on, 'payments' a made-up stream of card payments with fraud in it."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  vedette demo",
      "  vedette demo --rate 1000 --seconds 600",
      "",
      "Once the first payments are played in, give 'host' some minutes to see what is normal: two on a",
      "quiet machine, more on one with load of its own. Then put load on every processor, and it tells:",
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

  private final BlockingQueue<Alert> alerts = new ArrayBlockingQueue<>(1_000);

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Require.range("--rate", rate, 1, 100_000);
    Require.range("--history", history, 0, 10_000_000);
    Path place = folder == null ? Files.createTempDirectory("vedette-demo") : folder;
    try {
      run(server.settings(place, place));
    } finally {
      if (folder == null) {
        remove(place);
      }
    }
    return Vedette.DONE;
  }

  private void run(Settings settings) throws InterruptedException {
    try (Running running = Running.start(settings, console)) {
      LivePipeline host = pipeline(running, "host");
      LivePipeline payments = pipeline(running, "payments");
      console.notice("Vedette watches this machine and %d payments a second.", rate);
      console.notice("Open %s; end with Ctrl-C.", running.address());
      host.listen(this::collect);
      payments.listen(this::collect);
      var truth = new Truth();
      payments.judgedBy(truth::quality);
      PaymentStream.Options options = new PaymentStream.Options().seed(seed);
      try (var hostPlayer = new HostPlayer(host, console.clock());
          var paymentPlayer = new PaymentPlayer(payments, options, truth, rate, history)) {
        // Playing in loads the machine: 'host' would learn that as normal.
        var unused = paymentPlayer.playedIn().thenRun(hostPlayer::start);
        paymentPlayer.start();
        tell(running, truth);
      }
    }
  }

  /** Prints alerts until it is time to end. */
  private void tell(Running running, Truth truth) throws InterruptedException {
    long start = System.nanoTime();
    long most = seconds == null ? Long.MAX_VALUE : Duration.ofSeconds(seconds).toNanos();
    while (!running.ending() && System.nanoTime() - start < most) {
      Alert alert = alerts.poll(200, TimeUnit.MILLISECONDS);
      if (alert != null) {
        String now =
            TIME.format(LocalTime.ofInstant(console.clock().instant(), ZoneId.systemDefault()));
        console.endProgress();
        console.line(
            "%s  %-8s %3.0f  %s", now, alert.pipeline(), alert.severity(), alert.summary());
        console.out().flush();
      } else {
        Quality quality = truth.quality();
        console.progress(
            "%,d payments judged: precision %.3f, recall %.3f",
            quality.truePositives()
                + quality.falsePositives()
                + quality.missed()
                + quality.trueNegatives(),
            quality.precision(),
            quality.recall());
      }
    }
    console.endProgress();
  }

  private void collect(List<Step> steps) {
    for (Step step : steps) {
      for (Alert alert : step.alerts()) {
        if (alert.state() == Alert.State.OPENED) {
          // The terminal is for a person; where it cannot keep up, the page has them all.
          boolean unused = alerts.offer(alert);
        }
      }
    }
  }

  private static LivePipeline pipeline(Running running, String name) {
    return running
        .server()
        .live()
        .find(name)
        .orElseGet(() -> running.server().live().create(Pipeline.bundled(name), "demo"));
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
