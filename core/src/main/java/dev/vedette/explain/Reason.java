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
    String what =
        switch (input.direction()) {
          case HIGH -> input.column() + " " + input.value() + " is high";
          case LOW -> input.column() + " " + input.value() + " is low";
          case UNUSUAL -> input.column() + " " + quoted(input.value()) + " is unusual";
          case MISSING -> input.column() + " is missing";
        };
    String normal =
        input.normal().isEmpty() || input.normal().equals(input.value())
            ? ""
            : ", normal is about " + quoted(input.normal());
    return what + normal + " (" + Math.round(100 * share) + " %)";
  }

  private static String quoted(String text) {
    return text.matches("[-+.:0-9A-Za-z_ ]+") ? text : "'" + text + "'";
  }
}
