/** Detectors of series: what does not belong in values over time. */
@NullMarked
package dev.vedette.series;

import org.jspecify.annotations.NullMarked;
