package dev.vedette.connect.sink;

import dev.vedette.Require;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * When a failed message is sent again: after a random time up to {@code first}, 2 · {@code first},
 * 4 · {@code first} and so on, so that many senders do not come back at once (exponential back-off
 * with full jitter).
 *
 * @param first 1 ms or more
 * @param longest the most that is waited, at least {@code first}
 * @param attempts after this many the message is given up; 1 to 1,000,000
 * @param within after this long the message is given up, counted from the first attempt of this
 *     process
 */
public record Retry(Duration first, Duration longest, int attempts, Duration within) {
  public Retry {
    Require.that(first.toMillis() >= 1, "retry first must be 1 ms or more, is " + first);
    Require.that(
        longest.compareTo(first) >= 0,
        "retry longest must be at least first, is " + longest + " after " + first);
    Require.range("retry attempts", attempts, 1, 1_000_000);
    Require.that(!within.isNegative(), "retry within must not be negative, is " + within);
  }

  /** From 1 s to 5 minutes, for a day. */
  public Retry() {
    this(Duration.ofSeconds(1), Duration.ofMinutes(5), 1000, Duration.ofHours(24));
  }

  /** How long to wait after {@code failures} in a row, in milliseconds. */
  long wait(int failures, SplittableRandom random) {
    int doublings = Math.min(Math.max(failures - 1, 0), 30);
    long most = Math.min(longest.toMillis(), Math.max(first.toMillis(), 1) << doublings);
    return random.nextLong(Math.max(most, 1) + 1);
  }
}
