package dev.vedette.server.rest;

import java.util.Map;

/** Not now; the same request may do later. */
final class Retry extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final long seconds;

  Retry(int status, String detail, long seconds) {
    super(detail);
    this.status = status;
    this.seconds = seconds;
  }

  /** The server cannot do it now, through no fault of the request. */
  static Retry later(String detail) {
    return new Retry(503, detail, 5);
  }

  Failure failure() {
    Map<String, String> headers = Map.of("Retry-After", Long.toString(seconds));
    return new Failure(status, String.valueOf(getMessage()), null, headers);
  }
}
