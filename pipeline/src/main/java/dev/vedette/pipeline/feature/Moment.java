package dev.vedette.pipeline.feature;

import dev.vedette.SeriesStream;
import dev.vedette.pipeline.Event;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event and what is known before it: all that columns and traces read. Reused for each event.
 */
final class Moment {
  /** About 126,000 years around 1970; times beyond are taken as the limit. */
  private static final long FARTHEST = 4_000_000_000_000_000L;

  /** Numbers are taken as at most this, so that their squares stay finite. */
  private static final double HUGE = 1e150;

  private final Plan plan;
  private final Shared shared;
  private final DayTime[] dayTimes;
  private final @Nullable Object[] found;
  private final double[] numbers;
  private final long[] values;
  private final double[][] points;
  private final Summary[] summaries;
  private final boolean[] summed;
  private @Nullable KeyState key;
  private long at;

  Moment(Plan plan, Shared shared) {
    this.plan = plan;
    this.shared = shared;
    dayTimes = plan.zones().stream().map(DayTime::new).toArray(DayTime[]::new);
    found = new Object[plan.fields().size()];
    numbers = new double[plan.numbers().size()];
    values = new long[plan.values().size()];
    points =
        plan.series().stream()
            .map(series -> new double[series.numbers().size()])
            .toArray(double[][]::new);
    summaries = new Summary[plan.traces().length];
    Arrays.setAll(summaries, i -> new Summary());
    summed = new boolean[summaries.length];
  }

  static long time(Event event) {
    return Math.max(-FARTHEST, Math.min(FARTHEST, event.at()));
  }

  /** Turns to {@code event} of the key with {@code key}, null for one without past. */
  void turn(Event event, @Nullable KeyState key) {
    this.key = key;
    at = time(event);
    Arrays.fill(summed, false);
    Map<String, Object> fields = event.fields();
    for (int i = 0; i < found.length; i++) {
      found[i] = fields.get(plan.fields().get(i));
    }
    for (int i = 0; i < numbers.length; i++) {
      Source.Amount source = plan.numbers().get(i);
      double number = number(found[source.field()]);
      numbers[i] = source.log() ? log(number) : number;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (plan.values().get(i)) {
            case Source.Field(int field) -> TextHash.of(found[field]);
            case Source.Hour(int zone) -> 1 + (long) hour(zone);
            case Source.Clock(int number) -> DayTime.hourOf(numbers[number]);
          };
    }
  }

  private static double number(@Nullable Object value) {
    return switch (value) {
      case Double number ->
          Double.isInfinite(number) ? Double.NaN : Math.max(-HUGE, Math.min(HUGE, number));
      case Boolean flag -> flag ? 1 : 0;
      case null, default -> Double.NaN;
    };
  }

  static double log(double x) {
    return Math.copySign(StrictMath.log1p(Math.abs(x)), x);
  }

  long at() {
    return at;
  }

  /** What is known of the key; null without past. */
  @Nullable KeyState key() {
    return key;
  }

  /** Number {@code source} of the event; NaN where it is missing. */
  double number(int source) {
    return numbers[source];
  }

  /** The numbers of series {@code index} in the event; used again for the next. */
  double[] point(int index) {
    List<Integer> together = plan.series().get(index).numbers();
    double[] point = points[index];
    for (int v = 0; v < point.length; v++) {
      int source = together.get(v);
      point[v] = number(source);
    }
    return point;
  }

  /**
   * How far the numbers of series {@code index} are from what their key expects; of a single one
   * below 0 where it is less. NaN where all are missing or the key has no past.
   */
  double unusual(int index) {
    double[] point = point(index);
    if (key == null || Arrays.stream(point).allMatch(Double::isNaN)) {
      return Double.NaN;
    }
    SeriesStream stream = key.series[index];
    double score = stream.score(at, point);
    return point.length > 1 ? score : Math.copySign(score, point[0] - stream.expected(at, 0));
  }

  /** The hash of value {@code source} of the event; 0 where it is missing. */
  long value(int source) {
    return values[source];
  }

  boolean missing(int field) {
    Object value = found[field];
    return value == null || (value instanceof Double number && number.isNaN());
  }

  double hour(int zone) {
    return dayTimes[zone].hour(at);
  }

  int weekday(int zone) {
    return dayTimes[zone].weekday(at);
  }

  /** The memory of the key for trace {@code trace}. */
  long[] state(int trace) {
    return key == null ? Trace.NONE : key.traces[trace];
  }

  /** What trace {@code trace} holds before the event; for windows of numbers and counts. */
  Summary summary(int trace) {
    Summary summary = summaries[trace];
    if (!summed[trace]) {
      summed[trace] = true;
      summary.clear();
      switch (plan.traces()[trace]) {
        case Panes panes -> panes.read(state(trace), at, summary);
        case Recent recent -> recent.read(state(trace), summary);
        default -> throw new IllegalStateException("trace " + trace + " has no summary");
      }
    }
    return summary;
  }

  Dictionary dictionary(int index) {
    return shared.dictionaries[index];
  }

  Means means(int index) {
    return shared.means[index];
  }

  Deviations deviations(int index) {
    return shared.deviations[index];
  }
}
