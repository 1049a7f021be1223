package dev.vedette.server.rest;

import java.util.SortedSet;

/** The path is known, but not with this method. */
final class MethodNotAllowed extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String allowed;

  MethodNotAllowed(SortedSet<String> allowed) {
    super("this path takes " + String.join(", ", allowed) + " only");
    this.allowed = String.join(", ", allowed);
  }

  Reply reply() {
    return new Problem(405, String.valueOf(getMessage())).reply().header("Allow", allowed);
  }
}
