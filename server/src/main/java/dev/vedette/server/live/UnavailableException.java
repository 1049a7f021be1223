package dev.vedette.server.live;

/**
 * A pipeline cannot keep events now: its store is away, or it is being stopped. Nothing was
 * acknowledged; what was submitted may be submitted again.
 */
public final class UnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnavailableException(String message) {
    super(message);
  }
}
