package dev.vedette.connect.sink;

import dev.vedette.pipeline.alert.Alert;
import java.io.IOException;

/** Where alerts go. One call delivers one alert; the caller repeats what failed. */
public interface Sink extends AutoCloseable {
  /** As in the pipeline file, without secrets: for messages, metrics and the delivery log. */
  String name();

  /**
   * Delivers {@code alert}. It may be delivered twice: {@link Alert#idempotencyKey} tells a
   * receiver.
   *
   * @throws RefusedException when it can never be delivered, such as a bad address
   * @throws IOException when it may be delivered later
   */
  void send(Alert alert) throws IOException;

  @Override
  default void close() {}

  /** The receiver will never take this alert: it is not sent again. */
  final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;

    public RefusedException(String message) {
      super(message);
    }
  }
}
