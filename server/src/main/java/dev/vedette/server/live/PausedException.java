package dev.vedette.server.live;

/** The pipeline is paused and takes no events. */
public final class PausedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  PausedException(String message) {
    super(message);
  }
}
