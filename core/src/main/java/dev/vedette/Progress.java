package dev.vedette;

/** Hears how far a long {@code fit} is. Called on the thread that fits, often; must return soon. */
@FunctionalInterface
public interface Progress {
  /** Hears nothing. */
  Progress NONE = (epoch, epochs, loss) -> {};

  /**
   * An epoch was finished.
   *
   * @param epoch how many are finished
   * @param epochs how many there will be at most
   * @param loss of the rows held back, or of the rows learned from where none were
   */
  void epoch(int epoch, int epochs, double loss);
}
