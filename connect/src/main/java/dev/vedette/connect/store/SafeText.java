package dev.vedette.connect.store;

/**
 * Text that every database takes and gives back as it was. PostgreSQL refuses U+0000, and UTF-8 has
 * no half surrogate pairs; these, and the escape character U+001B itself, become U+001B and four
 * hexadecimal digits. All other text stays as it is.
 */
final class SafeText {
  private static final char ESCAPE = '\u001B';

  private SafeText() {}

  static String encode(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (unsafe(text, i)) {
        return escaped(text);
      }
    }
    return text;
  }

  static String decode(String text) {
    int next = text.indexOf(ESCAPE);
    if (next < 0) {
      return text;
    }
    var result = new StringBuilder(text.length());
    int done = 0;
    for (; next >= 0; next = text.indexOf(ESCAPE, done)) {
      result.append(text, done, next);
      result.append((char) Integer.parseInt(text, next + 1, next + 5, 16));
      done = next + 5;
    }
    return result.append(text, done, text.length()).toString();
  }

  private static String escaped(String text) {
    var result = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (unsafe(text, i)) {
        result.append(ESCAPE);
        for (int shift = 12; shift >= 0; shift -= 4) {
          result.append(Character.forDigit(c >> shift & 15, 16));
        }
      } else {
        result.append(c);
      }
    }
    return result.toString();
  }

  private static boolean unsafe(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
    }
    return c == 0 || c == ESCAPE;
  }
}
