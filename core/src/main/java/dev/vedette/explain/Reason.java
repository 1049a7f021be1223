package dev.vedette.explain;

/**
 * One column's part in an explanation.
 *
 * @param share of what pushes the score up, from 0 to 1
 */
public record Reason(Input input, double share) {
  /** In plain words: {@code amount 9812 is high, normal is about 34 (62 %)}. */
  @Override
  public String toString() {
    String column = oneLine(input.column());
    String what =
        switch (input.direction()) {
          case HIGH -> column + " " + input.value() + " is high";
          case LOW -> column + " " + input.value() + " is low";
          case UNUSUAL -> column + " " + quoted(input.value()) + " is unusual";
          case CHANGE -> column + " " + input.value() + " is at a change of the level";
          case USUAL -> column + " " + quoted(input.value()) + " does not fit the rest";
          case MISSING -> column + " is missing";
        };
    String normal =
        input.normal().isEmpty() || input.normal().equals(input.value())
            ? ""
            : ", normal is about " + quoted(input.normal());
    return what + normal + " (" + Math.round(100 * share) + " %)";
  }

  private static String quoted(String text) {
    String shown = oneLine(text);
    return shown.matches("[-+.:0-9A-Za-z_ ]+") ? shown : "'" + shown + "'";
  }

  /** {@code text} without control characters, shortened. */
  private static String oneLine(String text) {
    String start = text.length() <= 60 ? text : text.substring(0, 57) + "...";
    return start.replaceAll("[\\p{Cc}\u2028\u2029]", " ");
  }
}
