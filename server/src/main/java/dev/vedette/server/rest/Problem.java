package dev.vedette.server.rest;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that cannot be answered: told as problem details (RFC 9457). */
final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1;

  private static final Map<Integer, String> TITLES =
      Map.ofEntries(
          Map.entry(400, "Bad Request"),
          Map.entry(401, "Unauthorized"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "Not Found"),
          Map.entry(405, "Method Not Allowed"),
          Map.entry(406, "Not Acceptable"),
          Map.entry(408, "Request Timeout"),
          Map.entry(409, "Conflict"),
          Map.entry(413, "Content Too Large"),
          Map.entry(415, "Unsupported Media Type"),
          Map.entry(421, "Misdirected Request"),
          Map.entry(429, "Too Many Requests"),
          Map.entry(431, "Request Header Fields Too Large"),
          Map.entry(500, "Internal Server Error"),
          Map.entry(503, "Service Unavailable"),
          Map.entry(504, "Gateway Timeout"));

  private final int status;
  private final @Nullable String place;

  Problem(int status, String detail) {
    this(status, detail, null);
  }

  Problem(int status, String detail, @Nullable String place) {
    super(detail);
    this.status = status;
    this.place = place;
  }

  int status() {
    return status;
  }

  static Problem bad(String place, String detail) {
    return new Problem(400, detail, place);
  }

  Failure failure() {
    return new Failure(status, String.valueOf(getMessage()), place, Map.of());
  }

  /** The details as JSON. */
  static byte[] body(int status, String detail, @Nullable String place) {
    return Json.bytes(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("type", "about:blank");
          json.writeStringProperty("title", TITLES.getOrDefault(status, "Error"));
          json.writeNumberProperty("status", status);
          Json.text(json, "detail", detail);
          if (place != null) {
            Json.text(json, "place", place);
          }
          json.writeEndObject();
        });
  }
}
