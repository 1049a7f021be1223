package dev.vedette.data;

/** Decimal numbers in text, to the bit the ones {@link Double#parseDouble} reads. */
final class NumberText {
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  /** The largest integer up to which a double holds every integer. */
  private static final long EXACT = 1L << 53;

  private static final long ROOM_FOR_A_DIGIT = (Long.MAX_VALUE - 9) / 10;
  private static final int EXPONENT_CAP = 100_000;
  private static final String[] INFINITIES = {"inf", "infinity", "\u221e", "1.#inf"};

  private NumberText() {}

  /**
   * The number in {@code text[from, to)}: sign, digits with a point somewhere, exponent; nothing
   * else, so neither {@code 1d} nor {@code 0x1p3}.
   *
   * @return NaN when it is not a number; an infinity when it is one by name or by size
   */
  static double parse(char[] text, int from, int to) {
    int at = from;
    boolean negative = at < to && text[at] == '-';
    if (negative || (at < to && text[at] == '+')) {
      at++;
    }
    long digits = 0;
    int scale = 0;
    boolean exact = true;
    int point = -1;
    int start = at;
    for (; at < to; at++) {
      int digit = text[at] - '0';
      if (digit >= 0 && digit <= 9) {
        exact &= digits < ROOM_FOR_A_DIGIT;
        digits = digits * 10 + digit;
        scale -= point >= 0 ? 1 : 0;
      } else if (text[at] == '.' && point < 0) {
        point = at;
      } else {
        break;
      }
    }
    if (at - start == (point < 0 ? 0 : 1)) {
      return infinity(text, start, to, negative);
    }
    if (at < to) {
      int exponent = exponent(text, at, to);
      if (exponent == Integer.MIN_VALUE) {
        return infinity(text, start, to, negative);
      }
      scale += exponent;
    }
    return exact && digits <= EXACT && scale >= -22 && scale <= 22
        ? exact(negative ? -(double) digits : digits, scale)
        : Double.parseDouble(new String(text, from, to - from));
  }

  /** One rounding only, since both operands are exact (Clinger 1990, doi:10.1145/93542.93557). */
  private static double exact(double digits, int scale) {
    return scale < 0 ? digits / POWERS[-scale] : digits * POWERS[scale];
  }

  /** The exponent that is all of {@code text[at, to)}; MIN_VALUE when that is none. */
  private static int exponent(char[] text, int at, int to) {
    if (text[at] != 'e' && text[at] != 'E') {
      return Integer.MIN_VALUE;
    }
    int i = at + 1;
    boolean negative = i < to && text[i] == '-';
    if (negative || (i < to && text[i] == '+')) {
      i++;
    }
    if (i == to) {
      return Integer.MIN_VALUE;
    }
    int exponent = 0;
    for (; i < to; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return Integer.MIN_VALUE;
      }
      exponent = Math.min(exponent * 10 + digit, EXPONENT_CAP);
    }
    return negative ? -exponent : exponent;
  }

  private static double infinity(char[] text, int from, int to, boolean negative) {
    for (String name : INFINITIES) {
      if (MissingTokens.same(name, text, from, to)) {
        return negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      }
    }
    return Double.NaN;
  }
}
