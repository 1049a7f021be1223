package dev.vedette.server.rest;

import dev.vedette.server.security.Right;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What answers to a method and a path.
 *
 * @param template the path, with parts such as {@code {name}} that stand for one segment, or for
 *     what comes before a verb: {@code {name}:verb}
 * @param right what a caller needs; null where anyone may ask
 */
record Route(String method, String template, @Nullable Right right, Handler handler) {
  /** Answers a request. */
  interface Handler {
    Reply handle(Call call);
  }

  /** The decoded segments that stand in {@code path} for the parts; null where it is another. */
  @Nullable Map<String, String> match(String path) {
    String[] wanted = template.split("/", -1);
    String[] given = path.split("/", -1);
    if (wanted.length != given.length) {
      return null;
    }
    var parts = new HashMap<String, String>();
    for (int i = 0; i < wanted.length; i++) {
      int close = wanted[i].startsWith("{") ? wanted[i].indexOf('}') : -1;
      if (close > 0 && given[i].length() > wanted[i].length() - close - 1) {
        String verb = wanted[i].substring(close + 1);
        String part = decoded(given[i]);
        if (!part.endsWith(verb)) {
          return null;
        }
        parts.put(wanted[i].substring(1, close), part.substring(0, part.length() - verb.length()));
      } else if (!wanted[i].equals(given[i])) {
        return null;
      }
    }
    return parts;
  }

  private static String decoded(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Problem.bad("path", "it is not percent-encoded; write %25 for %");
    }
  }
}
