package dev.vedette.pipeline.feature;

import java.util.ArrayList;
import java.util.List;

/** Reads the text of a feature to a {@link Term}. */
final class TermReader {
  private static final int LONGEST = 1_000;
  private static final int DEEPEST = 20;
  private static final int MOST_EVENTS = 1_000;
  private static final int MOST_DAYS = 3_650;
  private static final String MARKS = "_.-/:+@#$";

  private final String text;
  private int next;
  private int depth;

  private TermReader(String text) {
    this.text = text;
  }

  static Term read(String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "feature '%s...' has %d characters; write at most %d"
              .formatted(text.substring(0, 40), text.length(), LONGEST));
    }
    TermReader reader = new TermReader(text);
    Term term = reader.term();
    reader.skip();
    if (reader.next < text.length()) {
      throw reader.error(reader.next, "the feature should end here");
    }
    return term;
  }

  /** The error of {@code text} at {@code place}, the first character being 1. */
  static IllegalArgumentException error(String text, int place, String message) {
    return new IllegalArgumentException(
        "feature '%s', character %d: %s".formatted(text, place, message));
  }

  private IllegalArgumentException error(int at, String message) {
    String found =
        at < text.length()
            ? "'" + text.substring(at, text.offsetByCodePoints(at, 1)) + "'"
            : "the end";
    return error(text, at + 1, message + ", found " + found);
  }

  private Term term() {
    skip();
    if (next == text.length()) {
      throw error(next, "a field, a function or a window is expected");
    }
    int begin = next;
    char first = text.charAt(begin);
    if (isDigit(first)) {
      return new Term.Span(window(false), begin + 1);
    }
    if (first == '"') {
      return new Term.Name(quoted(), begin + 1);
    }
    String name = name();
    skip();
    if (name.equals("tumbling") && next < text.length() && isDigit(text.charAt(next))) {
      return new Term.Span(window(true), begin + 1);
    }
    if (name.equals("by") && next < text.length() && startsName(text.charAt(next))) {
      return by(begin + 1);
    }
    if (name.equals("after") && next < text.length() && isDigit(text.charAt(next))) {
      int from = next + 1;
      return new Term.Call("after", List.of(new Term.Span(window(false), from)), begin + 1);
    }
    return next < text.length() && text.charAt(next) == '('
        ? call(name, begin + 1)
        : new Term.Name(name, begin + 1);
  }

  /** Of the ten digits alone; other scripts have theirs. */
  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean startsName(char c) {
    return Character.isLetter(c) || c == '_' || c == '"';
  }

  /** The field of {@code by merchant_type}. */
  private Term by(int place) {
    int begin = next;
    String name = text.charAt(begin) == '"' ? quoted() : name();
    return new Term.Call("by", List.of(new Term.Name(name, begin + 1)), place);
  }

  private Term call(String name, int place) {
    if (++depth > DEEPEST) {
      throw error(next, "functions are nested more than %d deep".formatted(DEEPEST));
    }
    next++;
    List<Term> inputs = new ArrayList<>();
    skip();
    while (!taken(')')) {
      if (!inputs.isEmpty() && !taken(',')) {
        throw error(next, "',' or ')' is expected");
      }
      inputs.add(term());
      skip();
    }
    depth--;
    return new Term.Call(name, List.copyOf(inputs), place);
  }

  private boolean taken(char wanted) {
    if (next < text.length() && text.charAt(next) == wanted) {
      next++;
      return true;
    }
    return false;
  }

  private String name() {
    int begin = next;
    if (!Character.isLetter(text.charAt(begin)) && text.charAt(begin) != '_') {
      throw error(begin, "a field, a function or a window is expected");
    }
    while (next < text.length()
        && (Character.isLetterOrDigit(text.charAt(next))
            || MARKS.indexOf(text.charAt(next)) >= 0)) {
      next++;
    }
    return text.substring(begin, next);
  }

  private String quoted() {
    int end = text.indexOf('"', next + 1);
    if (end < 0) {
      throw error(next, "a name in quotes has no closing quote");
    }
    String name = text.substring(next + 1, end);
    if (name.isEmpty()) {
      throw error(next, "a name in quotes is empty");
    }
    next = end + 1;
    return name;
  }

  private Window window(boolean tumbling) {
    int begin = next;
    while (next < text.length() && isDigit(text.charAt(next))) {
      next++;
    }
    // Nine digits fit an int; more are too many for any unit.
    long number =
        next - begin > 9 ? Integer.MAX_VALUE : Long.parseLong(text.substring(begin, next));
    skip();
    int unitAt = next;
    while (next < text.length() && Character.isLetter(text.charAt(next))) {
      next++;
    }
    String unit = text.substring(unitAt, next);
    if (!tumbling && (unit.equals("events") || unit.equals("event"))) {
      if (number < 1 || number > MOST_EVENTS) {
        throw error(begin, "a window has 1 to %d events".formatted(MOST_EVENTS));
      }
      return new Window.Last((int) number);
    }
    long millis = number * millis(unit, unitAt);
    if (millis < 1 || millis > MOST_DAYS * 86_400_000L) {
      throw error(begin, "a window is 1s to %dd long".formatted(MOST_DAYS));
    }
    return tumbling ? new Window.Tumbling(millis) : new Window.Sliding(millis);
  }

  private long millis(String unit, int at) {
    return switch (unit) {
      case "s" -> 1_000L;
      case "m" -> 60_000L;
      case "h" -> 3_600_000L;
      case "d" -> 86_400_000L;
      default ->
          throw error(
              at,
              "a window is a number and s, m, h or d, such as 30s, 10m, 1h, 30d or tumbling 1d,"
                  + " or 50 events");
    };
  }

  private void skip() {
    while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
  }
}
