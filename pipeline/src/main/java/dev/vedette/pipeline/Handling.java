package dev.vedette.pipeline;

/** What was done with an event. */
public enum Handling {
  /** It was judged and learned from. */
  JUDGED,
  /** An event of this id was handled before; it was neither judged nor learned from again. */
  DUPLICATE,
  /**
   * It is older than the watermark: it was judged by what is known now, but entered no window and
   * was not learned from.
   */
  LATE
}
