package dev.vedette.server.live;

import java.time.Duration;

/** The queue of a pipeline has no room; what was offered was not accepted. */
public final class QueueFullException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Duration retryAfter;

  QueueFullException(String message, Duration retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  /** When it is likely to have room again. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
