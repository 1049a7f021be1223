package dev.vedette.server.rest;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * How long decisions of a pipeline took lately, from the histogram the pipeline keeps for {@code
 * /metrics}: what its buckets gained within the last calls of {@link #next}.
 */
final class Latency {
  private static final String TIMER = "vedette.decision.latency";
  private static final int CALLS = 10;

  private final MeterRegistry meters;
  private final String pipeline;
  private final Deque<CountAtBucket[]> past = new ArrayDeque<>();

  Latency(MeterRegistry meters, String pipeline) {
    this.meters = meters;
    this.pipeline = pipeline;
  }

  /**
   * The quantiles {@code levels} of what was measured since the call ten calls ago, in
   * milliseconds; NaN where there was nothing. To be called once a second.
   */
  double[] next(double... levels) {
    Timer timer = meters.find(TIMER).tag("pipeline", pipeline).timer();
    double[] values = new double[levels.length];
    CountAtBucket[] now =
        timer == null ? new CountAtBucket[0] : timer.takeSnapshot().histogramCounts();
    if (!past.isEmpty() && past.getLast().length != now.length) {
      past.clear();
    }
    past.addLast(now);
    CountAtBucket[] before = past.size() > CALLS ? past.removeFirst() : past.getFirst();
    for (int i = 0; i < levels.length; i++) {
      values[i] = quantile(now, before, levels[i]);
    }
    return values;
  }

  /** Interpolated within the bucket it falls into; buckets count all that is not above them. */
  private static double quantile(CountAtBucket[] now, CountAtBucket[] before, double level) {
    int last = now.length - 1;
    double all = last < 0 ? 0 : gained(now, before, last);
    if (all <= 0) {
      return Double.NaN;
    }
    double below = 0;
    double low = 0;
    for (int i = 0; i <= last; i++) {
      double high = now[i].bucket(TimeUnit.NANOSECONDS) / 1e6;
      double upTo = gained(now, before, i);
      if (upTo >= level * all) {
        boolean open = !Double.isFinite(high) || upTo == below;
        return open ? low : low + (high - low) * (level * all - below) / (upTo - below);
      }
      below = upTo;
      low = high;
    }
    return low;
  }

  private static double gained(CountAtBucket[] now, CountAtBucket[] before, int bucket) {
    return now[bucket].count() - before[bucket].count();
  }
}
