package dev.vedette.report;

import dev.vedette.DataException;
import dev.vedette.data.Draft;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** What all pages have in common: one file that is allowed its own style and script, no more. */
final class Page {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Stripes, so that anomalies differ from normal rows without colour. */
  private static final String HATCH =
      """
      <svg class="defs" width="0" height="0" aria-hidden="true"><defs><pattern id="stripes" width="5" height="5" \
      patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5" class="s1"/>\
      <rect width="2" height="5" class="s2"/></pattern></defs></svg>
      """;

  private Page() {}

  /**
   * The head and the start of the body.
   *
   * @param script that the page may run; empty for none
   */
  static void open(Markup out, String title, String style, String script) {
    out.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.raw(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '")
        .raw(hash(style))
        .raw(script.isEmpty() ? "" : "'; script-src '" + hash(script))
        .raw("'; base-uri 'none'; form-action 'none'\">\n");
    out.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.raw("<meta name=\"color-scheme\" content=\"light dark\">\n");
    out.raw("<meta name=\"referrer\" content=\"no-referrer\">\n");
    out.raw("<title>").text(title).raw("</title>\n");
    out.raw("<style>").raw(style).raw("</style>\n</head>\n<body>\n");
    out.raw(HATCH);
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** One of the facts under the title. */
  static void fact(Markup out, String name, String value, int max) {
    out.raw("<div><dt>").text(name).raw("</dt><dd>").data(value, max).raw("</dd></div>\n");
  }

  static void notices(Markup out, List<String> notices) {
    if (notices.isEmpty()) {
      return;
    }
    out.raw("<section class=\"notices\" aria-label=\"Notices\"><h2>Good to know</h2><ul>\n");
    for (String notice : notices) {
      out.raw("<li>").data(notice, 400).raw("</li>\n");
    }
    out.raw("</ul></section>\n");
  }

  static String utc(Instant time) {
    return UTC.format(time);
  }

  /**
   * Writes a page as UTF-8 to {@code file}, which is complete or not there.
   *
   * @throws DataException when it cannot be written
   */
  static void write(String page, Path file) {
    try (Draft draft = Draft.of(file)) {
      try {
        Files.writeString(draft.path(), page, StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw draft.failed(e);
      }
      draft.commit();
    }
  }
}
