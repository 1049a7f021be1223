package dev.vedette.bench.load;

import static dev.vedette.bench.Report.fixed;

import dev.vedette.bench.Arguments;
import dev.vedette.bench.Report;
import dev.vedette.connect.store.Store;
import dev.vedette.connect.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Kills a server under load again and again, and looks whether all that it acknowledged is kept:
 * exactly one decision for each event, with the number and score that were acknowledged.
 */
public final class Kill {
  private static final String PIPELINE = "kill";
  private static final int THREADS = 4;
  private static final int LONGEST_BATCH = 40;
  private static final JsonMapper JSON = new JsonMapper();

  private final Ledger ledger = new Ledger();
  private final Workload workload = new Workload(PIPELINE, 5_000, 3);
  private final AtomicLong next = new AtomicLong();
  private final Queue<Sent> open = new ConcurrentLinkedQueue<>();
  private final ServerProcess.Plan plan;
  private final SplittableRandom random;

  private Kill(ServerProcess.Plan plan, long seed) {
    this.plan = plan;
    random = new SplittableRandom(seed);
  }

  /** A request that may have to be sent again. */
  private record Sent(long first, int count, byte[] body) {}

  /**
   * {@code [rounds=50] [store=sqlite|postgres|URL] [seed=1] [folder=FOLDER] [java=-Xmx512m]
   * [out=FILE]}; ends with 1 where something was lost.
   */
  public static void main(String[] args) throws Exception {
    var options = Arguments.of(args, List.of("rounds", "store", "seed", "folder", "java", "out"));
    String store = options.text("store", "sqlite");
    try (PostgresServer postgres = store.equals("postgres") ? PostgresServer.start() : null) {
      String url = postgres != null ? postgres.url() : store.equals("sqlite") ? "" : store;
      boolean passed = run(options, url, "bench/run kill " + String.join(" ", args));
      if (!passed) {
        System.exit(1);
      }
    }
  }

  private static boolean run(Arguments options, String url, String command)
      throws IOException, InterruptedException {
    String named = options.text("folder", "");
    Path folder = named.isEmpty() ? Files.createTempDirectory("vedette-kill") : Path.of(named);
    var plan = new ServerProcess.Plan(folder, url, options.text("java", "-Xmx512m"), PIPELINE);
    var kill = new Kill(plan, options.number("seed", 1));
    var rows = new ArrayList<List<String>>();
    for (int round = 1; round <= options.number("rounds", 50); round++) {
      List<String> row = kill.round(round);
      rows.add(row);
      System.err.println(String.join("\t", row));
    }
    kill.last();
    Verdict verdict;
    String file = folder.resolve("vedette.db").toString();
    try (Store store = Stores.open(url.isEmpty() ? file : url)) {
      verdict = Verdict.of(store, PIPELINE, kill.ledger);
    }
    boolean passed = verdict.faults().isEmpty();
    verdict.faults().stream().limit(20).forEach(System.err::println);
    var report = new Report("kill -9 under load", command);
    report
        .line("")
        .line(
            "%s: %d rounds, %d decisions acknowledged, %d kept, %d flagged, %d faults"
                .formatted(
                    passed ? "PASS" : "FAIL",
                    rows.size(),
                    kill.ledger.judged().size(),
                    verdict.decisions(),
                    verdict.flagged(),
                    verdict.faults().size()))
        .line("")
        .table(
            List.of("round", "start s", "killed after s", "acknowledged", "sent again", "wrong"),
            rows);
    report.write(options.text("out", ""));
    return passed;
  }

  /** Starts the server, checks the round before, sends until the kill. */
  private List<String> round(int round) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    ServerProcess server = ServerProcess.start(plan, Ports.free());
    double ready = (System.nanoTime() - begun) / 1e9;
    int before = ledger.judged().size();
    int again = open.size();
    long wrong;
    double wait;
    try {
      wrong = spotCheck(server);
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        long seed = random.nextLong();
        threads.add(Thread.ofPlatform().start(() -> send(server.port(), seed)));
      }
      wait = random.nextDouble(0.2, 3);
      Thread.sleep((long) (1000 * wait));
      server.kill();
      for (Thread thread : threads) {
        thread.join();
      }
    } finally {
      server.kill();
    }
    return List.of(
        String.valueOf(round),
        fixed(ready, 1),
        fixed(wait, 2),
        String.valueOf(ledger.judged().size() - before),
        String.valueOf(again),
        String.valueOf(wrong));
  }

  /** Sends what was not acknowledged to a server that is then stopped as it should be. */
  private void last() throws IOException, InterruptedException {
    try (ServerProcess server = ServerProcess.start(plan, Ports.free());
        var link = new HttpLink(server.port())) {
      spotCheck(server);
      for (Sent sent = open.poll(); sent != null; sent = open.poll()) {
        if (!post(link, sent)) {
          throw new IOException("the last server refused " + sent.first());
        }
      }
    }
  }

  /** How many of the newest acknowledged decisions the running server tells otherwise. */
  private long spotCheck(ServerProcess server) throws IOException {
    try (var link = new HttpLink(server.port())) {
      var said = new java.util.TreeMap<Long, Ledger.Judged>();
      ledger.judged().values().forEach(judged -> said.put(judged.number(), judged));
      long wrong = 0;
      int checked = 0;
      for (Ledger.Judged judged : said.descendingMap().values()) {
        if (checked++ == 20) {
          break;
        }
        String path = "/v1/pipelines/" + PIPELINE + "/decisions/" + judged.number();
        var answer = link.get(path);
        boolean same =
            answer.status() == 200
                && JSON.readTree(answer.body()).get("decision").get("score").asDouble()
                    == judged.score();
        wrong += same ? 0 : 1;
      }
      return wrong;
    }
  }

  private void send(int port, long seed) {
    var lengths = new SplittableRandom(seed);
    @Nullable Sent sent = null;
    try (var link = new HttpLink(port)) {
      while (true) {
        sent = open.poll();
        if (sent == null) {
          int count = 1 + lengths.nextInt(LONGEST_BATCH);
          long first = next.getAndAdd(count);
          long now = System.currentTimeMillis();
          sent = new Sent(first, count, workload.json("e", first, count, now));
        }
        if (!post(link, sent)) {
          open.add(sent);
        }
      }
    } catch (IOException killed) {
      if (sent != null) {
        open.add(sent);
      }
    }
  }

  /** False where the server has no room. */
  private boolean post(HttpLink link, Sent sent) throws IOException {
    var answer = link.post("/v1/pipelines/" + PIPELINE + "/events", sent.body());
    if (answer.status() != 200) {
      return false;
    }
    ledger.acknowledge(JSON.readTree(answer.body()).get("decisions"));
    return true;
  }
}
