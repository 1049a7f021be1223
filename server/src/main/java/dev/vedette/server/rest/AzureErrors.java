package dev.vedette.server.rest;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the Azure-compatible service tells what went wrong: its own refusals as {@code {"code",
 * "message"}} with the code in the header {@code x-ms-error-code}, those of the gateway that stood
 * before it as {@code {"error": {"code", "message"}}} with the status as the code.
 */
final class AzureErrors {
  private static final String HEADER = "x-ms-error-code";
  private static final String PREFIX = "/anomalydetector/";
  private static final String NO_KEY =
      "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a"
          + " valid key for an active subscription and use a correct regional API endpoint for your"
          + " resource.";

  private AzureErrors() {}

  /**
   * {@code path} without what is left of an endpoint that ends with a slash: clients write it
   * before a path that begins with one.
   */
  static String single(String path) {
    return path.startsWith("/" + PREFIX) ? path.substring(1) : path;
  }

  /** Whether {@code path} is one where errors are told so. */
  static boolean speaksFor(String path) {
    return path.startsWith(PREFIX);
  }

  /** A refusal of the service itself. */
  static Failure failure(int status, String code, String message) {
    Map<String, String> headers =
        status == 429 ? Map.of(HEADER, code, "Retry-After", "5") : Map.of(HEADER, code);
    return new Failure(status, Texts.line(message), null, headers);
  }

  static Reply reply(Failure failure) {
    String code = failure.headers().get(HEADER);
    if (code == null && failure.status() >= 500 && failure.status() != 503) {
      return reply(failure(failure.status(), "UnexpectedError", failure.detail()));
    }
    String message = message(failure);
    byte[] body =
        Json.bytes(
            json -> {
              json.writeStartObject();
              if (code == null) {
                json.writeObjectPropertyStart("error");
              }
              json.writeStringProperty("code", code == null ? status(failure) : code);
              Json.text(json, "message", message);
              if (code == null) {
                json.writeEndObject();
              }
              json.writeEndObject();
            });
    var headers = new LinkedHashMap<>(failure.headers());
    return new Reply(failure.status(), "application/json", body, headers, null);
  }

  private static String status(Failure failure) {
    return Integer.toString(failure.status());
  }

  private static String message(Failure failure) {
    if (failure.status() == 401) {
      return NO_KEY;
    }
    String place = failure.place();
    return place == null ? failure.detail() : place + ": " + failure.detail();
  }
}
