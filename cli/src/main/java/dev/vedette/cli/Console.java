package dev.vedette.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a command writes: results to {@code out}, everything else to {@code err}. Progress is shown
 * on a terminal only.
 *
 * @param terminal whether a person watches {@code err}
 */
record Console(PrintWriter out, PrintWriter err, boolean terminal, InstantSource clock) {
  private static final String CLEAR = "\r\u001b[K";

  /** One line of results; see {@link #text}. */
  void line(String format, @Nullable Object... values) {
    out.println(text(format, values));
  }

  /** One line about something that went wrong. */
  void error(String message) {
    endProgress();
    err.println("vedette: " + plain(message));
  }

  /** One line that a person should know and a program need not; see {@link #text}. */
  void notice(String format, @Nullable Object... values) {
    endProgress();
    err.println(text(format, values));
  }

  /**
   * A format filled in, the same in every locale. What comes from a file cannot start a new line or
   * steer the terminal.
   */
  static String text(String format, @Nullable Object... values) {
    Object[] safe = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      safe[i] = values[i] instanceof Number number ? number : plain(String.valueOf(values[i]));
    }
    return String.format(Locale.ROOT, format, safe);
  }

  /** {@code text} with a blank for each run of control characters. */
  private static String plain(String text) {
    return text.replaceAll("[\\p{Cc}\u2028\u2029]+", " ");
  }

  /** The start of {@code text}, at most {@code length} characters. */
  static String clip(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 3) + "...";
  }

  /** Replaces the line of progress. */
  void progress(String format, @Nullable Object... values) {
    if (terminal) {
      err.print(CLEAR + text(format, values));
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
      progress("%s ...", phase);
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
