package dev.vedette.cli;

import dev.vedette.server.live.Quality;
import org.jspecify.annotations.Nullable;

/** Counts how decisions agree with what is known to be true. Thread-safe. */
final class Truth {
  private long found;
  private long falseAlarms;
  private long missed;
  private long rejected;

  /** Whether a field says that its event is an anomaly: it is not missing, empty, 0 or false. */
  static boolean of(@Nullable Object value) {
    return switch (value) {
      case null -> false;
      case Number number -> number.doubleValue() != 0;
      case Boolean flag -> flag;
      default -> !value.toString().isBlank();
    };
  }

  synchronized void count(boolean flagged, boolean anomaly) {
    if (flagged) {
      found += anomaly ? 1 : 0;
      falseAlarms += anomaly ? 0 : 1;
    } else {
      missed += anomaly ? 1 : 0;
      rejected += anomaly ? 0 : 1;
    }
  }

  synchronized Quality quality() {
    return new Quality(found, falseAlarms, missed, rejected);
  }
}
