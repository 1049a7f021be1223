package dev.vedette.connect.sink;

import java.io.IOException;
import java.time.Duration;

/** The receiver asks not to be called again for a while. */
final class LaterException extends IOException {
  private static final long serialVersionUID = 1;

  private final Duration wait;

  LaterException(String message, Duration wait) {
    super(message);
    this.wait = wait;
  }

  Duration waiting() {
    return wait;
  }
}
