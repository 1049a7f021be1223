package dev.vedette.server.model;

/** Something that was asked of hosted models and is not done; nothing was changed. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What kind of trouble it is. */
  public enum Reason {
    /** What was sent is wrong. */
    INVALID,
    /** There is no such model or version. */
    UNKNOWN,
    /** More was sent than is taken at a time. */
    TOO_LARGE,
    /** Others are being answered; later there may be room. */
    BUSY,
    /** It was not done in the time there is. */
    TOO_SLOW,
    /** It cannot be done as things are. */
    CONFLICT
  }

  private final Reason reason;

  RefusedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** A request that is wrong in itself. */
  public static RefusedException invalid(String message) {
    return new RefusedException(Reason.INVALID, message);
  }

  public Reason reason() {
    return reason;
  }
}
