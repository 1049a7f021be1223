package dev.vedette;

/**
 * A model file that cannot be used: not one, damaged, from a later version, or one that no longer
 * scores as it did.
 */
public final class ModelFileException extends DataException {
  private static final long serialVersionUID = 1L;

  public ModelFileException(String message) {
    super(message);
  }

  public ModelFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
