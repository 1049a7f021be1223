package dev.vedette.connect.sink;

/** Texts of strangers, made harmless. */
final class Plain {
  private Plain() {}

  /**
   * {@code text} on one line, cut short: control characters, line separators and marks that change
   * the direction of writing become spaces.
   */
  static String line(String text, int longest) {
    String line =
        text.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]", " ")
            .strip();
    if (line.length() <= longest) {
      return line;
    }
    int end = Character.isHighSurrogate(line.charAt(longest - 1)) ? longest - 1 : longest;
    return line.substring(0, end) + "…";
  }

  /** Visible ASCII only, so that it may be part of a header: all else as {@code %XX}. */
  static String token(String text) {
    var token = new StringBuilder();
    for (byte b : text.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
      boolean plain =
          (b >= '0' && b <= '9')
              || (b >= 'A' && b <= 'Z')
              || (b >= 'a' && b <= 'z')
              || "-._:".indexOf(b) >= 0;
      token.append(plain ? String.valueOf((char) b) : "%%%02X".formatted(b));
    }
    return token.toString();
  }

  static String html(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
