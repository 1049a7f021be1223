package dev.vedette.bench;

import static dev.vedette.bench.Report.fixed;

import dev.vedette.pipeline.Archive;
import dev.vedette.pipeline.Crew;
import dev.vedette.pipeline.Event;
import dev.vedette.pipeline.Partition;
import dev.vedette.pipeline.Pipeline;
import dev.vedette.pipeline.Step;
import dev.vedette.pipeline.simulate.CardPayment;
import dev.vedette.pipeline.simulate.Fraud;
import dev.vedette.pipeline.simulate.PaymentStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How well and how fast the pipeline {@code payments.yaml} finds the fraud of the payment
 * simulator, at its default threshold. The truth is only looked at to count.
 */
public final class Payments {
  private static final int BATCH = 1_000;

  /** What came out of one stream. */
  private static final class Outcome {
    private final Map<Fraud, int[]> kinds = new EnumMap<>(Fraud.class);
    private long found;
    private long missed;
    private long falseAlarms;
    private long normal;
    private long nanos;

    void count(@Nullable Fraud fraud, boolean flagged) {
      if (fraud == null) {
        normal++;
        falseAlarms += flagged ? 1 : 0;
        return;
      }
      int[] counts = kinds.computeIfAbsent(fraud, kind -> new int[2]);
      counts[0] += flagged ? 1 : 0;
      counts[1]++;
      found += flagged ? 1 : 0;
      missed += flagged ? 0 : 1;
    }

    double precision() {
      return found / (double) (found + falseAlarms);
    }

    double recall() {
      return found / (double) (found + missed);
    }

    double f1() {
      return 2 * precision() * recall() / (precision() + recall());
    }

    List<String> row(String seed, int events) {
      double perSecond = events / (nanos / 1e9);
      return List.of(
          seed,
          fixed(precision(), 4),
          fixed(recall(), 4),
          fixed(f1(), 4),
          fixed(100.0 * falseAlarms / normal, 3),
          fixed(perSecond, 0),
          fixed(1e6 / perSecond, 1));
    }
  }

  private Payments() {}

  /** {@code [seeds=101,202,303] [warm=200000] [events=1000000] [out=FILE]}. */
  public static void main(String[] args) throws IOException {
    var options = Arguments.of(args, List.of("seeds", "warm", "events", "out"));
    int warm = options.number("warm", 200_000);
    int events = options.number("events", 1_000_000);
    Pipeline pipeline = Pipeline.parse(Pipeline.bundled("payments"));
    var results = new ArrayList<List<String>>();
    var kinds = new ArrayList<List<String>>();
    for (String seed : options.text("seeds", "101,202,303").split(",", -1)) {
      Outcome outcome = run(pipeline, Long.parseLong(seed.strip()), warm, events);
      results.add(outcome.row(seed, events));
      kinds.add(kindRow(seed, outcome));
    }
    var header = new ArrayList<>(List.of("seed"));
    Arrays.stream(Fraud.values()).map(Fraud::text).forEach(header::add);
    new Report("Card payments", "bench/run payments " + String.join(" ", args))
        .line("")
        .line(
            events
                + " events of the payment simulator after "
                + warm
                + " to learn from, through `payments.yaml` at its default threshold. CPU time of"
                + " one thread: features, detectors and fusion, without making the payments.")
        .section("Accuracy and speed")
        .table(
            List.of("seed", "precision", "recall", "F1", "false alarms, %", "events/s", "µs/event"),
            results)
        .section("Payments of each kind found, of all")
        .table(header, kinds)
        .write(options.text("out", ""));
  }

  private static List<String> kindRow(String seed, Outcome outcome) {
    var row = new ArrayList<>(List.of(seed));
    for (Fraud kind : Fraud.values()) {
      int[] counts = outcome.kinds.getOrDefault(kind, new int[2]);
      row.add(fixed(counts[0] / (double) counts[1], 3) + " of " + counts[1]);
    }
    return row;
  }

  private static Outcome run(Pipeline pipeline, long seed, int warm, int events) {
    var threads = ManagementFactory.getThreadMXBean();
    var stream = PaymentStream.of(new PaymentStream.Options().seed(seed));
    Partition partition = Partition.start(pipeline, Crew.alone(), Archive.inMemory());
    var outcome = new Outcome();
    for (int at = 0; at < warm + events; at += BATCH) {
      var batch = new ArrayList<Event>(BATCH);
      var truth = new ArrayList<@Nullable Fraud>(BATCH);
      for (int i = 0; i < BATCH; i++) {
        CardPayment payment = stream.next();
        batch.add(pipeline.event(payment.fields(), payment.at()));
        truth.add(payment.fraud());
      }
      long before = threads.getCurrentThreadCpuTime();
      List<Step> steps = partition.process(batch);
      if (at < warm) {
        continue;
      }
      outcome.nanos += threads.getCurrentThreadCpuTime() - before;
      for (int i = 0; i < BATCH; i++) {
        outcome.count(truth.get(i), steps.get(i).decision().decision().flagged());
      }
    }
    return outcome;
  }
}
