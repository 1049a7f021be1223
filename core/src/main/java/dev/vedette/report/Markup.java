package dev.vedette.report;

import java.util.Locale;

/** Growing HTML. What comes from data enters through {@link #text} or {@link #data} only. */
final class Markup {
  private static final int LONGEST_TITLE = 500;

  private final StringBuilder out = new StringBuilder(1 << 16);

  /** Adds markup written by us. */
  Markup raw(String html) {
    out.append(html);
    return this;
  }

  /** Adds {@code text}, escaped for element content and for quoted attribute values. */
  Markup text(String text) {
    text.codePoints().forEach(this::escape);
    return this;
  }

  /**
   * Adds a piece of data, kept apart from the direction of the text around it; beyond {@code max}
   * characters it is cut off, with the whole in its title.
   */
  Markup data(String data, int max) {
    if (data.codePointCount(0, data.length()) <= max) {
      return raw("<bdi>").text(data).raw("</bdi>");
    }
    raw("<bdi title=\"").text(cut(data, LONGEST_TITLE)).raw("\">");
    return text(cut(data, max)).raw("</bdi>");
  }

  private static String cut(String data, int max) {
    return data.codePointCount(0, data.length()) <= max
        ? data
        : data.substring(0, data.offsetByCodePoints(0, max - 1)) + "…";
  }

  /**
   * Adds {@code data} as a string of JSON, which can neither end nor start an element; beyond
   * {@code max} characters it is cut off.
   */
  Markup json(String data, int max) {
    out.append('"');
    cut(data, max)
        .codePoints()
        .forEach(
            point -> {
              if (point == '"' || point == '\\' || point == '<' || point == '>' || point == '&') {
                out.append(String.format(Locale.ROOT, "\\u%04x", point));
              } else {
                visible(point);
              }
            });
    out.append('"');
    return this;
  }

  private void escape(int point) {
    switch (point) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '"' -> out.append("&quot;");
      case '\'' -> out.append("&#39;");
      default -> visible(point);
    }
  }

  private void visible(int point) {
    if (point < 0x20) {
      out.appendCodePoint(0x2400 + point); // the picture of a control character
    } else if (isHidden(point)) {
      out.append("[U+").append(String.format(Locale.ROOT, "%04X", point)).append(']');
    } else {
      out.appendCodePoint(point);
    }
  }

  /** What cannot be seen but changes what is seen, or must not stand in a document at all. */
  private static boolean isHidden(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          point != 0x200D && point != 0x200C && point != 0xAD; // joiners make emoji and words
      default -> (point & 0xFFFE) == 0xFFFE;
    };
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
