package dev.vedette.server.azure;

/**
 * Something asked of the Azure-compatible service that is not done, in the words of that service.
 */
public final class AzureException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;

  /**
   * @param status of HTTP
   * @param code for programs, such as {@code ModelNotExist}
   * @param message for people
   */
  public AzureException(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** A request, or the data it names, that is wrong: status 400. */
  static AzureException bad(String code, String message) {
    return new AzureException(400, code, message);
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }
}
