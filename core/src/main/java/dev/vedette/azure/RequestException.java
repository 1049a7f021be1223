package dev.vedette.azure;

/** A request that cannot be answered; the message is the one the service gives. */
public final class RequestException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ErrorCode code;

  public RequestException(ErrorCode code, String message) {
    super(message);
    this.code = code;
  }

  /** For the body's {@code code} and the header {@code x-ms-error-code}. */
  public ErrorCode code() {
    return code;
  }
}
