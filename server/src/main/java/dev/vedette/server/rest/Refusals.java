package dev.vedette.server.rest;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;

/** What is said to requests that are so wrong that they reach no route. */
public final class Refusals {
  private Refusals() {}

  public static void register(DirectHandlers.Builder handlers) {
    for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
      handlers.addHandler(type, Refusals::handle);
    }
  }

  private static DirectHandler.TransportResponse handle(
      DirectHandler.TransportRequest request,
      DirectHandler.EventType type,
      Status status,
      ServerResponseHeaders headers,
      String message) {
    String detail =
        switch (status.code()) {
          case 413 -> "the body is too large; send it in parts";
          case 431 -> "the headers are too large; send fewer";
          case 503 -> "too many requests at a time; try again later";
          case 500 -> "the server failed; its log says why";
          default -> "this is not a request that HTTP/1.1 allows";
        };
    return DirectHandler.TransportResponse.builder()
        .status(status)
        .headers(headers)
        .header(HeaderNames.CONTENT_TYPE, "application/problem+json")
        .header(HeaderNames.create("X-Content-Type-Options"), "nosniff")
        .keepAlive(false)
        .entity(Problem.body(status.code(), detail, null))
        .build();
  }
}
