package dev.vedette;

/**
 * Data that cannot be used. The message names the place (file, line, column), the value and what to
 * do about it, and is meant to be shown to the user as it is.
 */
public class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DataException(String message) {
    super(message);
  }

  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
