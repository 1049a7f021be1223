package dev.vedette.pipeline.feature;

import dev.vedette.Detectors;
import dev.vedette.StreamingDetector;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the text of a feature to an {@link Expression}. */
final class FeatureReader {
  private static final String FUNCTIONS =
      """
      write a field, or one of
      log(x) missing(field) hour(time) hour(time, zone) weekday(time) category(field)
      count(window) rate(window) sum(field, window) mean(field, window) std(field, window)
      min(field, window) max(field, window) distinct(field, window) zscore(field, window)
      deviation(field, 90d) deviation(field, 90d, by field) unusual(field) unusual(field, "detector option=value") unusual(together(field, field), "detector option=value") ratio(x, y) difference(x, y)
      surprise(field, 90d) surprise(hour(time), 90d) surprise(clock(field), 90d)
      surprise(field, 90d, after 1d)
      novel(field, 90d) novel(field, 90d, after 1d) change(field) since_last() since_last(field) speed(latitude, longitude)
      speed(latitude, longitude, 1 event)"""
          .replace('\n', ' ');

  /** What learns the values of a key where the file names nothing else. */
  private static final String SERIES = "seasonal-profile";

  /** Over so many places of a key its speed is the lowest. */
  private static final int MOST_PLACES = 3;

  private final String text;
  private final @Nullable String time;

  private FeatureReader(String text, @Nullable String time) {
    this.text = text;
    this.time = time;
  }

  /**
   * @param time the name of the event's time in the pipeline; null accepts any
   */
  static Expression read(String text, @Nullable String time) {
    return new FeatureReader(text, time).expression(TermReader.read(text));
  }

  private Expression expression(Term term) {
    return switch (term) {
      case Term.Name name -> new Expression.Amount(field(name), false);
      case Term.Span span -> throw error(span, "a window alone is no feature; " + FUNCTIONS);
      case Term.Call call -> call(call);
    };
  }

  private Expression call(Term.Call call) {
    return switch (call.name()) {
      case "log" -> log(expression(only(call, "log(x)")));
      case "missing" -> new Expression.Missing(field(only(call, "missing(field)")));
      case "category" -> new Expression.Category(field(only(call, "category(field)")));
      case "change" -> new Expression.Change(field(only(call, "change(field)")));
      case "hour" -> new Expression.Hour(zone(call));
      case "weekday" -> new Expression.Weekday(zone(call));
      case "count" -> new Expression.Count(window(only(call, "count(1h)")));
      case "rate" -> new Expression.Rate(window(only(call, "rate(1h)")));
      case "sum", "mean", "std", "min", "max" -> statistic(call);
      case "zscore" -> {
        Two two = two(call, "zscore(field, 90d)");
        yield new Expression.Zscore(number(two.first), window(two.second));
      }
      case "deviation" -> deviation(call);
      case "unusual" -> unusual(call);
      case "distinct" -> {
        Two two = two(call, "distinct(field, 1d)");
        yield new Expression.Distinct(field(two.first), window(two.second));
      }
      case "ratio" -> {
        Two two = two(call, "ratio(x, y)");
        yield new Expression.Ratio(expression(two.first), expression(two.second));
      }
      case "difference" -> {
        Two two = two(call, "difference(x, y)");
        yield new Expression.Difference(expression(two.first), expression(two.second));
      }
      case "surprise" -> surprise(call);
      case "novel" -> {
        boolean delayed = call.inputs().size() == 3;
        long after = delayed ? after(call.inputs().get(2)) : 0;
        Two two = two(delayed ? call.first(2) : call, "novel(field, 90d)");
        yield new Expression.Novel(field(two.first), sliding(two.second), after);
      }
      case "since_last" ->
          new Expression.SinceLast(
              call.inputs().isEmpty()
                  ? null
                  : field(only(call, "since_last() or since_last(field)")));
      case "speed" -> {
        boolean limited = call.inputs().size() == 3;
        int places = limited ? places(call.inputs().get(2)) : MOST_PLACES;
        Two two = two(limited ? call.first(2) : call, "speed(latitude, longitude)");
        yield new Expression.Speed(field(two.first), field(two.second), places);
      }
      default -> throw error(call, "there is no function %s; %s".formatted(call.name(), FUNCTIONS));
    };
  }

  private static Expression log(Expression of) {
    return of instanceof Expression.Amount number && !number.log()
        ? new Expression.Amount(number.field(), true)
        : new Expression.Log(of);
  }

  private Expression statistic(Term.Call call) {
    Two two = two(call, call.name() + "(field, 30d)");
    return new Expression.Statistic(
        Expression.Kind.valueOf(call.name().toUpperCase(Locale.ROOT)),
        number(two.first),
        window(two.second));
  }

  private Expression surprise(Term.Call call) {
    List<Term> inputs = call.inputs();
    if (inputs.size() < 2 || inputs.size() > 3) {
      throw usage(call, "surprise(field, 90d) or surprise(hour(time), 90d)");
    }
    long window = sliding(inputs.get(1));
    long after = inputs.size() == 3 ? after(inputs.get(2)) : 0;
    if (!(inputs.getFirst() instanceof Term.Call inner)) {
      return new Expression.Surprise(field(inputs.getFirst()), window, after);
    }
    return switch (inner.name()) {
      case "clock" ->
          new Expression.ClockSurprise(field(only(inner, "clock(field)")), window, after);
      case "hour" -> new Expression.HourSurprise(zone(inner), window, after);
      default -> throw error(inner, "a field, hour(time) or clock(field) is expected");
    };
  }

  private int places(Term term) {
    if (window(term) instanceof Window.Last(int size) && size <= MOST_PLACES) {
      return size;
    }
    throw error(term, "the last places are 1 event to %d events".formatted(MOST_PLACES));
  }

  private long after(Term term) {
    if (term instanceof Term.Call call
        && call.name().equals("after")
        && call.inputs().size() == 1) {
      return sliding(call.inputs().getFirst());
    }
    throw error(term, "after and a length of time is expected, such as after 1d");
  }

  private Expression deviation(Term.Call call) {
    List<Term> inputs = call.inputs();
    if (inputs.size() == 3
        && inputs.get(2) instanceof Term.Call by
        && by.name().equals("by")
        && by.inputs().size() == 1) {
      return new Expression.Deviation(
          number(inputs.getFirst()), field(by.inputs().getFirst()), sliding(inputs.get(1)));
    }
    Two two = two(call, "deviation(field, 90d) or deviation(field, 90d, by field)");
    return new Expression.Deviation(number(two.first), null, sliding(two.second));
  }

  private Expression unusual(Term.Call call) {
    List<Term> inputs = call.inputs();
    if (inputs.isEmpty() || inputs.size() > 2) {
      throw usage(call, "unusual(field) or unusual(field, \"detector option=value\")");
    }
    String detector =
        inputs.size() == 1 ? SERIES : inputs.get(1) instanceof Term.Name name ? name.text() : "";
    List<Expression.Amount> of = together(inputs.getFirst());
    try {
      if (Detectors.standard().parseSeries(detector) instanceof StreamingDetector streaming) {
        if (of.size() > 1 && streaming.univariate()) {
          throw new IllegalArgumentException(
              detector + " looks at one field, not at several together; use another detector");
        }
        return new Expression.Unusual(of, streaming);
      }
    } catch (IllegalArgumentException e) {
      throw error(inputs.getLast(), String.valueOf(e.getMessage()));
    }
    throw error(
        inputs.getLast(),
        detector
            + " does not learn one value after the other; write rolling detector="
            + detector.replace(":", "::").replace(' ', ':')
            + " or use another detector");
  }

  private List<Expression.Amount> together(Term term) {
    if (term instanceof Term.Call call && call.name().equals("together")) {
      if (call.inputs().size() < 2) {
        throw usage(call, "together(field, field)");
      }
      return call.inputs().stream().map(this::number).toList();
    }
    return List.of(number(term));
  }

  /** What learns the values of a key where nothing else is named. */
  static StreamingDetector series() {
    return (StreamingDetector) Detectors.standard().parseSeries(SERIES);
  }

  private Expression.Amount number(Term term) {
    if (term instanceof Term.Call call && call.name().equals("log")) {
      return new Expression.Amount(field(only(call, "log(field)")), true);
    }
    return new Expression.Amount(field(term), false);
  }

  private String field(Term term) {
    if (term instanceof Term.Name name) {
      if (name.text().equals(time)) {
        throw error(
            term,
            "%s is the time of the event; write hour(%s) or weekday(%s)"
                .formatted(time, time, time));
      }
      return name.text();
    }
    throw error(term, "a field is expected, such as amount");
  }

  private Window window(Term term) {
    if (term instanceof Term.Span span) {
      return span.window();
    }
    throw error(term, "a window is expected, such as 30s, 10m, 1h, 30d, tumbling 1d or 50 events");
  }

  private long sliding(Term term) {
    if (window(term) instanceof Window.Sliding sliding) {
      return sliding.millis();
    }
    throw error(term, "a length of time is expected, such as 90d");
  }

  private ZoneId zone(Term.Call call) {
    List<Term> inputs = call.inputs();
    if (inputs.isEmpty() || inputs.size() > 2 || !(inputs.getFirst() instanceof Term.Name name)) {
      throw error(
          call, "write %s(time) or %s(time, Europe/Berlin)".formatted(call.name(), call.name()));
    }
    if (time != null && !name.text().equals(time)) {
      throw error(
          name,
          "%s is not the time of the event; write %s(%s)"
              .formatted(name.text(), call.name(), time));
    }
    return inputs.size() == 1 ? ZoneOffset.UTC : zone(inputs.get(1));
  }

  private ZoneId zone(Term term) {
    try {
      if (term instanceof Term.Name name) {
        return ZoneId.of(name.text());
      }
    } catch (DateTimeException e) {
      // Said below, with what can be written.
    }
    throw error(term, "a time zone is expected, such as UTC, Europe/Berlin or \"+02:00\"");
  }

  private Term only(Term.Call call, String usage) {
    if (call.inputs().size() != 1) {
      throw usage(call, usage);
    }
    return call.inputs().getFirst();
  }

  private Two two(Term.Call call, String usage) {
    if (call.inputs().size() != 2) {
      throw usage(call, usage);
    }
    return new Two(call.inputs().getFirst(), call.inputs().getLast());
  }

  private IllegalArgumentException usage(Term.Call call, String usage) {
    return error(
        call, "%s has %d inputs; write %s".formatted(call.name(), call.inputs().size(), usage));
  }

  private IllegalArgumentException error(Term term, String message) {
    return TermReader.error(text, term.place(), message);
  }

  private record Two(Term first, Term second) {}
}
