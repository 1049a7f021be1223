/** Accuracy and speed of the detectors of series, on generated series with known truth. */
@NullMarked
package dev.vedette.bench.series;

import org.jspecify.annotations.NullMarked;
