package dev.vedette.data;

import dev.vedette.Require;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Steps in text, such as {@code 15m}, {@code 1h}, {@code 1d} and {@code 1mo}. */
final class StepText {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|min|h|d|w|mo|y)");

  private static final long[] MILLIS = {3_600_000, 60_000, 1000, 1};
  private static final String[] UNITS = {"h", "m", "s", "ms"};

  private StepText() {}

  static Step parse(String text, ZoneId zone) {
    Matcher form = FORM.matcher(text.strip());
    int count = form.matches() ? Integer.parseInt(form.group(1)) : 0;
    Require.that(
        count > 0,
        "a step is a whole number, 1 or more, and a unit of ms, s, m, h, d, w, mo or y, such as 15m,"
            + " 1h, 1d or 1mo, is '"
            + text
            + "'");
    return switch (form.group(2)) {
      case "d" -> new Step.Days(count, zone);
      case "w" -> new Step.Days(Require.range("weeks", count, 1, 5_000) * 7, zone);
      case "mo" -> new Step.Months(count, 1, zone);
      case "y" -> new Step.Months(Require.range("years", count, 1, 100) * 12, 1, zone);
      case "h" -> new Step.Fixed(count * MILLIS[0]);
      case "s" -> new Step.Fixed(count * MILLIS[2]);
      case "ms" -> new Step.Fixed(count);
      default -> new Step.Fixed(count * MILLIS[1]);
    };
  }

  static String text(long millis) {
    int unit = 0;
    while (millis % MILLIS[unit] != 0) {
      unit++;
    }
    return millis / MILLIS[unit] + UNITS[unit];
  }
}
