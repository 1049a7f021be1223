package dev.vedette.connect.store;

import dev.vedette.DataException;

/**
 * A store that could not do what was asked of it; what it holds is as it was before. The message
 * names the store, what is wrong and what to do about it, in one line, and is meant to be shown to
 * the user as it is.
 */
public final class StoreException extends DataException {
  private static final long serialVersionUID = 1L;

  StoreException(String message) {
    super(message);
  }

  StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
