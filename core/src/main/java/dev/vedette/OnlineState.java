package dev.vedette;

/**
 * What an {@link Online} had learned at one moment: an immutable record of arrays. {@link Models}
 * writes and reads it.
 */
public interface OnlineState {
  /**
   * Goes on from here: what is resumed scores and learns as if it had never stopped, bit for bit.
   * One state can be resumed many times.
   */
  Online resume();
}
