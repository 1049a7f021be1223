package dev.vedette.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where a command writes: results to {@code out}, everything else to {@code err}. Progress is shown
 * on a terminal only.
 *
 * @param terminal whether a person watches {@code err}
 */
record Console(PrintWriter out, PrintWriter err, boolean terminal, InstantSource clock) {
  private static final String CLEAR = "\r\u001b[K";

  /** One line about something that went wrong. */
  void error(String message) {
    err.println("vedette: " + message);
  }

  /** One line that a person should know and a program need not. */
  void notice(String message) {
    endProgress();
    err.println(message);
  }

  /** Replaces the line of progress. */
  void progress(String message) {
    if (terminal) {
      err.print(CLEAR + message);
      err.flush();
    }
  }

  void endProgress() {
    progress("");
  }

  /** How long each phase of a command took, in order. */
  final class Watch {
    private final List<Phase> phases = new ArrayList<>();

    /** Does {@code work}, shown and timed as {@code phase}. */
    <T> T time(String phase, Supplier<T> work) {
      progress(phase + " ...");
      Instant start = clock.instant();
      T result = work.get();
      phases.add(new Phase(phase, Duration.between(start, clock.instant())));
      endProgress();
      return result;
    }

    List<Phase> phases() {
      return List.copyOf(phases);
    }
  }

  /** A phase of a command and how long it took. */
  record Phase(String name, Duration duration) {}

  Watch watch() {
    return new Watch();
  }
}
