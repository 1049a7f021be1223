package dev.vedette.server.rest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The files of the dashboard, from the class path; nothing else is ever looked up. */
final class Pages {
  private static final String FOLDER = "/dev/vedette/server/dashboard/";
  private static final Pattern NAME =
      Pattern.compile("([a-z0-9][a-z0-9_-]*/)*[a-z0-9][a-z0-9._-]*");
  private static final Map<String, String> WEBJARS =
      Map.of(
          "/webjars/chart.js", "/META-INF/resources/webjars/chart.js/4.5.1/dist/chart.umd.min.js");
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon",
          "json", "application/json",
          "woff2", "font/woff2",
          "txt", "text/plain; charset=utf-8");

  private final Map<String, Reply> known = new ConcurrentHashMap<>();

  /** The file at {@code path}; null where there is none. */
  @Nullable Reply find(String path) {
    String name = path.equals("/") ? "index.html" : path.substring(1);
    String place = WEBJARS.get(path);
    if (place == null) {
      if (!NAME.matcher(name).matches() || !TYPES.containsKey(ending(name))) {
        return null;
      }
      place = FOLDER + name;
    }
    Reply reply = known.get(place);
    if (reply == null && Pages.class.getResource(place) != null) {
      reply = reply(place);
      known.put(place, reply);
    }
    return reply;
  }

  private static Reply reply(String place) {
    String type = TYPES.getOrDefault(ending(place), "application/octet-stream");
    return new Reply(200, type, resource(place)).header("Cache-Control", "no-cache");
  }

  private static String ending(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** The bytes of a resource that is part of the server. */
  static byte[] resource(String place) {
    try (InputStream in = Pages.class.getResourceAsStream(place)) {
      if (in == null) {
        throw new IllegalStateException(place + " is not on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
