package dev.vedette.report;

import dev.vedette.data.Numbers;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as they stand on the page. */
final class Figures {
  /** Keeps a number and its unit on one line. */
  private static final String GAP = "\u00a0";

  private Figures() {}

  /** A count with thousands set off: {@code 5,000}. */
  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** A count in at most four characters or so: {@code 120k}. */
  static String shortCount(long count) {
    String[] units = {"", "k", "M", "G", "T"};
    double left = count;
    int unit = 0;
    while (left >= 1000 && unit < units.length - 1) {
      left /= 1000;
      unit++;
    }
    return Numbers.text(left, 3) + units[unit];
  }

  /** A count and what is counted: {@code 1 row}, {@code 2 rows}. */
  static String count(long count, String one) {
    return count(count) + " " + one + (count == 1 ? "" : "s");
  }

  /** A number to four significant digits. */
  static String number(double value) {
    return grouped(value, 4);
  }

  private static String grouped(double value, int digits) {
    String text = Numbers.text(value, digits);
    boolean whole = value == Math.rint(value) || Math.abs(value) >= 10_000;
    return whole && Math.abs(value) >= 1000 && Math.abs(value) < 1e9 && !text.contains("E")
        ? count(Math.round(Double.parseDouble(text)))
        : exponent(text);
  }

  private static String exponent(String text) {
    return text.replace(".0E", "E").replace('E', 'e');
  }

  /** The label of a tick on an axis whose ticks lie {@code step} apart. */
  static String tick(double value, double step) {
    double size = Math.max(Math.abs(value), step);
    if (value != 0 && (size >= 1e7 || step < 1e-5)) {
      int digits = 1 + (int) Math.ceil(Math.log10(Math.max(Math.abs(value) / step, 1)) - 1e-9);
      BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits));
      return exponent(String.valueOf(rounded.doubleValue()));
    }
    int decimals = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
    if (needsMore(step, decimals)) {
      decimals++;
    }
    return String.format(Locale.ROOT, "%,." + decimals + "f", value == 0 ? 0.0 : value);
  }

  private static boolean needsMore(double step, int decimals) {
    double scaled = step * Math.pow(10, decimals);
    return Math.abs(scaled - Math.rint(scaled)) > 1e-6;
  }

  /** A share from 0 to 1 as percent; never rounded to all or nothing. */
  static String percent(double share) {
    double percent = share * 100;
    if (percent <= 0 || percent >= 100) {
      return (percent <= 0 ? "0" : "100") + GAP + "%";
    }
    if (percent < 10) {
      return Numbers.text(percent, 2) + GAP + "%";
    }
    if (percent < 99) {
      return Math.round(percent) + GAP + "%";
    }
    BigDecimal left = new BigDecimal(100 - percent).round(new MathContext(2, RoundingMode.HALF_UP));
    return new BigDecimal(100).subtract(left).stripTrailingZeros().toPlainString() + GAP + "%";
  }

  /** A part of a whole as percent; of nothing it is 0. */
  static String percent(long part, long whole) {
    return percent(whole == 0 ? 0 : (double) part / whole);
  }

  /** How long something took: {@code 87 ms}, {@code 1.24 s}, {@code 2 min 5 s}. */
  static String duration(long millis) {
    if (millis < 1000) {
      return millis < 1 ? "under 1" + GAP + "ms" : millis + GAP + "ms";
    }
    if (millis < 60_000) {
      return Numbers.text(millis / 1000.0, 3) + GAP + "s";
    }
    long seconds = Math.round(millis / 1000.0);
    return count(seconds / 60) + GAP + "min " + seconds % 60 + GAP + "s";
  }
}
