/** Detectors, decompositions and forecasts of series over time, each from its paper. */
@NullMarked
package dev.vedette.series;

import org.jspecify.annotations.NullMarked;
