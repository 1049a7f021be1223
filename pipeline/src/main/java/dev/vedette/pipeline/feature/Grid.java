package dev.vedette.pipeline.feature;

/**
 * Time divided in panes of one length.
 *
 * @param width the length of a pane, in milliseconds
 * @param origin where pane 0 begins
 * @param panes how many of them, the newest included, make the window
 */
record Grid(long width, long origin, int panes) {
  static Grid of(Window.Sliding window) {
    return new Grid(window.pane(), 0, Window.PANES);
  }

  static Grid of(Window.Tumbling window) {
    return new Grid(window.millis(), window.origin(), 1);
  }

  long pane(long at) {
    return Math.floorDiv(at - origin, width);
  }

  /** How many panes are kept: one more than the window has, for events that come late. */
  int kept() {
    return panes + 1;
  }
}
