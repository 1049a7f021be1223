package dev.vedette.cli;

import dev.vedette.DataException;
import dev.vedette.cli.Comparison.Cost;
import dev.vedette.cli.Comparison.Failure;
import dev.vedette.cli.Comparison.Outcome;
import dev.vedette.cli.Comparison.Result;
import dev.vedette.data.Matrix;
import dev.vedette.data.Numbers;
import dev.vedette.evaluate.Bootstrap;
import dev.vedette.evaluate.Evaluate;
import dev.vedette.evaluate.Evaluation;
import dev.vedette.threshold.Rule;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * One detector that learns and is judged, on a thread of its own. Work that a detector would cut
 * into parallel pieces stays on that thread, so that costs can be compared and many detectors at
 * once do not get in each other's way.
 */
final class Trial implements AutoCloseable {
  private static final int ROWS_A_BLOCK = 1024;

  /** Judging is repeated until it took so long, as the first times are slow in Java. */
  private static final long LONG_ENOUGH_NANOS = 200_000_000;

  private static final int PASSES = 4;

  private final Entrant entrant;
  private final Rows rows;
  private final double limit;
  private final long start = System.nanoTime();
  private final ForkJoinPool thread = new ForkJoinPool(1);
  private volatile String state = "learns";
  private volatile boolean scored;
  private volatile boolean over;

  /**
   * The rows as a detector wants them.
   *
   * @param known which training rows are known anomalies, where that is known
   * @param labels of the rows judged
   */
  record Rows(Matrix training, Optional<boolean[]> known, Matrix judged, boolean[] labels) {}

  /** Thrown in the thread of a trial to end it. */
  private static final class Over extends RuntimeException {
    private static final long serialVersionUID = 1;

    Over() {
      super("over", null, false, false);
    }
  }

  private Trial(Entrant entrant, Rows rows, double limit) {
    this.entrant = entrant;
    this.rows = rows;
    this.limit = limit;
  }

  /**
   * Starts one.
   *
   * @param limit how many seconds it may take
   * @param finished called on the thread of the trial, also when nobody waits any more
   */
  static Trial start(Entrant entrant, Rows rows, double limit, Consumer<Finished> finished) {
    var trial = new Trial(entrant, rows, limit);
    trial.thread.execute(() -> finished.accept(new Finished(trial, trial.outcome())));
    return trial;
  }

  /** A trial and what became of it. */
  record Finished(Trial trial, Outcome outcome) {}

  Entrant entrant() {
    return entrant;
  }

  /** What it is doing, in a few words. */
  String state() {
    return state;
  }

  /** Whether it took too long; measuring once more how fast it judges does not count. */
  boolean outOfTime() {
    return !scored && (System.nanoTime() - start) / 1e9 > limit;
  }

  /** What is said of a trial that took too long. */
  Failure tooSlow() {
    return new Failure(
        entrant,
        Console.text(
            "not finished after %s seconds (%s); --limit gives it more",
            Numbers.text(limit, 6), state),
        false);
  }

  /** Ends it at the next step. A detector that learns in one step goes on, unheard. */
  @Override
  public void close() {
    over = true;
    thread.shutdown();
  }

  private void step(String now) {
    if (over || outOfTime()) {
      throw new Over();
    }
    state = now;
  }

  private Outcome outcome() {
    try {
      step(state);
      return judged();
    } catch (Over e) {
      return tooSlow();
    } catch (DataException e) {
      return new Failure(entrant, String.valueOf(e.getMessage()), false);
    } catch (OutOfMemoryError e) {
      return new Failure(
          entrant, "not enough memory; give more, such as VEDETTE_JAVA_OPTS=-Xmx8g", false);
    } catch (RuntimeException | IOException | Error e) { // else the others would wait for it
      return new Failure(entrant, "a fault in Vedette, please report it: " + e, true);
    }
  }

  private Result judged() throws IOException {
    long before = cpuNanos();
    Entrant.Learned learned = entrant.learn(rows.training(), rows.known(), this::step);
    double fitSeconds = (cpuNanos() - before) / 1e9;
    int count = rows.judged().rows();
    double[] scores = new double[count];
    long fastest = Long.MAX_VALUE;
    long all = 0;
    for (int pass = 0; pass < PASSES && all < LONG_ENOUGH_NANOS; pass++) {
      long nanos = score(learned, scores);
      scored = true;
      fastest = Math.min(fastest, nanos);
      all += nanos;
    }
    Evaluation evaluation =
        Evaluate.report(
            scores,
            rows.labels(),
            new Rule.BestAccuracy().fit(scores, rows.labels()),
            Bootstrap.NONE);
    var cost = new Cost(fitSeconds, fastest / 1e3 / count, learned.bytes());
    return new Result(entrant, scores, evaluation, cost);
  }

  /** Scores all rows in blocks, between which it can end, and returns the time spent. */
  private long score(Entrant.Learned learned, double[] into) {
    Matrix judged = rows.judged();
    long nanos = 0;
    for (int from = 0; from < into.length; from += ROWS_A_BLOCK) {
      step(Console.text("judges row %,d of %,d", from + 1, into.length));
      int to = Math.min(from + ROWS_A_BLOCK, into.length);
      Matrix block = judged.select(IntStream.range(from, to).toArray());
      long before = cpuNanos();
      double[] scores = learned.score(block);
      nanos += cpuNanos() - before;
      System.arraycopy(scores, 0, into, from, scores.length);
    }
    return nanos;
  }

  /** How long this thread has been busy. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  @Override
  public String toString() {
    return entrant.name() + ": " + state;
  }
}
