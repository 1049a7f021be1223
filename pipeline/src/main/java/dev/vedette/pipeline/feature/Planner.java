package dev.vedette.pipeline.feature;

import dev.vedette.StreamingDetector;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Turns expressions to columns of a {@link Plan}, sharing what they have in common. */
final class Planner {
  private static final double SECOND = 1_000;

  /** How many events the shares of all keys count for against those of the key. */
  private static final double PRIOR = 2;

  private final List<String> fields = new ArrayList<>();
  private final List<ZoneId> zones = new ArrayList<>();
  private final List<Source.Amount> numbers = new ArrayList<>();
  private final List<Source> values = new ArrayList<>();
  private final List<Trace> traces = new ArrayList<>();
  private final List<Plan.Series> series = new ArrayList<>();
  private final List<Integer> dictionaries = new ArrayList<>();
  private final List<Plan.Deviation> deviations = new ArrayList<>();
  private final List<Plan.Mean> means = new ArrayList<>();

  /** Less for hours, of which a key has only 24. */
  private static final double HOUR_PRIOR = 0.25;

  /** More events of a key than this say no more about what it never had. */
  private static final double MOST_KNOWN = 60;

  private Planner() {}

  static Plan plan(List<Expression> expressions) {
    Planner planner = new Planner();
    Column[] columns = expressions.stream().map(planner::column).toArray(Column[]::new);
    return new Plan(
        List.copyOf(planner.fields),
        List.copyOf(planner.zones),
        List.copyOf(planner.numbers),
        List.copyOf(planner.values),
        planner.traces.toArray(Trace[]::new),
        List.copyOf(planner.series),
        List.copyOf(planner.dictionaries),
        List.copyOf(planner.deviations),
        List.copyOf(planner.means),
        columns);
  }

  private Column column(Expression expression) {
    return switch (expression) {
      case Expression.Amount of -> {
        int number = number(of);
        yield moment -> moment.number(number);
      }
      case Expression.Log(Expression of) -> {
        Column x = column(of);
        yield moment -> Moment.log(x.value(moment));
      }
      case Expression.Missing(String name) -> {
        int field = once(fields, name);
        yield moment -> moment.missing(field) ? 1 : 0;
      }
      case Expression.Hour(ZoneId id) -> {
        int zone = once(zones, id);
        yield moment -> moment.hour(zone);
      }
      case Expression.Weekday(ZoneId id) -> {
        int zone = once(zones, id);
        yield moment -> moment.weekday(zone);
      }
      case Expression.Ratio(Expression part, Expression whole) ->
          ratio(column(part), column(whole));
      case Expression.Difference(Expression left, Expression right) -> {
        Column a = column(left);
        Column b = column(right);
        yield moment -> a.value(moment) - b.value(moment);
      }
      case Expression.Count(Window window) -> {
        int trace = events(window);
        yield moment -> moment.summary(trace).count;
      }
      case Expression.Rate rate -> Rates.column(rate.window(), events(rate.window()), traces);
      case Expression.Statistic statistic -> statistic(statistic);
      case Expression.Zscore zscore -> zscore(zscore);
      case Expression.Deviation deviation -> deviation(deviation);
      case Expression.Unusual(List<Expression.Amount> of, StreamingDetector detector) -> {
        List<Integer> together = of.stream().map(this::number).toList();
        int stream = once(series, new Plan.Series(together, detector));
        yield moment -> moment.unusual(stream);
      }
      case Expression.Distinct(String name, Window window) -> distinct(value(name), window);
      case Expression.Category(String name) -> category(value(name));
      case Expression.Surprise(String name, long window, long after) ->
          surprise(value(name), window, after);
      case Expression.HourSurprise(ZoneId zone, long window, long after) ->
          hourSurprise(new Source.Hour(once(zones, zone)), window, after);
      case Expression.ClockSurprise(String name, long window, long after) ->
          hourSurprise(new Source.Clock(number(new Expression.Amount(name, false))), window, after);
      case Expression.Novel(String name, long window, long after) ->
          novel(value(name), window, after);
      case Expression.Change(String name) -> change(value(name));
      case Expression.SinceLast(String name) -> name == null ? sinceLast() : sinceLast(value(name));
      case Expression.Speed(String latitude, String longitude, int size) -> {
        Places places =
            new Places(
                number(new Expression.Amount(latitude, false)),
                number(new Expression.Amount(longitude, false)),
                size);
        int trace = once(traces, places);
        yield moment -> places.speed(moment.state(trace), moment);
      }
    };
  }

  private static <T> int once(List<? super T> all, T one) {
    int found = all.indexOf(one);
    if (found >= 0) {
      return found;
    }
    all.add(one);
    return all.size() - 1;
  }

  private int number(Expression.Amount of) {
    return once(numbers, new Source.Amount(once(fields, of.field()), of.log()));
  }

  private int value(String field) {
    return once(values, new Source.Field(once(fields, field)));
  }

  private static Column ratio(Column part, Column whole) {
    return moment -> {
      double below = whole.value(moment);
      return below == 0 ? Double.NaN : part.value(moment) / below;
    };
  }

  private int events(Window window) {
    return switch (window) {
      case Window.Sliding sliding -> panes(Grid.of(sliding), -1, 0);
      case Window.Tumbling tumbling -> panes(Grid.of(tumbling), -1, 0);
      case Window.Last(int size) -> once(traces, new Recent(Recent.What.TIMES, -1, size));
    };
  }

  private int numbers(int number, Window window, int depth) {
    return switch (window) {
      case Window.Sliding sliding -> panes(Grid.of(sliding), number, depth);
      case Window.Tumbling tumbling -> panes(Grid.of(tumbling), number, depth);
      case Window.Last(int size) -> once(traces, new Recent(Recent.What.NUMBERS, number, size));
    };
  }

  /** The panes of one window, as deep as the deepest of their features needs. */
  private int panes(Grid grid, int number, int depth) {
    for (int i = 0; i < traces.size(); i++) {
      if (traces.get(i) instanceof Panes(Grid same, int of, int now)
          && same.equals(grid)
          && of == number) {
        traces.set(i, new Panes(grid, number, Math.max(now, depth)));
        return i;
      }
    }
    traces.add(new Panes(grid, number, depth));
    return traces.size() - 1;
  }

  private Column statistic(Expression.Statistic statistic) {
    int depth =
        switch (statistic.kind()) {
          case SUM, MEAN -> 1;
          case STD -> 2;
          case MIN, MAX -> 3;
        };
    int trace = numbers(number(statistic.of()), statistic.window(), depth);
    return switch (statistic.kind()) {
      case SUM -> moment -> moment.summary(trace).sum;
      case MEAN -> moment -> moment.summary(trace).mean();
      case STD -> moment -> moment.summary(trace).std();
      case MIN -> moment -> moment.summary(trace).least();
      case MAX -> moment -> moment.summary(trace).most();
    };
  }

  private Column zscore(Expression.Zscore zscore) {
    int number = number(zscore.of());
    int trace = numbers(number, zscore.window(), 2);
    int all = once(deviations, new Plan.Deviation(number, trace));
    return moment -> moment.deviations(all).score(moment.number(number), moment.summary(trace));
  }

  private Column deviation(Expression.Deviation deviation) {
    int number = number(deviation.of());
    int by = deviation.by() == null ? -1 : value(deviation.by());
    int mean = once(means, new Plan.Mean(number, by));
    Offsets offsets = new Offsets(number, by, mean, deviation.window());
    int trace = once(traces, offsets);
    return moment -> offsets.deviation(moment.state(trace), moment);
  }

  private Column distinct(int value, Window window) {
    if (window instanceof Window.Last(int size)) {
      Recent recent = new Recent(Recent.What.VALUES, value, size);
      int trace = once(traces, recent);
      return moment -> recent.distinct(moment.state(trace));
    }
    Grid grid =
        window instanceof Window.Tumbling tumbling
            ? Grid.of(tumbling)
            : Grid.of((Window.Sliding) window);
    Distinct distinct = new Distinct(grid, value);
    int trace = once(traces, distinct);
    return moment -> distinct.read(moment.state(trace), moment.at());
  }

  private Column category(int value) {
    int dictionary = once(dictionaries, value);
    return moment -> {
      long hash = moment.value(value);
      return hash == 0 ? Double.NaN : bits(moment.dictionary(dictionary).share(hash));
    };
  }

  private Column surprise(int value, long window, long after) {
    int dictionary = once(dictionaries, value);
    Shares shares = new Shares(value, window);
    int trace = once(traces, shares);
    return moment -> {
      long hash = moment.value(value);
      if (hash == 0) {
        return Double.NaN;
      }
      long[] state = moment.state(trace);
      long since = moment.at() - after;
      double own = shares.weight(state, moment.at(), since, hash);
      double all = moment.dictionary(dictionary).share(hash);
      return bits(drawn(own, shares.total(state, moment.at(), since), PRIOR * all, PRIOR));
    };
  }

  private Column hourSurprise(Source source, long window, long after) {
    int value = once(values, source);
    int dictionary = once(dictionaries, value);
    Shares shares = new Shares(value, window);
    int trace = once(traces, shares);
    return moment -> {
      long hour = moment.value(value);
      if (hour == 0) {
        return Double.NaN;
      }
      long[] state = moment.state(trace);
      long since = moment.at() - after;
      double own = shares.around(state, moment.at(), since, hour);
      double all = moment.dictionary(dictionary).shareAround(hour);
      return bits(
          drawn(own, shares.total(state, moment.at(), since), HOUR_PRIOR * all, HOUR_PRIOR));
    };
  }

  /**
   * −log2 of a share; 1 for half or more. What is usual is not surprising to a measurable degree:
   * 99.9 % after 99.999 % would otherwise be a hundred times what a detector has ever seen.
   */
  private static double bits(double share) {
    return Math.max(1, -StrictMath.log(share) / StrictMath.log(2));
  }

  private Column novel(int value, long window, long after) {
    Seen seen = new Seen(value, Seen.LIMIT);
    int trace = once(traces, seen);
    return moment -> {
      long[] state = moment.state(trace);
      long since = moment.at() - window;
      long hash = moment.value(value);
      if (hash == 0 || seen.last(state) < since || seen.first(state) > moment.at() - after) {
        return Double.NaN;
      }
      boolean had = seen.last(state, hash) >= since;
      return had && seen.first(state, hash) <= moment.at() - after ? 0 : 1;
    };
  }

  private Column change(int value) {
    Seen seen = new Seen(value, 1);
    int trace = once(traces, seen);
    return moment -> {
      long latest = seen.latest(moment.state(trace));
      long hash = moment.value(value);
      if (latest == 0 || hash == 0) {
        return Double.NaN;
      }
      return latest == hash ? 0 : 1;
    };
  }

  private static Column sinceLast() {
    return moment -> {
      KeyState key = moment.key();
      return key == null ? Double.NaN : Math.max(0, moment.at() - key.last) / SECOND;
    };
  }

  private Column sinceLast(int value) {
    Seen seen = new Seen(value, Seen.LIMIT);
    int trace = once(traces, seen);
    return moment -> {
      long hash = moment.value(value);
      long last = hash == 0 ? Long.MIN_VALUE : seen.last(moment.state(trace), hash);
      return last == Long.MIN_VALUE ? Double.NaN : Math.max(0, moment.at() - last) / SECOND;
    };
  }

  /**
   * The share of a value in the past of a key, drawn towards that of all keys. A long past counts
   * as {@code MOST_KNOWN} events, so that new values of old and young keys are equally surprising.
   */
  private static double drawn(double own, double total, double prior, double weight) {
    double scale = total > MOST_KNOWN ? MOST_KNOWN / total : 1;
    return (own * scale + prior) / (total * scale + weight);
  }
}
