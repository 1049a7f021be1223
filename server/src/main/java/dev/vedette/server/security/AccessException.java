package dev.vedette.server.security;

/** A request that is refused for who sent it. */
public final class AccessException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Why. */
  public enum Reason {
    /** No key, or one that is not known. */
    UNKNOWN,
    /** The key is known but its role does not allow this. */
    FORBIDDEN,
    /** Too many wrong keys came from this address lately. */
    TOO_MANY
  }

  private final Reason reason;

  AccessException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
