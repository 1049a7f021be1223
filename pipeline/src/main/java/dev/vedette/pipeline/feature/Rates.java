package dev.vedette.pipeline.feature;

import java.util.List;

/**
 * Events per hour of a window, or of the age of the key where it is younger than the window, so
 * that a new key has the same rate over a day and over a month; at least of a minute.
 */
final class Rates {
  private static final double HOUR = 3_600_000;
  private static final long MINUTE = 60_000;

  private Rates() {}

  static Column column(Window window, int trace, List<Trace> traces) {
    return switch (window) {
      case Window.Sliding(long millis) -> moment -> rate(moment, trace, moment.at() - millis);
      case Window.Tumbling tumbling -> {
        Grid grid = Grid.of(tumbling);
        yield moment -> rate(moment, trace, start(grid, moment.at()));
      }
      case Window.Last last -> {
        Recent recent = (Recent) traces.get(trace);
        yield moment -> rate(moment, trace, recent.earliest(moment.state(trace), moment.at()));
      }
    };
  }

  private static long start(Grid grid, long at) {
    return grid.pane(at) * grid.width() + grid.origin();
  }

  private static double rate(Moment moment, int trace, long begin) {
    KeyState key = moment.key();
    if (key == null) {
      return 0;
    }
    long length = Math.max(MINUTE, moment.at() - Math.max(begin, key.first));
    return moment.summary(trace).count / (length / HOUR);
  }
}
