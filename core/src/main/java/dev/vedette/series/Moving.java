package dev.vedette.series;

import dev.vedette.StreamingDetector;

/** A detector that compares a value with the middle of its neighbours in time. */
sealed interface Moving extends StreamingDetector permits MovingAverage, MovingMedian {
  /** Points around a value. */
  int window();

  /** Whether the middle is the median; else the mean. */
  boolean byMedian();
}
