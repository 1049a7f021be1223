package dev.vedette.server.rest;

/** Text of others, made fit to be shown. */
final class Texts {
  private static final int MOST = 200;

  private Texts() {}

  /** {@code text} without control characters, and not longer than a line. */
  static String shown(String text) {
    String cut = text.length() > MOST ? text.substring(0, MOST) + "..." : text;
    return cut.replaceAll("\\p{Cntrl}", "?");
  }

  /** {@code text} without control characters, however long. */
  static String line(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
