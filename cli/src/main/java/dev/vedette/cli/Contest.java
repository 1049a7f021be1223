package dev.vedette.cli;

import dev.vedette.DataException;
import dev.vedette.cli.Comparison.Failure;
import dev.vedette.cli.Comparison.Outcome;
import dev.vedette.cli.Comparison.Result;
import dev.vedette.data.Encoder;
import dev.vedette.data.Encoding;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lets detectors learn from the same rows and judges them by the same others, one on each core. */
final class Contest {
  private static final int LOOK_MILLIS = 100;

  /** What takes longest, longest first, so that no core is idle at the end; others may follow. */
  private static final List<String> LONGEST =
      List.of(
          "sequence-autoencoder",
          "bigan",
          "random-cut-forest",
          "gmm",
          "lof",
          "knn",
          "kde",
          "one-class-svm",
          "vae",
          "autoencoder",
          "deep-svdd");

  private final Console console;
  private final double limit;
  private final BooleanSupplier asked;
  private final int cores = Runtime.getRuntime().availableProcessors();
  private final Map<Boolean, Trial.Rows> prepared = new HashMap<>();
  private final List<Result> results = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();
  private final Set<String> notices = new LinkedHashSet<>();

  /**
   * Prepares the contest.
   *
   * @param limit how many seconds each may take
   * @param asked whether to end now with what there is
   */
  Contest(Console console, double limit, BooleanSupplier asked) {
    this.console = console;
    this.limit = limit;
    this.asked = asked;
  }

  /**
   * Compares.
   *
   * @throws DataException when the rows cannot be used by any detector
   */
  Comparison run(List<Entrant> entrants, Comparison.Facts facts) {
    entrants.forEach(entrant -> rows(entrant, facts)); // refuses bad rows before any work
    var waiting = new ArrayDeque<>(entrants.stream().sorted(LONGEST_FIRST).toList());
    var running = new ArrayList<Trial>();
    var finished = new LinkedBlockingQueue<Trial.Finished>();
    while (!(waiting.isEmpty() && running.isEmpty()) && !asked.getAsBoolean()) {
      while (running.size() < cores && !waiting.isEmpty()) {
        Entrant next = waiting.remove();
        Trial.Rows rows = rows(next, facts);
        running.add(Trial.start(next, rows, limit, finished::add));
      }
      Trial.Finished done = poll(finished);
      if (done != null && running.remove(done.trial())) {
        done.trial().close();
        tell(done.outcome(), entrants.size());
      }
      if (finished.isEmpty()) {
        running.removeIf(trial -> gaveUp(trial, entrants.size()));
      }
      show(running, entrants.size());
    }
    console.endProgress();
    running.forEach(Trial::close);
    running.forEach(trial -> failures.add(new Failure(trial.entrant(), "was stopped", false)));
    waiting.forEach(entrant -> failures.add(new Failure(entrant, "was not begun", false)));
    return new Comparison(results, failures, List.copyOf(notices));
  }

  private Trial.Rows rows(Entrant entrant, Comparison.Facts facts) {
    return prepared.computeIfAbsent(
        entrant.acceptsMissing(),
        missing -> {
          Encoding encoding = new Encoder().fit(facts.training(), missing);
          notices.addAll(Findings.notices(encoding, facts.badRows()));
          return new Trial.Rows(
              encoding.encode(facts.training()),
              facts.training().labels(),
              encoding.encode(facts.judged()),
              facts.judged().labels().orElseThrow());
        });
  }

  private static final Comparator<Entrant> LONGEST_FIRST =
      Comparator.comparingInt(
          entrant -> {
            int place = LONGEST.indexOf(entrant.text().split(" ", 2)[0]);
            return place < 0 ? LONGEST.size() : place;
          });

  private static Trial.@Nullable Finished poll(LinkedBlockingQueue<Trial.Finished> finished) {
    try {
      return finished.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while detectors were compared", e);
    }
  }

  private boolean gaveUp(Trial trial, int of) {
    if (!trial.outOfTime()) {
      return false;
    }
    trial.close();
    tell(trial.tooSlow(), of);
    return true;
  }

  private void tell(Outcome outcome, int of) {
    String text =
        switch (outcome) {
          case Result result -> {
            results.add(result);
            yield Console.text(
                "AUC %.4f, learned in %.2f s",
                result.evaluation().rocAuc().value(), result.cost().fitSeconds());
          }
          case Failure failure -> {
            failures.add(failure);
            yield failure.reason();
          }
        };
    console.notice("%3d of %d  %-22s %s", done(), of, outcome.entrant().name(), text);
  }

  private int done() {
    return results.size() + failures.size();
  }

  private void show(List<Trial> running, int of) {
    if (!running.isEmpty()) {
      String all = running.stream().map(Trial::toString).collect(Collectors.joining(" · "));
      console.progress("%3d of %d  %s", done(), of, Console.clip(all, 66));
    }
  }
}
