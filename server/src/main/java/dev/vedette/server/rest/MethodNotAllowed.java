package dev.vedette.server.rest;

import java.util.Map;
import java.util.SortedSet;

/** The path is known, but not with this method. */
final class MethodNotAllowed extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String allowed;

  MethodNotAllowed(SortedSet<String> allowed) {
    super("this path takes " + String.join(", ", allowed) + " only");
    this.allowed = String.join(", ", allowed);
  }

  Failure failure() {
    return new Failure(405, String.valueOf(getMessage()), null, Map.of("Allow", allowed));
  }
}
